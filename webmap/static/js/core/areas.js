// Profiles of areas, asked for once while the page is open: figures, drawer and sheet share them.

import { area } from "./api.js";

/** @type {Map<string, Promise<Api.Profile>>} */
const kept = new Map();

/** The profile of a county, township, village or grid.
 * @param {string} code */
export function profile(code) {
  const known = kept.get(code);
  if (known) return known;
  const answer = area(code);
  kept.set(code, answer);
  answer.catch(() => kept.delete(code));
  return answer;
}
