// Which editions the page shows. An answer of another edition is held back: legend, table and symbols never mix two.

/** @type {Map<string, string>} by layer, as the page first saw them */
const known = new Map();
/** @type {Set<() => void>} */
const listeners = new Set();
let noticed = false;

/** The editions that the page was built from, as its theme tells them.
 * @param {any} theme */
export function know(theme) {
  for (const [layer, edition] of told(theme)) known.set(layer, edition);
}

/** Call fn once another edition is seen.
 * @param {() => void} fn */
export function onNewer(fn) {
  listeners.add(fn);
  if (noticed) fn();
}

/** Whether an answer is of another edition than the page.
 * @param {any} body */
export function isNewer(body) {
  return told(body).some(([layer, edition]) => known.has(layer) && known.get(layer) !== edition);
}

/** Take an answer in: one of another edition is told of, and must not be shown. Returns whether it may be.
 * @param {any} body */
export function take(body) {
  if (isNewer(body)) {
    notice();
    return false;
  }
  for (const [layer, edition] of told(body)) if (!known.has(layer)) known.set(layer, edition);
  return true;
}

function notice() {
  if (noticed) return;
  noticed = true;
  for (const fn of listeners) fn();
}

/** Layers and their editions, as far as an answer says.
 * @param {any} body
 * @returns {[string, string][]} */
function told(body) {
  const pairs = Object.entries(body?.editions && !Array.isArray(body.editions) ? body.editions : {});
  if (typeof body?.version === "string") pairs.push(["", body.version]); // of all layers together
  if (typeof body?.layer === "string" && typeof body.edition === "string") pairs.push([body.layer, body.edition]);
  return /** @type {[string, string][]} */ (pairs.filter(([, edition]) => typeof edition === "string"));
}
