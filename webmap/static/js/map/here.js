// What is here: the place that was pointed at last, by mouse, finger or keys, what was chosen there and what comes next.

import { isDivision } from "../core/divisions.js";
import { choose, rowOf, several } from "./choose.js";

const STILL_PX = { mouse: 5, touch: 16 }; // a second click within this is on the same spot

/** @typedef {{latlng: import("leaflet").LatLng, touch: boolean, screen: string, moved: boolean, chosen: string}} Spot
 * `screen` is where a click came in, “keys” for Enter; `moved` whether somebody moved the map since */

/** @type {Spot | null} */
let spot = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** Call fn after each choice on the map, also when it is what was chosen before.
 * @param {() => void} fn */
export const listen = (fn) => void listeners.add(fn);

/** Somebody moves the map: where the screen was touched last says nothing any more. */
export function leave() {
  if (spot) spot.moved = true;
}

/** @param {Selected} row */
const nameOf = ({ layer, key }) => `${layer}:${key}`;
/** @param {Found} found */
const idOf = (found) => nameOf(rowOf(found));

/** What can be chosen at a point of the container, each row once. Of divisions the smallest: the others stand in its path.
 * @param {App} app
 * @param {import("leaflet").Point} point
 * @param {boolean} touch
 * @returns {Found[]} */
export function here(app, point, touch) {
  const seen = new Set();
  const found = app.painter.all(point, { touch }).filter((one) => !several(one) && !seen.has(idOf(one)) && seen.add(idOf(one)));
  const divisions = found.filter((one) => isDivision(rowOf(one).layer));
  const smallest = Math.max(0, ...divisions.map((one) => rowOf(one).key.length));
  return found.filter((one) => !divisions.includes(one) || rowOf(one).key.length === smallest);
}

/** Choose at a point of the container; a second time on the same spot the next of what is there.
 * @param {App} app
 * @param {import("leaflet").Point} point
 * @param {{touch?: boolean, screen: string}} how */
export function pick(app, point, { touch = false, screen }) {
  const known = again(app, point, { touch, screen });
  const at = known ? app.map.latLngToContainerPoint(known.latlng) : point;
  const [first = null] = app.painter.all(at, { touch });
  const list = here(app, at, touch);
  const before = known ? list.findIndex((one) => idOf(one) === known.chosen && chosen(app, one)) : -1;
  const found = before < 0 ? first : list[(before + 1) % list.length];
  take(app, found, { at, touch, screen });
}

/** Whether it is chosen still; a theme's own cards keep that to themselves.
 * @param {App} app
 * @param {Found} found */
const chosen = (app, found) => Boolean(found.entry.choose) || nameOf(app.state.get().selected ?? { layer: "", key: "" }) === idOf(found);

/** The spot of the last choice where this point is the same: on the map, or on a screen that only panels have moved since.
 * @param {App} app
 * @param {import("leaflet").Point} point
 * @param {{touch: boolean, screen: string}} how */
function again(app, point, { touch, screen }) {
  if (!spot) return null;
  const away = app.map.latLngToContainerPoint(spot.latlng).distanceTo(point);
  const still = !spot.moved && spot.screen === screen;
  return still || away <= STILL_PX[touch ? "touch" : "mouse"] ? spot : null;
}

/** @param {App} app
 * @param {Found | null} found
 * @param {{at: import("leaflet").Point, touch: boolean, screen: string}} how */
export function take(app, found, { at, touch, screen }) {
  spot = found && !several(found) ? { latlng: app.map.containerPointToLatLng(at), touch, screen, moved: false, chosen: idOf(found) } : null;
  choose(app, found);
  for (const fn of listeners) fn();
}

/** Where what is chosen was pointed at, or lies if it is a symbol: a point of the container and what else is there. Without a
 * row it is what was pointed at last.
 * @param {App} app
 * @param {Selected | null} selected */
export function around(app, selected) {
  const name = selected ? nameOf(selected) : (spot?.chosen ?? "");
  const pointed = spot?.chosen === name ? spot : null;
  const touch = pointed?.touch ?? false;
  const at = pointed ? app.map.latLngToContainerPoint(pointed.latlng) : selected && symbolAt(app, selected);
  return at ? { at, touch, list: here(app, at, touch).filter((one) => idOf(one) !== name) } : null;
}

/** @param {App} app
 * @param {Selected} selected */
function symbolAt({ painter, map }, { layer, key }) {
  const one = painter.placed.find((point) => point.entry.id === layer && point.shapes.keys[point.index] === key);
  return one ? map.layerPointToContainerPoint(painter.view.min.add([one.px, one.py])) : null;
}
