// What modules expect of a browser when they are loaded, as small as they let it be.

const listeners = new Map();
const address = new URL("http://map.test/map/overview");

export const root = { dataset: { theme: "overview", lang: "zh", county: "140822" } };

Object.assign(globalThis, {
  document: { documentElement: root, addEventListener() {}, getElementById: () => null, createElement: element },
  location: address,
  history: entries(),
  matchMedia: () => ({ matches: false, addEventListener() {} }),
  addEventListener: (name, fn) => listeners.set(name, [...(listeners.get(name) ?? []), fn]),
});

/** A history of one tab: entries with what stands beside their addresses. */
function entries() {
  const list = [{ state: null, query: "" }];
  let at = 0;
  const stand = (state, to) => {
    visit(new URL(to, address).search);
    list[at] = { state, query: address.search };
  };
  return {
    list,
    get state() {
      return list[at].state;
    },
    get at() {
      return at;
    },
    get length() {
      return list.length;
    },
    replaceState: (state, _title, to) => stand(state, to),
    pushState: (state, _title, to) => {
      at += 1;
      list.length = at;
      stand(state, to);
    },
    go(by) {
      if (!list[at + by]) return;
      at += by;
      visit(list[at].query);
      queueMicrotask(() => fire("popstate"));
    },
    back() {
      this.go(-1);
    },
    forward() {
      this.go(1);
    },
  };
}

function element() {
  return { dataset: {}, style: {}, append() {}, setAttribute() {}, addEventListener() {} };
}

/** Stand at another query string without anybody noticing. */
export function visit(query) {
  address.search = query;
}

/** What the browser tells the page. */
export function fire(name) {
  for (const fn of listeners.get(name) ?? []) fn({});
}

/** A module of the page; with a name, one that shares nothing with its namesakes. */
export function load(path, name = "") {
  return import(`../../webmap/static/js/${path}${name ? `?${name}` : ""}`);
}
