// What the dialog remembers, in this browser and by theme: paper, parts and title of the last sheet, number and unit of the
// last report. A storage that is full, forbidden or spoilt is as good as none: the page remembers until it is left.

const KEY = "govmap.export.";
const PAPERS = ["A4", "A3", "slide", "figure"];
const TURNS = ["landscape", "portrait"];
// A year, or the character of year, month, quarter or day behind a number
const TIME =
  /\d{4}|\d\s*[\u5e74\u6708\u5b63\u65e5]|[\u4e00\u4e8c\u4e09\u56db]\u5b63|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/i;
const BETWEEN = /[：:、，,；;（）()“”"=\s]+/u;

/** @typedef {{question: string, time: string, conditions: string, lang: string}} Asked what a sheet is of, beside its place
 * @typedef {{title: string, place: string, name: string, asked: Asked, said: string[] | null}} Titled a title with what it was
 *   written over: code and name of the place, and the words that stood behind it, null while they are not known */

/** @type {Map<string, unknown>} */
const here = new Map(); // what the storage did not take

/** What was kept under a name; nothing of another shape than an object.
 * @param {string} name
 * @returns {Record<string, unknown>} */
export function kept(name) {
  let found = here.get(name);
  try {
    found ??= JSON.parse(localStorage.getItem(KEY + name) ?? "null");
  } catch {
    // as if nothing were kept
  }
  return found && typeof found === "object" ? /** @type {Record<string, unknown>} */ (found) : {};
}

/** Some more of it.
 * @param {string} name
 * @param {Record<string, unknown>} patch */
export function keep(name, patch) {
  const all = { ...kept(name), ...patch };
  try {
    localStorage.setItem(KEY + name, JSON.stringify(all));
    here.delete(name);
  } catch {
    here.set(name, all);
  }
}

/** Paper, orientation and parts that can be, of what was kept.
 * @param {Record<string, unknown>} found
 * @returns {{paper?: string, orientation?: string, parts?: string[] | null}} */
export function paperOf({ paper, orientation, parts }) {
  if (!PAPERS.includes(String(paper))) return {};
  const turned = TURNS.includes(String(orientation)) && ["A4", "A3"].includes(String(paper));
  const listed = Array.isArray(parts) && parts.every((part) => typeof part === "string" && /^[a-z-]+$/.test(part));
  return { paper: String(paper), orientation: turned ? String(orientation) : "landscape", parts: listed ? parts : null };
}

/** The title that was kept, where it is true of this sheet too: one that names a place, a time or a condition is of that one.
 * @param {Record<string, unknown>} found
 * @param {string} place
 * @param {Asked} asked */
export function titleOf({ titled }, place, asked) {
  const { title, place: where, name, asked: before, said } = /** @type {Partial<Titled>} */ (titled ?? {});
  if (typeof title !== "string" || !before || before.lang !== asked.lang || before.question !== asked.question) return "";
  if (where !== place && (!name || title.includes(name))) return "";
  if (before.time !== asked.time && TIME.test(title)) return "";
  if (before.conditions !== asked.conditions && (!said || said.some((word) => title.includes(word)))) return "";
  return title;
}

/** The words of what stands behind a title: 种类：苹果 is 种类 and 苹果.
 * @param {string[]} locked */
export const saidOf = (locked) => locked.flatMap((part) => part.split(BETWEEN)).filter(Boolean);
