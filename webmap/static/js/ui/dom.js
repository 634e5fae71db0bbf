// Building the page without HTML strings: text of records only ever becomes a text node.

import { ICONS } from "./icons.js";

/** @typedef {{[K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K] & {currentTarget: HTMLElement}) => void}} Listeners */
/** @typedef {{on?: Listeners, [attribute: string]: any} | null} Props attributes; `on` are listeners, `data` the data attributes,
 * `css` the style */
/** @typedef {any} Child a node, a text, nothing, or a list of these */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners ({on: {click}}) and children; null children are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} props
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]} */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Props} props
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]} */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** @param {any} node
 * @param {Props} props
 * @param {Child[]} children */
function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else if (name === "text") node.textContent = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "css") for (const [key, item] of Object.entries(value)) node.style.setProperty(key, item);
    else if (name === "value" || name === "checked" || name === "indeterminate") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An icon; decoration only, the words stand beside it or in the label.
 * @param {string} name */
export function icon(name, size = "") {
  const look = { class: `icon${size ? ` icon-${size}` : ""}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" };
  return svg("svg", look, svg("path", { d: ICONS[name] }));
}

/** An element of the template, of the kind that is wanted.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T} */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

/** What something happened on; on our pages that is an element.
 * @param {Event} event */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);

/** Replace what a node holds.
 * @template {Element} T
 * @param {T} node
 * @param {...Child} children */
export function put(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A link to another program or origin opens only on a click and tells it nothing about us.
 * @param {string} url
 * @param {...Child} children */
export function outside(url, ...children) {
  const web = /^https?:/.test(url);
  return el("a", { href: safeUrl(url), target: web ? "_blank" : null, rel: "noopener noreferrer", class: "button button-small" }, children);
}

/** Only schemes that cannot run anything.
 * @param {string} url */
export function safeUrl(url) {
  return /^(https?:|geo:|tel:|\/)/i.test(url) ? url : "#";
}

/** A bar from 0 to 1. Drawn as SVG, because a style attribute is not allowed here.
 * @param {number | null} part
 * @param {{fill?: string | null, line?: string | null}} [paint] */
export function bar(part, paint = {}) {
  const width = Math.max(0, Math.min(1, part || 0)) * 100;
  const rect = svg("rect", {
    width: `${width}%`,
    height: "100%",
    fill: paint.fill ?? "#0B6470",
    stroke: paint.line ?? null,
    rx: 4,
  });
  return svg("svg", { class: "bar", "aria-hidden": "true" }, width > 0 ? rect : null);
}

/** Call fn after `wait` ms of silence.
 * @template {any[]} A
 * @param {(...args: A) => any} fn
 * @param {number} wait
 * @returns {(...args: A) => void} */
export function debounce(fn, wait) {
  /** @type {number | undefined} */
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait);
  };
}

/** Arrow keys, Home and End move among items that share one tab stop.
 * @param {HTMLElement} container
 * @param {string} selector */
export function rove(container, selector, { vertical = true } = {}) {
  container.addEventListener("keydown", (event) => {
    const items = [...container.querySelectorAll(selector)].filter((item) => item.offsetParent !== null);
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement).closest(selector));
    if (at < 0) return;
    const [back, on] = vertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const to = { [back]: at - 1, [on]: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || !items[to]) return;
    event.preventDefault();
    for (const item of items) item.tabIndex = item === items[to] ? 0 : -1;
    items[to].focus();
  });
}
