// How large text is: chosen once, remembered here and in a cookie, by which the server makes the first paint right.

import { t } from "./i18n.js";

const KEY = "govmap-text";
const YEAR_S = 31_536_000;
const root = document.documentElement;

/** @type {Record<string, () => string>} */
export const SIZES = { normal: () => t("标准"), large: () => t("大"), larger: () => t("特大") };

export const size = () => root.dataset.text ?? "normal";

/** What was chosen before, where the cookie was lost. */
export function init() {
  const kept = remembered();
  if (kept in SIZES && kept !== size()) choose(kept);
}

/** @param {string} wanted */
export function choose(wanted) {
  if (wanted === "normal") delete root.dataset.text;
  else root.dataset.text = wanted;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is missing where there is no HTTPS
  document.cookie = `text=${wanted};path=/;max-age=${YEAR_S};samesite=lax`;
  try {
    localStorage.setItem(KEY, wanted);
  } catch {
    // a browser that forbids storage has the cookie
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}
