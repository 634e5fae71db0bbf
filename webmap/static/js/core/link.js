// What the server found of the link by which the page was opened: the words that hold, and what was left out and why.

/** @typedef {Api.LinkAnswer} Verdict */

/** @returns {Verdict | null} */
function told() {
  try {
    return JSON.parse(document.documentElement.dataset.link ?? "null");
  } catch {
    return null;
  }
}

/** Null where nothing had to be looked up. */
export const verdict = told();

/** The query string of the address without what was left out.
 * @param {string} search */
export const checked = (search) => (verdict?.left_out.length ? `?${verdict.query}` : search);
