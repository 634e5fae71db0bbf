// Measuring on the map: click corners, read length or area at once. Keys: Enter sets a corner in the middle of the map,
// Backspace takes the last one back, Esc ends.

import { t } from "../core/i18n.js";
import { TOUCH } from "../core/screen.js";
import { number } from "../core/units.js";
import * as geodesy from "../map/geodesy.js";
import { el, icon, put } from "../ui/dom.js";

const M2_PER_MU = 2000 / 3;
const INK = "#0B6470";

export class Measure {
  /** @type {import("leaflet").Polygon} */
  line;
  /** @type {import("leaflet").LayerGroup} */
  dots;
  /** @type {import("leaflet").LeafletMouseEventHandlerFn} */
  click;
  /** @type {import("leaflet").LeafletMouseEventHandlerFn} */
  move;
  /** @type {(event: KeyboardEvent) => void} */
  keys;
  /** @type {HTMLParagraphElement} */
  value;
  /** @type {HTMLParagraphElement} */
  hint;

  /** @param {App} app
   * @param {(on: boolean) => void} onchange called when it is switched on or off */
  constructor(app, onchange) {
    this.app = app;
    this.onchange = onchange;
    this.kind = "distance";
    /** @type {import("leaflet").LatLng[]} */
    this.corners = [];
    /** @type {HTMLElement | null} */
    this.box = null;
  }

  get on() {
    return this.box !== null;
  }

  toggle(on = !this.on) {
    if (on === this.on) return;
    if (on) this._start();
    else this._stop();
    this.onchange(on);
  }

  _start() {
    const { map } = this.app;
    this.app.busy = true;
    this.corners = [];
    this.line = L.polygon([], { color: INK, weight: 3, fill: false, interactive: false }).addTo(map);
    this.dots = L.layerGroup().addTo(map);
    this.click = (event) => this._add(event.latlng);
    this.move = (event) => this._draw(event.latlng);
    this.keys = (event) => this._key(event);
    map.on("click", this.click).on("mousemove", this.move);
    map.doubleClickZoom.disable();
    map.getContainer().classList.add("measuring");
    document.addEventListener("keydown", this.keys, true);
    this._card();
    this._draw();
  }

  _stop() {
    const { map } = this.app;
    map.off("click", this.click).off("mousemove", this.move);
    map.doubleClickZoom.enable();
    map.getContainer().classList.remove("measuring");
    document.removeEventListener("keydown", this.keys, true);
    for (const layer of [this.line, this.dots]) layer.remove();
    this.box?.remove();
    this.box = null;
    this.app.busy = false;
  }

  /** @param {KeyboardEvent} event */
  _key(event) {
    const onMap = event.target === this.app.map.getContainer();
    if (event.key === "Escape") this.toggle(false);
    else if (event.key === "Enter" && onMap) this._add(this.app.map.containerPointToLatLng(this.app.view.middle()));
    else if (event.key === "Backspace" && onMap) this._back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {import("leaflet").LatLng} latlng */
  _add(latlng) {
    this.corners.push(latlng);
    this._draw();
  }

  _back() {
    this.corners.pop();
    this._draw();
  }

  _clear() {
    this.corners = [];
    this._draw();
  }

  _card() {
    const kinds = [
      ["distance", t("距离")],
      ["area", t("面积")],
    ].map(([kind, title]) =>
      el("button", {
        type: "button",
        "aria-pressed": String(kind === this.kind),
        text: title,
        on: { click: () => this._choose(kind) },
      }),
    );
    this.value = el("p", { class: "measure-value", "aria-live": "polite" });
    this.hint = el("p", { class: "note" });
    const button = (/** @type {string} */ name, /** @type {string} */ title, /** @type {() => void} */ run) =>
      el("button", { type: "button", class: "icon-button", "aria-label": title, title, on: { click: run } }, icon(name, "s"));
    this.box = el(
      "div",
      { class: "measure-card", role: "group", "aria-label": t("量距离和面积") },
      el(
        "div",
        { class: "measure-head" },
        el("div", { class: "segments", role: "group", "aria-label": t("量什么") }, kinds),
        button("rotate-ccw", t("退一步"), () => this._back()),
        button("trash-2", t("重新量"), () => this._clear()),
        button("x", t("结束"), () => this.toggle(false)),
      ),
      this.value,
      this.hint,
    );
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    this.app.map.getContainer().parentElement?.append(this.box);
  }

  /** @param {string} kind */
  _choose(kind) {
    this.kind = kind;
    const buttons = this.box?.querySelectorAll(".segments button") ?? [];
    [...buttons].forEach((button, i) => button.setAttribute("aria-pressed", String((i === 0) === (kind === "distance"))));
    this._draw();
  }

  /** @param {import("leaflet").LatLng | null} [pointer] */
  _draw(pointer = null) {
    const area = this.kind === "area";
    const corners = pointer && this.corners.length ? [...this.corners, pointer] : this.corners;
    this.line.options.fill = area;
    this.line.setStyle({ fill: area, fillColor: INK, fillOpacity: 0.12, dashArray: undefined });
    // A polygon closes itself; a length is drawn there and back, which looks like one line.
    this.line.setLatLngs(area || corners.length < 2 ? corners : [...corners, ...corners.slice(1, -1).reverse()]);
    this.dots.clearLayers();
    for (const corner of this.corners)
      L.circleMarker(corner, {
        radius: 4,
        color: INK,
        weight: 2,
        fillColor: "#FFFFFF",
        fillOpacity: 1,
        interactive: false,
      }).addTo(this.dots);
    this._say(corners.map((corner) => this.app.view.fromMap(corner)));
  }

  /** @param {{lat: number, lng: number}[]} corners */
  _say(corners) {
    const length = corners.slice(1).reduce((sum, corner, i) => sum + geodesy.distance(corners[i], corner), 0);
    if (this.kind === "distance") put(this.value, corners.length > 1 ? lengthWords(length) : "—");
    else put(this.value, corners.length > 2 ? areaWords(geodesy.area(corners)) : "—");
    const around =
      this.kind === "area" && corners.length > 2
        ? t("周长 {length}", { length: lengthWords(length + geodesy.distance(corners[corners.length - 1], corners[0])) })
        : "";
    this.hint.textContent = around || (this.corners.length ? onward() : t("在地图上点第一个点"));
  }
}

const onward = () => (TOUCH.matches ? t("继续点，量完点关闭") : t("继续点，退格退一步，Esc 结束"));

/** 860 米, 12.3 公里.
 * @param {number} metres */
export function lengthWords(metres) {
  return metres < 1000 ? t("{n} 米", { n: number(metres, 0) }) : t("{n} 公里", { n: number(metres / 1000, metres < 100_000 ? 2 : 0) });
}

/** 12.3 亩（0.01 km²）.
 * @param {number} m2 */
export function areaWords(m2) {
  const mu = m2 / M2_PER_MU;
  const shown = mu >= 100_000 ? t("{n} 万亩", { n: number(mu / 10_000, 1) }) : t("{n} 亩", { n: number(mu, mu < 100 ? 2 : 0) });
  return t("{mu}（{km2} km²）", { mu: shown, km2: number(m2 / 1e6, m2 < 1e6 ? 4 : 2) });
}
