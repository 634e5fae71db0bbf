// Bookmarks of this browser: a name and an address of ours each. A storage that is full or forbidden is said, never thrown.

const KEY = "govmap-bookmarks";
export const MOST = 100;
const LONGEST = 60;

/** @typedef {{name: string, path: string}} Bookmark */

/** @returns {Bookmark[]} the newest first */
export function all() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isOne) : [];
  } catch {
    return [];
  }
}

/** Whether this browser keeps anything for us at all. */
export function allowed() {
  try {
    localStorage.getItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** Put one on top; one of the same name gives way. Returns whether it is kept.
 * @param {Bookmark} one */
export function add({ name, path }) {
  const short = clean(name);
  return keep([{ name: short, path }, ...all().filter((other) => other.name !== short)].slice(0, MOST));
}

/** @param {string} name
 * @param {string} next */
export function rename(name, next) {
  const short = clean(next);
  if (!short) return false;
  const others = all().filter((one) => one.name === name || one.name !== short);
  return keep(others.map((one) => (one.name === name ? { ...one, name: short } : one)));
}

/** @param {string} name */
export function remove(name) {
  return keep(all().filter((one) => one.name !== name));
}

/** @param {string} text */
export const clean = (text) => text.replace(/\s+/g, " ").trim().slice(0, LONGEST);

/** @param {Bookmark[]} list */
function keep(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

/** Only pages of ours: what stands in the storage may have been written by another.
 * @param {any} one
 * @returns {one is Bookmark} */
function isOne(one) {
  return typeof one?.name === "string" && typeof one.path === "string" && /^\/(map\/[a-z0-9-]+)?(\?|$)/.test(one.path);
}
