// Two buttons beside a place: call it, be led there. Links to the device's own programs; no other host is asked for anything.

import { t } from "../core/i18n.js";
import { APPLE, TOUCH, WECHAT } from "../core/screen.js";
import { el, icon } from "./dom.js";
import { copyText } from "./states.js";

/** @typedef {{name: string, phone?: string | null, position?: number[] | null}} Reachable position: longitude, latitude */

/** @param {Reachable} place */
export function reach(place) {
  return el(
    "span",
    { class: "reach" },
    place.phone ? call(place.name, place.phone) : null,
    place.position ? lead(place.name, place.position) : null,
  );
}

/** @param {string} name
 * @param {string} phone */
export function call(name, phone) {
  const label = t("打电话给{name}：{phone}", { name, phone });
  return el("a", { class: "reach-button", href: `tel:${phone.replace(/[^\d+]/g, "")}`, "aria-label": label, title: label }, icon("phone"));
}

/** On a phone its own map program opens; a desktop has none, and WeChat opens none: they copy the place.
 * @param {string} name
 * @param {number[]} position */
export function lead(name, [lng, lat]) {
  const label = t("导航到{name}", { name });
  const place = `${lat.toFixed(6)},${lng.toFixed(6)}`;
  const look = { class: "reach-button reach-lead", "aria-label": label, title: label };
  if (TOUCH.matches && !WECHAT) return el("a", { ...look, href: address(place, name) }, icon("navigation"));
  const why = WECHAT ? t("微信里打不开地图软件，已复制坐标 {place}", { place }) : t("电脑上没有导航，已复制坐标 {place}", { place });
  return el("button", { ...look, type: "button", on: { click: () => copyText(place, why) } }, icon("navigation"));
}

/** @param {string} place
 * @param {string} name */
function address(place, name) {
  const words = encodeURIComponent(name);
  return APPLE ? `maps:?ll=${place}&q=${words}` : `geo:${place}?q=${place}(${words})`;
}
