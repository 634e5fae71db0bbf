// The stack of buttons on the map: zoom, where am I, measure, full screen, share.

import * as history from "../core/history.js";
import { t } from "../core/i18n.js";
import { soon } from "../core/later.js";
import { TOUCH } from "../core/screen.js";
import * as print from "../map/print.js";
import { openSheets, shutSheets } from "../sheets/open.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { closePopover } from "../ui/popover.js";
import { copyText } from "../ui/states.js";
import { toast } from "../ui/toast.js";

const LOCATE_TIMEOUT_MS = 12_000;
const NEAR_ZOOM = 15;

/** @param {App} app */
export function init(app) {
  const { map } = app;
  app.controls = {
    locate: () => locate(app),
    share: () => share(app),
    sheets: (from) => openSheets(app, from),
    bookmarks: (anchor) => soon(({ bookmarks }) => bookmarks.open(app, anchor)),
  };
  const animate = { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches };
  const zoomIn = button("plus", t("放大"), () => map.zoomIn(1, animate));
  const zoomOut = button("minus", t("缩小"), () => map.zoomOut(1, animate));
  const ruler = button("ruler", t("量距离和面积"), () => measure(app, ruler), { "aria-pressed": "false" });
  const wide = button("expand", t("全屏"), () => map.toggleFullscreen(), { "aria-pressed": "false" });
  const sync = () => {
    zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
    zoomOut.disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", sync);
  sync();
  document.addEventListener("fullscreenchange", () => {
    const on = Boolean(document.fullscreenElement);
    map._isFullscreen = on; // the control does not see that Esc was pressed
    wide.setAttribute("aria-pressed", String(on));
    name(wide, on ? t("退出全屏") : t("全屏"));
    put(wide, icon(on ? "shrink" : "expand"));
  });
  const here = button("locate-fixed", t("我的位置"), () => locate(app), { "aria-pressed": "false" });
  map.on("locateactivate locatedeactivate", ({ type }) => here.setAttribute("aria-pressed", String(type === "locateactivate")));
  // The device answers in WGS 84, which is CGCS2000 at this accuracy; a GCJ-02 picture needs it moved.
  map.on("locationfound", (event) => Object.assign(event.latlng, L.latLng(app.view.toMap([event.latlng.lat, event.latlng.lng]))));
  const keeper = button("bookmark", t("书签"), () => app.controls.bookmarks(keeper), {
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
  });
  history.door("bookmarks", { open: () => app.controls.bookmarks(keeper), shut: closePopover });
  history.door("export", { open: (code) => app.controls.sheets({ code }), shut: shutSheets });
  const home = tools();
  put(
    home,
    group(t("缩放"), zoomIn, zoomOut),
    group(t("工具"), here, ruler, document.fullscreenEnabled ? wide : null),
    group(
      t("分享和导出"),
      button("share-2", t("复制这张图的链接"), () => share(app)),
      keeper,
      button("printer", t("导出图件"), () => app.controls.sheets(), { "aria-haspopup": "dialog" }),
    ),
  );
  keepOff(home);
  print.init(app);
}

/** Where the page has its tools; a page without that place gets one. */
function tools() {
  return (
    byId("map-tools") ?? document.querySelector(".folium-map").parentElement.appendChild(el("div", { id: "map-tools", class: "map-tools" }))
  );
}

/** @param {string} title
 * @param {...(Node | null)} buttons */
function group(title, ...buttons) {
  return el("div", { class: "tool-group", role: "group", "aria-label": title }, buttons);
}

/** @param {string} symbol
 * @param {string} title
 * @param {() => void} run */
function button(symbol, title, run, more = {}) {
  return el("button", { type: "button", class: "map-tool", "aria-label": title, title, ...more, on: { click: run } }, icon(symbol));
}

/** @param {HTMLElement} node
 * @param {string} title */
function name(node, title) {
  node.title = title;
  node.setAttribute("aria-label", title);
}

/** What lies over the map keeps clicks and wheels to itself.
 * @param {HTMLElement} node */
function keepOff(node) {
  L.DomEvent.disableClickPropagation(node);
  L.DomEvent.disableScrollPropagation(node);
}

/** @type {import("./measure.js").Measure | null} */
let measuring = null;

/** Begin to measure, or end it.
 * @param {App} app
 * @param {HTMLElement} ruler */
function measure(app, ruler) {
  soon(({ Measure }) => {
    measuring ??= new Measure(app, (on) => ruler.setAttribute("aria-pressed", String(on)));
    measuring.toggle();
  });
}

// ---- share ----

/** @param {App} app */
function share(app) {
  const url = app.state.link();
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    navigator.share({ title: document.title, url }).catch((error) => void (error.name !== "AbortError" && copyText(url, t("链接已复制"))));
    return;
  }
  copyText(url, t("链接已复制"));
}

// ---- where am I ----

/** Start or stop following the device; the frame's locate control draws the dot.
 * @param {App} app */
function locate(app) {
  const { map } = app;
  if (!window.isSecureContext || !navigator.geolocation) return void instead(app, t("没有用 HTTPS 打开，浏览器不给位置"));
  if (map.locator._active) return void map.locator.stop();
  spot?.remove();
  const done = () => {
    clearTimeout(clock);
    map.off("locationfound", found).off("locationerror", failed);
  };
  const found = (/** @type {import("leaflet").LocationEvent} */ { latlng }) => {
    done();
    const { lat, lng } = app.view.fromMap(latlng);
    stand(app, { lat, lng });
  };
  const failed = (/** @type {{code: number}} */ { code }) => {
    done();
    map.locator.stop();
    instead(app, code === 1 ? t("没有允许使用位置") : t("没有定到位置"));
  };
  const clock = setTimeout(() => failed({ code: 3 }), LOCATE_TIMEOUT_MS);
  map.on("locationfound", found).on("locationerror", failed);
  map.locator.start();
}

/** The person stands here: the map goes there, and distances are measured from there.
 * @param {App} app
 * @param {{lat: number, lng: number}} place */
function stand(app, place) {
  app.spot = place;
  app.view.showPoint([place.lat, place.lng], NEAR_ZOOM);
  app.respot?.();
}

/** @type {import("leaflet").CircleMarker | null} */
let spot = null;

/** @param {App} app
 * @param {{lat: number, lng: number}} place */
function mark(app, { lat, lng }) {
  spot?.remove();
  spot = L.circleMarker(app.view.toMap([lat, lng]), {
    radius: 7,
    color: "#FFFFFF",
    weight: 3,
    fillColor: "#2C7A4B",
    fillOpacity: 1,
    interactive: false,
  }).addTo(app.map);
}

/** Without a position from the device a person can point at the place.
 * @param {App} app
 * @param {string} why */
function instead(app, why) {
  toast(why, { action: { label: t("在地图上点选"), run: () => pick(app) } });
}

/** @param {App} app */
function pick(app) {
  const { map } = app;
  app.busy = true;
  map.getContainer().classList.add("picking");
  const hint = toast(TOUCH.matches ? t("在地图上点一下自己的位置") : t("在地图上点你的位置，Esc 取消"), {
    action: TOUCH.matches ? { label: t("取消"), run: () => end() } : null,
  });
  const end = () => {
    hint.remove();
    app.busy = false;
    map.getContainer().classList.remove("picking");
    map.off("click", take);
    document.removeEventListener("keydown", cancel, true);
  };
  const take = (/** @type {import("leaflet").LeafletMouseEvent} */ { latlng }) => {
    // The click that sets the place must not also choose what lies there.
    setTimeout(end);
    const place = app.view.fromMap(latlng);
    mark(app, place);
    stand(app, place);
  };
  const cancel = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end();
  };
  map.once("click", take);
  document.addEventListener("keydown", cancel, true);
}
