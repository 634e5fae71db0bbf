// Services nearby: from the middle of the grid straight, from where one stands by road.

import { whole } from "../core/divisions.js";
import { lang, t } from "../core/i18n.js";
import { send } from "../core/send.js";
import { number } from "../core/units.js";
import { el, icon } from "../ui/dom.js";
import { reach } from "../ui/reach.js";
import { empty } from "../ui/states.js";

/** @typedef {{answer: Api.NearAnswer, located: boolean, why?: string}} Near why: what kept it from being by road */

/** @param {App} app
 * @param {string} code
 * @returns {Promise<Near>} */
export async function fetchNear(app, code) {
  let why;
  if (app.spot)
    try {
      // Where somebody stands is in no address: those are logged and kept.
      return { answer: await send("/api/near", { lon: app.spot.lng, lat: app.spot.lat }), located: true };
    } catch (error) {
      why = error.message;
    }
  return { answer: await app.api.get(`/api/areas/${code}/near?lang=${lang}`), located: false, why };
}

/** @param {App} app
 * @param {Near} near
 * @param {import("./my-grid.js").OpenRecord} open */
export function drawNear(app, { answer, located, why }, open) {
  const found = answer.layers.filter((one) => one.places.length);
  if (!found.length) return empty(t("没有登记的服务设施"), "", [{ label: t("看{whole}地图", { whole: whole() }), href: "/" }], "search");
  const from = located ? t("从我的位置量起") : t("从网格中心量起");
  return [
    el(
      "div",
      { class: "section near-from" },
      el("p", { class: "note", text: [from, answer.method].join(t("，")) }),
      el(
        "button",
        { type: "button", class: "button button-small", on: { click: () => app.controls.locate() } },
        icon("locate-fixed", "s"),
        located ? t("重新定位") : t("从我的位置沿路量"),
      ),
      why ? el("p", { class: "note", role: "status", text: t("没有从我的位置量：{why}", { why }) }) : null,
      answer.note ? el("p", { class: "note", text: answer.note }) : null,
    ),
    found.map((one) => section(one, open, located)),
  ];
}

/** @param {Api.NearOfLayer} one
 * @param {import("./my-grid.js").OpenRecord} open
 * @param {boolean} located */
function section({ layer, title, places }, open, located) {
  const rows = places.map((place) => {
    const far = place.way === "straight" && located ? t("直线 {far}", { far: distance(place.metres) }) : distance(place.metres);
    return el(
      "li",
      { class: "reach-row" },
      el(
        "button",
        { type: "button", class: "place", on: { click: () => open(layer, place.key, place.position) } },
        el("span", { class: "place-name" }, place.name, el("small", { text: far })),
      ),
      reach(place),
    );
  });
  return el(
    "section",
    { class: "section" },
    el("div", { class: "section-head" }, el("h3", { text: title })),
    el("ul", { class: "places" }, rows),
  );
}

/** @param {number} value */
const distance = (value) =>
  value < 1000 ? t("{n} 米", { n: number(Math.round(value / 10) * 10) }) : t("{n} 公里", { n: number(value / 1000, 1) });
