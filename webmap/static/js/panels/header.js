// The top bar and what belongs to the whole page: themes, language, viewer, folding panels, figures, loading.

import { t } from "../core/i18n.js";
import { byId } from "../ui/dom.js";
import * as folds from "./folds.js";
import * as kpis from "./kpis.js";
import * as loading from "./loading.js";
import * as viewer from "./viewer.js";

const KEPT = ["at", "sel", "code", "panels", "v", "lang"]; // what a change of theme takes along

/** @param {App} app */
export function init(app) {
  folds.init(app);
  viewer.init(app);
  kpis.init(app);
  loading.init(app);
  for (const link of document.querySelectorAll("[data-theme-link]")) link.addEventListener("click", () => carry(link, app));
  for (const link of document.querySelectorAll("[data-language]")) link.addEventListener("click", () => speak(link, app));
  document.querySelector(".theme-chips [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  const newest = Object.values(app.layers.theme.editions)
    .map((id) => id.slice(0, 8))
    .sort()
    .at(-1);
  if (newest)
    byId("edition-note").querySelector("span").textContent = t("数据版本 {day}", {
      day: `${newest.slice(0, 4)}-${newest.slice(4, 6)}-${newest.slice(6, 8)}`,
    });
}

/** @param {HTMLAnchorElement} link
 * @param {App} app */
function carry(link, app) {
  const query = new URL(app.state.permalink?.() ?? location.href).searchParams;
  const address = new URL(link.getAttribute("href") ?? "", location.origin);
  for (const name of KEPT) if (query.has(name)) address.searchParams.set(name, query.get(name) ?? "");
  link.href = readable(address);
}

/** @param {HTMLAnchorElement} link
 * @param {App} app */
function speak(link, app) {
  const address = new URL(app.state.permalink?.() ?? location.href);
  address.searchParams.set("lang", link.dataset.language ?? "");
  link.href = readable(address);
}

/** @param {URL} address */
const readable = (address) => `${address.pathname}?${address.searchParams.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
