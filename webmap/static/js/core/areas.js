// Profiles of areas, asked for once while the page is open: figures, drawer and sheet share them.

import { area } from "./api.js";

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
  answer.catch(() => kept.delete(name));
  return answer;
}
