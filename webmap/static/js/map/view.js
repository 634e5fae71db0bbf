// Moving the map, clear of everything that lies over it. Places come and go in CGCS2000; over a picture cut in GCJ-02
// the map itself runs in GCJ-02.

import { fromGcj, toGcj } from "./datum.js";

const COVERS = "[data-covers-map], .top, .theme-chips, .left, .right, .sheet, .tabs";
const FLY_S = 0.55; // flights stay under 600 ms
const MARGIN_PX = 16;
const EDGE_SHARE = 0.55; // of a side, from which a panel counts as lying along it
const POINT_ZOOM = 14;
const NEARLY = 0.9999; // at its very end a slide would be over
const ROOM_PX = 96; // with less than that left it is better to be covered than to be squeezed
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** @typedef {Record<"left" | "top" | "right" | "bottom" | "corner", number>} Sides */

/** @param {Box | null} bounds */
const cornersOf = (bounds) =>
  bounds
    ? [
        [bounds[1], bounds[0]],
        [bounds[3], bounds[2]],
      ]
    : null;

export class View {
  /** @param {CountyMap} map */
  constructor(map, { datum = "wgs84" } = {}) {
    this.map = map;
    this.gcj = datum === "gcj02";
    /** @type {number[][] | null} */
    this.county = null;
    /** @type {number[][] | null} */
    this.home = null;
    this.flies = false; // on its way to where it was sent
  }

  /** [lat, lng] of CGCS2000 → of the map.
   * @param {number[]} place
   * @returns {Place} */
  toMap([lat, lng]) {
    if (!this.gcj) return [lat, lng];
    const [x, y] = toGcj([lng, lat]);
    return [y, x];
  }

  /** LatLng of the map → {lat, lng} in CGCS2000.
   * @param {{lat: number, lng: number}} place */
  fromMap({ lat, lng }) {
    if (!this.gcj) return { lat, lng };
    const [x, y] = fromGcj([lng, lat]);
    return { lat: y, lng: x };
  }

  /** Where the map is now, in CGCS2000, rounded as the permalink writes it. */
  get() {
    const { lat, lng } = this.fromMap(this.map.getCenter());
    const round = (/** @type {number} */ value, /** @type {number} */ digits) => Number(value.toFixed(digits));
    return { lat: round(lat, 5), lng: round(lng, 5), zoom: round(this.map.getZoom(), 2) };
  }

  /** Go to a position of the permalink at once.
   * @param {Position} position */
  set({ lat, lng, zoom }) {
    this.map.setView(this.toMap([lat, lng]), zoom, { animate: false });
  }

  /** Remember the county's bounds [w, s, e, n].
   * @param {Box | null} bounds */
  setCounty(bounds) {
    this.county = cornersOf(bounds);
  }

  /** Remember the bounds in which the page opens; null for the county.
   * @param {Box | null} bounds */
  setHome(bounds) {
    this.home = cornersOf(bounds);
  }

  fitCounty({ animate = false } = {}) {
    if (this.county) this.showBounds(this.county, { animate, margin: 10 });
  }

  /** The part in which the page opens: one's own grid, else the county. */
  fitHome() {
    if (this.home) this.showBounds(this.home, { animate: false });
    else this.fitCounty();
  }

  /** Back to the part in which the page opens, whatever was looked at. */
  showHome() {
    if (this.home) this.showBounds(this.home);
    else this.fitCounty({ animate: true });
  }

  /** Show [[south, west], [north, east]] in the part of the map that is clear.
   * @param {Corners} bounds
   * @param {{animate?: boolean, margin?: number, maxZoom?: number}} [how] */
  showBounds(bounds, { animate = true, margin = MARGIN_PX, maxZoom = 16 } = {}) {
    const box = L.latLngBounds(bounds.map((corner) => this.toMap(corner)));
    if (!box.isValid()) return;
    const sides = this.covered();
    const { left, right, bottom } = sides;
    const top = sides.top + this.spare(box, sides, margin, maxZoom);
    /** @type {import("leaflet").FitBoundsOptions} */
    const options = {
      paddingTopLeft: [left + margin, top + margin],
      paddingBottomRight: [right + margin, bottom + margin],
      maxZoom,
    };
    if (!animate || calm.matches || !this.map._loaded) this.map.fitBounds(box, { ...options, animate: false });
    else this._flight().flyToBounds(box, { ...options, duration: FLY_S });
  }

  /** How much lower a box stands for the card in the corner: so far as it does not become smaller for it.
   * @param {import("leaflet").LatLngBounds} box
   * @param {Sides} sides
   * @param {number} margin
   * @param {number} maxZoom */
  spare(box, { left, top, right, bottom, corner }, margin, maxZoom) {
    const { map } = this;
    const taken = L.point(left + right + 2 * margin, top + bottom + 2 * margin);
    const zoom = Math.min(maxZoom, map.getBoundsZoom(box, false, taken));
    const high = map.project(box.getSouthWest(), zoom).y - map.project(box.getNorthEast(), zoom).y;
    return Math.max(0, Math.min(corner - top, map.getSize().y - taken.y - high));
  }

  /** Show [lat, lng] in the middle of the part that is clear; never zooms out.
   * @param {number[]} place */
  showPoint(place, zoom = POINT_ZOOM) {
    const { map } = this;
    const to = Math.max(zoom, map.getZoom());
    const { left, top, right, bottom } = this.covered();
    const shift = L.point((left - right) / 2, (top - bottom) / 2);
    const center = map.unproject(map.project(this.toMap(place), to).subtract(shift), to);
    if (calm.matches) map.setView(center, to, { animate: false });
    else this._flight().flyTo(center, to, { duration: FLY_S });
  }

  _flight() {
    this.flies = true;
    return this.map.once("moveend", () => {
      this.flies = false;
    });
  }

  /** Whether all of [[s, w], [n, e]] is on the map, be it under a panel.
   * @param {Corners} bounds */
  holds(bounds) {
    return this.map.getBounds().contains(L.latLngBounds(bounds.map((corner) => this.toMap(corner))));
  }

  /** Pan just so far that [[s, w], [n, e]] is clear of the panels. What is too large for that stays where it is, unless it
   * should `fit`: then the map zooms out for it, at once.
   * @param {Corners} bounds */
  keepClear(bounds, { fit = false } = {}) {
    const { map } = this;
    const [a, b] = bounds.map((corner) => map.latLngToContainerPoint(this.toMap(corner)));
    const box = /** @type {Required<import("leaflet").Bounds>} */ (L.bounds(a, b));
    const { left, top, right, bottom } = this.covered();
    const size = map.getSize();
    const room = /** @type {Required<import("leaflet").Bounds>} */ (
      L.bounds([left + MARGIN_PX, top + MARGIN_PX], [size.x - right - MARGIN_PX, size.y - bottom - MARGIN_PX])
    );
    const [wanted, given] = [box.getSize(), room.getSize()];
    if (wanted.x > given.x || wanted.y > given.y) return void (fit && this.showBounds(bounds, { animate: false, maxZoom: map.getZoom() }));
    /** @type {(low: number, high: number, from: number, to: number) => number} */
    const by = (low, high, from, to) => (low < from ? low - from : Math.max(0, high - to));
    const x = by(box.min.x, box.max.x, room.min.x, room.max.x);
    const y = by(box.min.y, box.max.y, room.min.y, room.max.y);
    if (x || y) map.panBy([x, y], { animate: !fit && !calm.matches, duration: 0.25 });
    return undefined;
  }

  /** Middle of the clear part, in container pixels. */
  middle() {
    const { left, top, right, bottom } = this.covered();
    const size = this.map.getSize();
    return L.point((left + size.x - right) / 2, (top + size.y - bottom) / 2);
  }

  /** What is in sight: the county, or the part of it that is clear of panels. */
  sight() {
    const { map } = this;
    const { left, top, right, bottom } = this.covered();
    const size = map.getSize();
    const seen = L.latLngBounds(map.containerPointToLatLng([left, size.y - bottom]), map.containerPointToLatLng([size.x - right, top]));
    const county = this.county && L.latLngBounds(this.county.map((corner) => this.toMap(corner)));
    if (!county?.intersects(seen)) return seen;
    const [low, high] = [county.getSouthWest(), county.getNorthEast()];
    const [from, to] = [seen.getSouthWest(), seen.getNorthEast()];
    return L.latLngBounds(
      [Math.max(low.lat, from.lat), Math.max(low.lng, from.lng)],
      [Math.min(high.lat, to.lat), Math.min(high.lng, to.lng)],
    );
  }

  /** Pixels of each side of the map that panels lie over once they have come to rest, and how far down a card reaches in the upper
   * corner.
   * @returns {Sides} */
  covered() {
    return atRest(() => this._covered());
  }

  /** @returns {Sides} */
  _covered() {
    const sides = { left: 0, top: 0, right: 0, bottom: 0, corner: 0 };
    const area = this.map.getContainer().getBoundingClientRect();
    for (const element of document.querySelectorAll(COVERS)) {
      if (element.checkVisibility && !element.checkVisibility({ visibilityProperty: true })) continue;
      cover(sides, area, element.getBoundingClientRect(), element.getAttribute("data-covers-map"));
    }
    if (sides.left + sides.right > area.width - ROOM_PX) [sides.left, sides.right] = [0, 0];
    if (sides.top + sides.bottom > area.height - ROOM_PX) sides.bottom = Math.max(0, area.height - ROOM_PX - sides.top);
    return sides;
  }
}

/** What is measured as if all that slides had arrived.
 * @template T
 * @param {() => T} measure */
function atRest(measure) {
  const slides = document.getAnimations().filter((one) => one instanceof CSSTransition && one.playState === "running");
  const times = slides.map((one) => one.currentTime);
  for (const one of slides) one.currentTime = Number(one.effect?.getComputedTiming().endTime) * NEARLY;
  const found = measure();
  for (const [i, one] of slides.entries()) one.currentTime = times[i];
  return found;
}

/** Widen the side along which a panel lies, or on which it says that it lies: cards on a phone may stand anywhere.
 * @param {Sides} sides
 * @param {DOMRect} area
 * @param {DOMRect} box
 * @param {string | null} side */
function cover(sides, area, box, side) {
  const wide = Math.min(box.right, area.right) - Math.max(box.left, area.left);
  const high = Math.min(box.bottom, area.bottom) - Math.max(box.top, area.top);
  if (wide <= 1 || high <= 1) return;
  if (side === "top") sides.top = Math.max(sides.top, box.bottom - area.top);
  else if (side === "right") sides.right = Math.max(sides.right, area.right - box.left);
  else if (side === "bottom") sides.bottom = Math.max(sides.bottom, area.bottom - box.top);
  else if (wide >= area.width * EDGE_SHARE) {
    if (box.top - area.top <= area.bottom - box.bottom) sides.top = Math.max(sides.top, box.bottom - area.top);
    else sides.bottom = Math.max(sides.bottom, area.bottom - box.top);
  } else if (side === "corner") sides.corner = Math.max(sides.corner, box.bottom - area.top);
  else if (high >= area.height * EDGE_SHARE) {
    if (box.left - area.left <= area.right - box.right) sides.left = Math.max(sides.left, box.right - area.left);
    else sides.right = Math.max(sides.right, area.right - box.left);
  }
}
