// The top bar and what belongs to the whole page: themes, language, viewer, folding panels, figures, loading.

import { carried, themeOf } from "../core/carried.js";
import { t } from "../core/i18n.js";
import { soon } from "../core/later.js";
import { PHONE } from "../core/screen.js";
import { byId } from "../ui/dom.js";
import * as folds from "./folds.js";
import * as kpis from "./kpis.js";
import * as loading from "./loading.js";
import * as viewer from "./viewer.js";

const LINKS = "[data-theme-link], .top-link, .more-link, .brand, .left-foot a"; // to other pages of ours
const BEFORE = /** @type {const} */ (["pointerdown", "focus", "click"]); // a link may be opened in another tab, too

/** @param {App} app */
export function init(app) {
  folds.init(app);
  viewer.init(app);
  kpis.init(app);
  loading.init(app);
  for (const link of document.querySelectorAll(LINKS)) for (const event of BEFORE) link.addEventListener(event, () => carry(link, app));
  for (const link of document.querySelectorAll("[data-language]")) link.addEventListener("click", () => speak(link, app));
  if (PHONE.matches) document.querySelector(".theme-chips [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  const size = byId("text-size");
  size?.addEventListener("click", () => soon(({ more }) => more.openSizes(size)));
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
  const { pathname } = new URL(link.href);
  const now = new URL(app.state.permalink()).searchParams;
  link.href = readable(pathname, carried(now, app.state.get().theme, themeOf(pathname)));
}

/** @param {HTMLAnchorElement} link
 * @param {App} app */
function speak(link, app) {
  const { pathname, searchParams } = new URL(app.state.permalink());
  searchParams.set("lang", link.dataset.language ?? "");
  link.href = readable(pathname, searchParams);
}

/** @param {string} path
 * @param {URLSearchParams} words */
function readable(path, words) {
  const query = words.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return query ? `${path}?${query}` : path;
}
