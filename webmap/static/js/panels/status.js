// The status line: scale bar, ratio, coordinates.

import { lang, t } from "../core/i18n.js";
import { distance } from "../map/geodesy.js";
import { byId, el, put, svg } from "../ui/dom.js";

const BAR_PX = 160;
const MM_PER_PX = 25.4 / 96;

/** @param {App} app */
export function init(app) {
  const [scale, ratio, coords] = ["status-scale", "status-ratio", "status-coords"].map(place);
  const { map } = app;
  const draw = () => {
    const perPx = metresPerPx(app);
    bar(scale, perPx);
    ratio.textContent = t("比例尺 约 1:{n}", { n: spaced(round2((perPx * 1000) / MM_PER_PX)) });
  };
  const say = (/** @type {import("leaflet").LatLng} */ latlng) => {
    const { lat, lng } = app.view.fromMap(latlng);
    coords.textContent = t("经度 {lng}° 纬度 {lat}°（CGCS2000）", { lng: lng.toFixed(4), lat: lat.toFixed(4) });
  };
  map.on("zoomend moveend", () => {
    draw();
    say(map.getCenter());
  });
  map.on("mousemove", ({ latlng }) => say(latlng));
  map.on("mouseout", () => say(map.getCenter()));
  draw();
  say(map.getCenter());
}

/** @param {string} id
 * @returns {HTMLElement} */
function place(id) {
  if (byId(id)) return byId(id);
  const line =
    byId("status") ?? document.querySelector(".folium-map").parentElement.appendChild(el("div", { id: "status", class: "status" }));
  return line.appendChild(el("span", { id }));
}

/** Metres on the ground under one pixel in the middle of the map.
 * @param {Pick<App, "map" | "view">} app */
export function metresPerPx({ map, view }) {
  const middle = map.getSize().divideBy(2);
  const [from, to] = [-50, 50].map((dx) => view.fromMap(map.containerPointToLatLng(middle.add([dx, 0]))));
  return distance(from, to) / 100;
}

/** @param {HTMLElement} node
 * @param {number} perPx */
function bar(node, perPx) {
  const metres = roundDown(perPx * BAR_PX);
  const width = Math.round(metres / perPx);
  const words = metres >= 1000 ? t("{n} 公里", { n: metres / 1000 }) : t("{n} 米", { n: metres });
  const line = svg(
    "svg",
    { width: width + 2, height: 8, "aria-hidden": "true", class: "scale-bar" },
    svg("path", { d: `M1 0v6.5h${width}v-6.5`, fill: "none", stroke: "currentColor", "stroke-width": 1.2 }),
  );
  put(node, line, el("span", { text: words }));
}

/** The largest 1, 2 or 5 × 10ⁿ that is not more.
 * @param {number} value */
function roundDown(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].map((step) => step * power).find((step) => step <= value) ?? power;
}

/** @param {number} value */
const round2 = (value) => Number(value.toPrecision(2));

/** 280 000, or 280,000 in English. By hand: the first number that the browser formats costs it a whole frame.
 * @param {number} value */
function spaced(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, lang === "en" ? "," : "\u2009");
}
