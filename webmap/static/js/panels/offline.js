// Without a line: what is kept is shown and said from when; with the line back the page is made anew. What is kept stands under
// “more”, with what does not work and why where there is no HTTPS.

import { profile } from "../core/areas.js";
import * as divisions from "../core/divisions.js";
import { lang, t } from "../core/i18n.js";
import { about, forget, hindrance, keep, tidy } from "../core/kept.js";
import { own } from "../drawer/my-grid.js";
import { BANDS, needed } from "../map/requests.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { toast } from "../ui/toast.js";

const LOOK_EVERY_MS = 10_000;
const STALE_MS = 10 * 60_000;
const NEAR_BAND = 12; // closer in, everything of the area is kept
const root = document.documentElement;
/** @type {App} */
let app;
let looking = 0;
/** @type {import("../core/kept.js").About | null} */
let kept = null;
let busy = false;

/** @param {App} house */
export function init(house) {
  app = house;
  listen();
  if (root.dataset.kept || !navigator.onLine)
    about().then((found) => {
      kept = found;
      lost();
    });
  if (root.dataset.mapState === "ready") return void begin();
  const off = app.layers.on("ready", () => {
    off();
    begin();
  });
}

function listen() {
  addEventListener("offline", lost);
  addEventListener("online", back);
  addEventListener("kept", lost); // an answer came from what is kept
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (!data.released) return;
    kept = null; // it was of the release before
    say();
    toast(t("网站更新了"), { action: { label: t("重新打开"), run: () => location.reload() } });
  });
}

/** One's own is kept without asking; anything else when somebody wants it. */
async function begin() {
  await tidy().catch(() => null);
  kept = await about();
  const code = own(app.layers.theme);
  const old = !kept || kept.code !== code || Date.now() - Date.parse(kept.at) > STALE_MS;
  if (code && old && !root.dataset.kept && !hindrance()) await keepArea(code);
  say();
}

/** @param {string} code */
async function keepArea(code) {
  busy = true;
  say();
  try {
    const area = await profile(code);
    kept = await keep({ code, name: area.name }, { more: addresses(area), names: `/api/areas/${around(code)}/names?lang=${lang}` });
  } catch (error) {
    if (error.code === "storage-full") toast(t("手机存储满了，离线内容没有存下"), { kind: "warning" });
    else console.warn("offline", error);
  }
  busy = false;
  say();
}

/** Names of the township are kept with one of its grids.
 * @param {string} code */
const around = (code) => (divisions.depth(code) > 1 ? divisions.atMost(code, "township") : code);

/** What belongs to an area beyond what the page has asked for: its shapes closer in, its cards and what is near.
 * @param {Api.Profile} area */
function addresses({ code, bounds }) {
  const found = [`/api/areas/${code}/near?lang=${lang}`, `/api/areas/${code}?lang=${lang}`];
  for (const entry of app.layers.entries.values()) {
    if (!app.state.get().layers?.includes(entry.id) || !bounds || !entry.edition) continue;
    for (const zoom of BANDS.filter((band) => band >= NEAR_BAND)) {
      const box = pixels(bounds, zoom);
      for (const { url } of needed(entry, { zoom, box, query: app.layers.query(entry.id) }))
        found.push(`/api/layers/${entry.id}/shapes?${url}`);
    }
  }
  for (const row of byId("drawer").querySelectorAll("li[data-key]"))
    found.push(`/api/layers/disputes/records/${encodeURIComponent(/** @type {HTMLElement} */ (row).dataset.key ?? "")}?lang=${lang}`);
  return found;
}

/** West, top, east, bottom in pixels of a zoom.
 * @param {Box} bounds
 * @param {number} zoom */
function pixels([west, south, east, north], zoom) {
  const [a, b] = [L.latLng(north, west), L.latLng(south, east)].map((place) => L.CRS.EPSG3857.latLngToPoint(place, zoom));
  return [a.x, a.y, b.x, b.y];
}

// ---- the line ----

function lost() {
  const at = root.dataset.kept ?? kept?.at;
  const what = root.dataset.keptInstead === undefined ? "" : t("这一页没有存下。");
  const words = at
    ? t("断网，{what}显示 {time} 存下的{name}", { what, time: clock(at), name: kept?.name ?? "" })
    : t("断网，能看的是已经打开的内容");
  byId("line").textContent = root.dataset.lacking === undefined ? words : t("{words}，有的图层没有存下", { words });
  byId("line").hidden = false;
  root.dataset.line = "lost";
  if (!looking) looking = setInterval(look, LOOK_EVERY_MS);
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) back();
}

function back() {
  if (root.dataset.line !== "lost") return;
  clearInterval(looking);
  looking = 0;
  delete root.dataset.line;
  byId("line").textContent = t("已联网，正在刷新");
  setTimeout(() => location.reload(), 800);
}

/** @param {string} at */
function clock(at) {
  const when = new Date(at);
  const time = when.toLocaleTimeString("zh-CN", { hour: "numeric", minute: "2-digit" });
  return when.toDateString() === new Date().toDateString() ? time : `${when.toLocaleDateString(lang === "en" ? "en" : "zh-CN")} ${time}`;
}

// ---- what is said of it ----

function say() {
  const line = byId("kept-note");
  line.hidden = !kept || kept.code !== own(app.layers.theme);
  if (kept)
    put(line, el("b", {}, icon("circle-check", "s"), t("离线可用")), el("span", { text: t("{time} 已存", { time: clock(kept.at) }) }));
  draw();
}

/** The part of “more”. */
export function draw() {
  const box = byId("more-offline");
  if (box) put(box, el("h3", { text: t("离线") }), parts());
}

function parts() {
  const why = hindrance();
  if (why) return el("p", { class: "note", text: reason(why) });
  const code = own(app.layers.theme) || chosen();
  const button = (/** @type {string} */ text, /** @type {() => void} */ run) =>
    el("button", { type: "button", class: "button", disabled: busy, text, on: { click: run } });
  return [
    el("p", {
      class: "note",
      text: kept ? t("{time} 存下了{name}：地图、列表和周围的地名。", { time: clock(kept.at), name: kept.name }) : t("还没有存下什么。"),
    }),
    el(
      "div",
      { class: "card-actions" },
      code ? button(busy ? t("正在存") : kept?.code === code ? t("重新存") : t("存下选中的地方"), () => keepArea(code)) : null,
      kept
        ? button(t("清除"), () =>
            forget().then(() => {
              kept = null;
              say();
            }),
          )
        : null,
    ),
    code ? null : el("p", { class: "note", text: t("先选一个乡镇、村或网格，再存。") }),
  ];
}

/** The division that is looked at, if it is small enough. */
function chosen() {
  const { selected, area } = app.state.get();
  const code = selected && divisions.isDivision(selected.layer) ? selected.key : (area ?? "");
  return divisions.depth(code) > 0 ? code : "";
}

/** @param {string} why */
function reason(why) {
  if (why === "insecure")
    return t("没有用 HTTPS 打开：浏览器不给存离线内容，不给位置，也不让复制。让管理员给服务配上证书，再用 https 地址打开。");
  if (why === "unable") return t("这个浏览器不能离线用。换手机自带的浏览器打开。");
  return t("内部数据不存在手机上。公开的内容可以存：退回公众身份后再存。");
}
