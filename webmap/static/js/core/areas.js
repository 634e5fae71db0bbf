// Profiles of areas, asked for once while the page is open: figures, drawer and sheet share them.

import { area } from "./api.js";

const kept = new Map();

/** The profile of a county, township, village or grid.
 * @param {string} code */
export function profile(code) {
  if (!kept.has(code)) {
    const answer = area(code);
    kept.set(code, answer);
    answer.catch(() => kept.delete(code));
  }
  return kept.get(code);
}
