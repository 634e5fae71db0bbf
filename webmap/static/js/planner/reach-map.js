// One answer as the painter's entries: villages by whether they are reached, places that are not as circles, gaps as hulls, the edge
// of what is reached, the centres. Two answers stand beside each other, each on its side of the line.

import { t } from "../core/i18n.js";
import { BASE, points as placed, polygons, recoloured, surface } from "../map/overlay.js";
import { circles } from "./circles.js";
import * as gaps from "./gaps.js";
import { centrePaints, EDGE, GAP, HULLS, PROPOSAL, placeClasses, VILLAGE, villageClass, villageClasses, whiteEdged } from "./paints.js";
import { amount, distanceWords, limitWords, shareWords } from "./words.js";

/** What is drawn of an answer.
 * @typedef {{answer: Api.CoverageAnswer, reach: Api.CoverageShapes, villages: Map<string, number>, rows: Map<string, Api.CoverageRow>,
 *   places: Shapes, placeClasses: Drawn["classes"], gaps: Shapes | null, edge: Shapes | null, centres: Shapes,
 *   centreClasses: Drawn["classes"], whiteClasses: Drawn["classes"], centresByKey: Map<string, Api.Centre>}} Shown */
/** On which side it is seen, and what a click does; a side answers to the pointer with words alone.
 * @typedef {{side?: "left" | "right", choosePlace?: (key: string) => void, chooseGap?: (key: string) => void,
 *   chooseCentre?: (key: string) => void}} How */

const nothing = () => {};
const PLACED = "placed"; // what an answer calls the layer of proposed centres

/** @param {App} app
 * @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach
 * @returns {Shown} */
export function shapesOf(app, answer, reach) {
  const unreached = new Set(answer.unreached.map((one) => one.code));
  const centres = reach.centres.filter((one) => one.layer !== PLACED);
  const edge = reach.reached.coordinates.length ? polygons(app, "reach", [["reached", surface(reach.reached), 0]], "line") : null;
  return {
    answer,
    reach,
    villages: new Map(answer.rows.map((row) => [row.code, villageClass(row, unreached)])),
    rows: new Map(answer.rows.map((row) => [row.code, row])),
    places: circles(app, reach),
    placeClasses: placeClasses(answer, reach.breaks),
    gaps: reach.gaps.length ? hulls(app, reach.gaps) : null,
    edge,
    centresByKey: new Map(centres.map((one) => [keyOf(one), one])),
    ...drawnCentres(app, centres, answer.parameters.services),
  };
}

/** @param {App} app
 * @param {Api.GapAnswer[]} found */
const hulls = (app, found) =>
  polygons(
    app,
    "gaps",
    found.map((gap) => [String(gap.rank), surface(gap.geometry), gap.rank <= gaps.FIRST ? 0 : 1]),
    "line",
  );

/** @param {Api.Centre} centre */
const keyOf = ({ layer, key }) => `${layer}:${key}`;

/** Centres with the symbols of their services.
 * @param {App} app
 * @param {Api.Centre[]} centres
 * @param {string[]} services */
function drawnCentres(app, centres, services) {
  const paints = centrePaints(services.map((id) => app.layers.entry(id)));
  const flat = (/** @type {import("./paints.js").CentrePaints} */ { inside, outside, closed }) => [inside, outside, closed];
  const classesOf = (/** @type {typeof paints} */ all) => all.flatMap(flat).map((paint) => ({ paint }));
  const cls = (/** @type {Api.Centre} */ one) => services.indexOf(one.layer) * 3 + (one.open ? Number(one.outside) : 2);
  const found = centres.map((one) => ({ key: keyOf(one), name: one.name, cls: cls(one), at: [one.lon, one.lat] }));
  return { centres: placed(app, "centres", found), centreClasses: classesOf(paints), whiteClasses: classesOf(paints.map(whiteEdged)) };
}

/** An answer with its centres.
 * @param {Drawn | undefined} layer of the villages
 * @param {Shown} shown
 * @param {How} [how]
 * @returns {Drawn[]} */
export function reachEntries(layer, shown, how = {}) {
  const { side } = how;
  const { places, placeClasses: kinds, edge, gaps: found, centreClasses } = shown;
  const all = [
    villages(layer, shown),
    edge && {
      ...BASE,
      id: "reach",
      title: "",
      kind: /** @type {const} */ ("line"),
      order: 12,
      classes: [EDGE],
      shapes: [edge],
      silent: true,
    },
    found && gapEntry(found, shown, how),
    {
      ...BASE,
      id: named("left", side),
      title: "",
      kind: /** @type {const} */ ("point"),
      order: 60,
      classes: kinds,
      shapes: [places],
      words: (/** @type {string} */ key, /** @type {string} */ name) => placeWords(shown, key, name),
      choose: how.choosePlace ?? nothing,
    },
    centreEntry(shown, centreClasses, how),
  ];
  return all.filter((one) => one !== null).map((one) => (side ? { ...one, side } : one));
}

/** What two sides draw is not one thing.
 * @param {string} id
 * @param {string | undefined} side */
const named = (id, side) => (side ? `${id}-${side}` : id);

/** @param {Shown} shown
 * @param {Drawn["classes"]} classes
 * @param {How} how
 * @returns {Drawn} */
export const centreEntry = (shown, classes, { side, chooseCentre = nothing }) => ({
  ...BASE,
  id: named("centres", side),
  title: "",
  kind: "point",
  order: 90,
  classes,
  shapes: [shown.centres],
  words: (key, name) => centreWords(shown, key, name),
  choose: chooseCentre,
});

/** Proposed centres, where they are not markers that can be dragged.
 * @param {App} app
 * @param {Shown} shown
 * @param {"left" | "right"} side
 * @returns {Drawn} */
export function proposalEntry(app, { reach }, side) {
  const found = reach.centres
    .filter((one) => one.layer === PLACED)
    .map((one, i) => ({ key: one.key, name: t("拟建点 {n}", { n: i + 1 }), cls: 0, at: [one.lon, one.lat] }));
  return {
    ...BASE,
    id: named("proposals", side),
    title: "",
    kind: "point",
    order: 95,
    classes: [{ paint: PROPOSAL }],
    shapes: [placed(app, "proposals", found)],
    side,
    words: (_key, name) => name,
    choose: nothing,
  };
}

/** @param {Drawn | undefined} layer
 * @param {Shown} shown
 * @returns {Drawn | null} */
function villages(layer, shown) {
  if (!layer?.shapes.length) return null;
  const { villages: cls, answer } = shown;
  return {
    ...BASE,
    id: layer.id,
    title: layer.title,
    kind: "polygon",
    order: 11,
    classes: villageClasses(answer.parameters.demand),
    shapes: layer.shapes.map((shapes) => recoloured(shapes, cls, VILLAGE.apart)),
    words: (key, name) => villageWords(shown, key, name),
  };
}

/** @param {Shapes} shapes
 * @param {Shown} shown
 * @param {How} how
 * @returns {Drawn} */
const gapEntry = (shapes, { answer, reach }, { side, chooseGap = nothing }) => ({
  ...BASE,
  id: named("gaps", side),
  title: "",
  kind: "line",
  order: 13,
  classes: HULLS,
  shapes: [shapes],
  hidden: new Set(gaps.all() ? [] : [1]),
  mark: GAP,
  words: (key) =>
    gaps.words(
      reach.gaps.find(({ rank }) => rank === Number(key)),
      answer.unit,
    ),
  choose: chooseGap,
});

// ---- what is said under the pointer ----

/** @param {Shown} shown
 * @param {string} key
 * @param {string} name */
function villageWords({ rows, answer: { unit } }, key, name) {
  const row = rows.get(key);
  if (!row?.demand) return row?.demand === null ? t("{name} 人口没有采集", { name }) : name;
  return t("{name} 到达 {share}，未到达 {n}", {
    name,
    share: shareWords({ covered: Number(row.covered), total: row.demand, unit }, true),
    n: amount(row.demand - Number(row.covered), unit),
  });
}

/** @param {Shown} shown
 * @param {string} key of a place: its row
 * @param {string} name */
function placeWords({ reach: { places }, answer }, key, name) {
  const row = Number(key);
  const values = { name, n: amount(places.amounts[row], answer.unit), way: wayWords(places.ways[row], answer.parameters.unit) };
  if (!places.gaps[row]) return t("{name} 方案新到达 {n}", values);
  return places.ways[row] === null ? t("{name} 未到达 {n}，哪里都到不了", values) : t("{name} 未到达 {n}，最近的要 {way}", values);
}

/** @param {number | null} way
 * @param {string} unit */
const wayWords = (way, unit) =>
  unit === "min" ? limitWords({ limit: Math.round(Number(way)), unit }) : t("{n} 公里", { n: distanceWords(way, unit) });

/** @param {Shown} shown
 * @param {string} key
 * @param {string} name */
function centreWords({ centresByKey }, key, name) {
  const centre = centresByKey.get(key);
  if (!centre) return name;
  if (!centre.open) return t("{name}，假设关闭", { name });
  return centre.outside ? t("{name}，在县外", { name }) : name;
}
