// Profiles of areas, asked for once while the page is open: figures, drawer and sheet share them.

import { area } from "./api.js";

const MOST = 60; // a map that is moved asks anew each time

/** @type {Map<string, Promise<Api.Profile>>} */
const kept = new Map();

/** The profile of a county, township, village or grid; of the rows that `asked` leaves.
 * @param {string} code
 * @param {string} [asked] as `layers.asked()` says it */
export function profile(code, asked = "") {
  const name = `${code}?${asked}`;
  const known = kept.get(name);
  if (known) return known;
  const answer = area(code, asked);
  kept.set(name, answer);
  if (kept.size > MOST) kept.delete([...kept.keys()][0]);
  answer.catch(() => kept.delete(name));
  return answer;
}
