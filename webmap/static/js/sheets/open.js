// The way to the export dialog: its script and style are fetched when it is opened for the first time.

import * as api from "../core/api.js";
import { entered, left } from "../core/history.js";
import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";
import { toast } from "../ui/toast.js";

const root = document.documentElement;
/** @type {Promise<void> | null} */
let style = null;

/** @type {HTMLDialogElement | null} */
let opened = null;

export const shutSheets = () => opened?.close();

/** Open the dialog over the map as it is now; `code` is another area than the page's, `again` the token of an export that is
 * to be changed and made anew.
 * @param {App} app
 * @param {{code?: string | null, again?: string | null}} [from] */
export async function openSheets(app, { code = null, again = null } = {}) {
  root.dataset.export = "loading";
  try {
    style ??= styled(root.dataset.sheetsStyle ?? "");
    const [dialog, asked] = await Promise.all([import("./dialog.js"), again ? askedFor(again) : null, style]);
    opened = dialog.open(app, { code, asked });
    opened.addEventListener("close", () => left("export"));
    entered("export", code);
  } catch (error) {
    console.warn("sheets", error);
    toast(t("导出没有打开，检查网络后再试。"), { kind: "warning" });
    style = null;
  }
  delete root.dataset.export;
}

/** How an export was asked for; null, with the reason said, where it cannot be told any more.
 * @param {string} token
 * @returns {Promise<import("./plan.js").Asked | null>} */
async function askedFor(token) {
  try {
    const { kind, format, query } = await api.get(`/api/exports/${encodeURIComponent(token)}`);
    return { kind, format, words: Object.fromEntries(new URLSearchParams(query)) };
  } catch (error) {
    toast(error.message, { kind: "warning" });
    return null;
  }
}

/** @param {string} href
 * @returns {Promise<void>} */
function styled(href) {
  return new Promise((done, fail) => {
    document.head.append(el("link", { rel: "stylesheet", href, on: { load: () => done(), error: () => fail(new Error(href)) } }));
  });
}
