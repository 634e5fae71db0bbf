// Which changes of the state are steps: what a person opened or asked makes a history entry, what flows does not
// (decision 025).

import { same } from "./permalink.js";

/** @typedef {State & Record<string, any>} Whole */

const TOGETHER_MS = 1000;
const STEPS = ["selected", "area", "table", "plan", "layers", "hidden", "heat", "filters", "time", "period"];
const DRAWN_OUT = ["plan", "filters", "time"]; // a drag, a player or typing changes them many times
const ONE_BY_ONE = ["scenario", "compare", "show"]; // words of a plan that are chosen, never dragged
const OPENS = ["selected", "table"]; // what is closed again
/** @type {Record<string, string[]>} what moves along when it is closed */
const ALONG = { selected: ["panels"], table: ["sort", "find"] };

let last = { name: "", at: -Infinity };

/** Whether going from one state to the next makes an entry. Changes of one kind in quick succession are one.
 * @param {Whole} before
 * @param {Whole} after
 * @param {number} now in ms */
export function isStep(before, after, now) {
  const changed = STEPS.filter((key) => !same(before[key], after[key]));
  if (!changed.length) return false;
  const words = changed.includes("plan") ? planWords(before.plan, after.plan) : [];
  const drawnOut = changed.every((key) => DRAWN_OUT.includes(key)) && !words.some((word) => ONE_BY_ONE.includes(word));
  const name = [...changed, ...words].join();
  const again = drawnOut && name === last.name && now - last.at < TOGETHER_MS;
  last = { name: drawnOut ? name : "", at: now };
  return !again;
}

/** What happens next is a step of its own. */
export function rest() {
  last = { name: "", at: -Infinity };
}

/** @param {State["plan"]} before
 * @param {State["plan"]} after */
function planWords(before, after) {
  const words = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...words].filter((word) => before?.[word] !== after?.[word]).sort();
}

/** What an entry was made by opening; empty for any other change.
 * @param {Whole} before
 * @param {Whole} after */
export function openedBy(before, after) {
  const changed = STEPS.filter((key) => !same(before[key], after[key]));
  const [key] = changed;
  return changed.length === 1 && OPENS.includes(key) && !before[key] && after[key] ? key : "";
}

/** Whether a change only closes what an entry was made by opening.
 * @param {string} made
 * @param {string[]} changed
 * @param {Whole} after */
export function closes(made, changed, after) {
  return made !== "" && changed.includes(made) && !after[made] && changed.every((key) => key === made || ALONG[made].includes(key));
}
