// Figures and lists of what lies in the extent of the map alone: one switch in legend and table, carried in the address.

import { t } from "../core/i18n.js";
import { debounce, el } from "../ui/dom.js";

const DIGITS = 4; // of a degree, about ten metres; outwards
const AFTER_MS = 250;

/** Whether it is asked for, and can be told of a layer: published counts are given by whole villages.
 * @param {App} app
 * @param {string} id */
const framed = ({ state, layers }, id) => state.get().frame && layers.entry(id)?.access !== "counts";

/** Filter query string of a layer, with the extent of the map where only that counts.
 * @param {App} app
 * @param {string} id */
export function query(app, id) {
  const whole = app.layers.query(id);
  return framed(app, id) && !waits(app) ? [whole, `bbox=${extent(app)}`].filter(Boolean).join("&") : whole;
}

/** What the profile of an area is asked for, within the extent of the map where only that counts.
 * @param {App} app */
export const asked = (app) => [app.layers.asked(), inFrame(app)].filter(Boolean).join("&");

/** The same of a list of records, which stands beside other words.
 * @param {App} app */
export const inFrame = (app) => (app.state.get().frame ? `bbox=${extent(app)}` : "");

/** West, south, east, north of what is seen.
 * @param {App} app */
function extent({ map, view }) {
  const size = map.getSize();
  const [nw, se] = [L.point(0, 0), size].map((point) => view.fromMap(map.containerPointToLatLng(point)));
  const out = (/** @type {number} */ value, /** @type {1 | -1} */ way) =>
    ((way > 0 ? Math.ceil : Math.floor)(value * 10 ** DIGITS) / 10 ** DIGITS).toFixed(DIGITS);
  return [out(nw.lng, -1), out(se.lat, -1), out(se.lng, 1), out(nw.lat, 1)].join(",");
}

/** Whether the extent counts and the map has none yet; `follow` tells when it has.
 * @param {App} app */
export const waits = ({ state, map }) => state.get().frame && !map._loaded;

/** Call fn when the switch is turned, when the map has its first place, and after the map was moved while it is on.
 * @param {App} app
 * @param {() => void} fn */
export function follow(app, fn) {
  app.state.on(["frame"], fn);
  const soon = debounce(fn, AFTER_MS);
  const moved = () => app.state.get().frame && soon();
  app.state.on(["layers"], moved);
  app.map.on("moveend resize", moved);
}

/** The switch, which shows the state wherever it stands.
 * @param {App} app */
export function frameSwitch(app) {
  const box = el("input", { type: "checkbox", class: "check", checked: app.state.get().frame });
  box.addEventListener("change", () => app.state.set({ frame: box.checked }));
  const off = app.state.on(["frame"], ({ frame }) => {
    if (box.isConnected) box.checked = frame;
    else off();
  });
  return el("label", { class: "filter-option frame-switch" }, box, el("span", { text: t("只算地图范围") }));
}

/** What the switch means for a layer, in words; empty where it is off.
 * @param {App} app
 * @param {string} id */
export function frameWords(app, id) {
  if (!app.state.get().frame) return "";
  return framed(app, id) ? t("地图范围内") : t("公布的件数按整村给出，不按地图范围算");
}
