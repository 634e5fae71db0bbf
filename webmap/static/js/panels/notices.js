// Single calm lines above the map: what of a link was not obeyed, that there are newer data.

import * as editions from "../core/editions.js";
import { t } from "../core/i18n.js";
import * as links from "../core/link.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { announce } from "../ui/toast.js";

const LOOK_AGAIN_MS = 30_000; // a page that is looked at again asks at most this often
let looked = 0;

/** @param {App} app */
export function init(app) {
  if (links.verdict?.left_out.length) leftOut(app, links.verdict.left_out);
  editions.onNewer(newer);
  app.state.onArrival((said) => reached(app, said));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look(app));
  addEventListener("pageshow", ({ persisted }) => persisted && look(app, true));
}

/** One line; the last one of a kind stands.
 * @param {string} kind
 * @param {string} text
 * @param {{label: string, run: () => void}[]} [actions] */
export function notice(kind, text, actions = []) {
  const box = el("div", { class: "notice", data: { kind } });
  const shut = () => box.remove();
  const buttons = actions.map(({ label, run }) =>
    el("button", { type: "button", class: "button button-small", text: label, on: { click: run } }),
  );
  put(
    box,
    icon("info", "s"),
    el("p", { text }),
    buttons,
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("知道了"), title: t("知道了"), on: { click: shut } },
      icon("x", "s"),
    ),
  );
  byId("notices").querySelector(`[data-kind=${kind}]`)?.remove();
  byId("notices").append(box);
  announce(text);
}

/** @param {App} app
 * @param {Api.LinkAnswer["left_out"]} parts */
function leftOut(app, parts) {
  const text = `${parts.map(({ why }) => why).join(t("；"))}${t("。")}`;
  const actions = parts.flatMap(({ instead }) => (instead ? [{ label: instead.label, run: () => go(app, instead.words) }] : []));
  notice("link", text, actions);
}

/** What takes the place of what is gone is opened as by a link.
 * @param {App} app
 * @param {Record<string, string>} words */
function go(app, words) {
  const address = new URL(app.state.permalink());
  address.hash = "";
  if (words.code) address.searchParams.delete("at");
  for (const [name, word] of Object.entries(words)) address.searchParams.set(name, word);
  if (words.sel) address.searchParams.delete("at");
  location.assign(`${address.pathname}?${address.searchParams.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
}

/** An entry that names a scenario may have outlived it: the server is asked, and the map goes without it.
 * @param {App} app
 * @param {State} said */
async function reached(app, said) {
  const tokens = [said.plan?.scenario, ...(said.plan?.compare ?? "").split(",")].filter(Boolean);
  if (said.theme !== "coverage" || !tokens.length) return;
  const query = location.search.slice(1);
  const found = await app.api.get(`/api/link?theme=coverage&${query}`).catch(() => null);
  if (!found?.left_out.length || query !== location.search.slice(1)) return;
  leftOut(app, found.left_out);
  app.state.take(found.query);
}

function newer() {
  notice("edition", t("数据有了新版本，现在看的是打开页面时的。"), [{ label: t("重新载入数据"), run: () => location.reload() }]);
}

/** Whether the data or the eyes changed while nobody looked. Another viewer's page must not stay.
 * @param {App} app */
async function look(app, now = false) {
  if (!now && performance.now() - looked < LOOK_AGAIN_MS) return;
  looked = performance.now();
  const theme = await app.api.theme(app.state.get().theme, { anyEdition: true }).catch(() => null);
  if (!theme) return;
  if (theme.viewer.key !== app.layers.theme.viewer.key) location.reload();
  else editions.take(theme);
}
