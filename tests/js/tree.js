// A tree of elements as small as modules that draw let it be: what was drawn can be read, pressed and looked for.

/** An element; a place of the template when it has an id. */
export class Node {
  constructor(tag, id = "") {
    Object.assign(this, { tag, id, children: [], attributes: {}, dataset: {}, style: { setProperty() {} }, listeners: {}, parent: null });
    this.classList = { toggle: () => {}, contains: (name) => (this.attributes.class ?? "").split(" ").includes(name) };
    Object.assign(this, { offsetHeight: 0, offsetWidth: 0, offsetParent: null, hidden: false });
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }

  set textContent(text) {
    this.replaceChildren(String(text));
  }

  get isConnected() {
    return this === document.body || (this.parent?.isConnected ?? false);
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
    if (name === "id") this.id = String(value);
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  hasAttribute(name) {
    return name in this.attributes;
  }

  toggleAttribute() {}
  removeAttribute(name) {
    delete this.attributes[name];
  }

  before() {}

  append(...children) {
    for (const child of children) if (child instanceof Node) child.parent = this;
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = null;
  }

  contains(other) {
    return other === this || this.children.some((child) => child instanceof Node && child.contains(other));
  }

  closest() {
    return null;
  }

  addEventListener(name, fn) {
    this.listeners[name] = [...(this.listeners[name] ?? []), fn];
  }

  removeEventListener(name, fn) {
    this.listeners[name] = this.listeners[name]?.filter((one) => one !== fn);
  }

  /** What a person or the browser does to it. */
  fire(name, event = {}) {
    for (const fn of this.listeners[name] ?? [])
      fn({ target: this, currentTarget: this, stopPropagation() {}, preventDefault() {}, ...event });
  }

  focus() {
    document.activeElement = this;
  }

  getBoundingClientRect() {
    return { left: 0, right: 0, top: 0, bottom: 0 };
  }

  /** Every element below with a class. */
  all(name) {
    return this.children.flatMap((child) =>
      child instanceof Node ? [...(child.classList.contains(name) ? [child] : []), ...child.all(name)] : [],
    );
  }

  querySelector() {
    return null;
  }

  querySelectorAll() {
    return [];
  }
}

const template = new Map();
const page = new Node("document");

Object.assign(page, {
  documentElement: document.documentElement,
  body: new Node("body"),
  activeElement: null,
  createElement: (tag) => new Node(tag),
  createElementNS: (_space, tag) => new Node(tag),
  createTextNode: (text) => text,
  getElementById: place,
});
Object.assign(globalThis, { document: page, innerWidth: 1280, innerHeight: 800, removeEventListener() {} });

/** A place of the template; there as soon as it is asked for. */
export function place(id) {
  if (!template.has(id)) template.set(id, new Node("div", id));
  return template.get(id);
}
