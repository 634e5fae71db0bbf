// What the answers look like on the map: villages by whether they are reached, places that are not as circles, gaps as
// hulls, the edge of what is reached, the centres.

import { layerOf, layerOfCode } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { BASE, points as placed, polygons, recoloured, surface } from "../map/overlay.js";
import { setSymbols } from "../map/symbols.js";
import * as access from "./access-map.js";
import * as badges from "./badges.js";
import { circles } from "./circles.js";
import * as gaps from "./gaps.js";
import * as legend from "./legend.js";
import { centrePaints, EDGE, GAP, HULLS, placeClasses, SYMBOLS, VILLAGE, villageClass, villageClasses, whiteEdged } from "./paints.js";
import * as titled from "./title.js";
import { amount, distanceWords, limitWords, shareWords } from "./words.js";

const CLOSEST = 14; // zoom, so that a village asked about still has its neighbours

/** @type {App} */
let app;
/** @type {(centre: Api.Centre) => void} */
let chooseCentre = () => {};
/** @type {import("./answers.js").Answers} */
let answers;
let ofAccess = false; // what is drawn
/** What is drawn of the last answer.
 * @typedef {{answer: Api.CoverageAnswer, reach: Api.CoverageShapes, villages: Map<string, number>, rows: Map<string, Api.CoverageRow>,
 *   places: Shapes, placeClasses: Drawn["classes"], gaps: Shapes | null, edge: Shapes | null, centres: Shapes,
 *   centreClasses: Drawn["classes"], whiteClasses: Drawn["classes"], centresByKey: Map<string, Api.Centre>}} Shown */
/** @type {Shown | null} */
let shown = null;

/** `onCentre(centre)` is told of a click on an existing centre.
 * @param {App} house
 * @param {import("./answers.js").Answers} given
 * @param {(centre: Api.Centre) => void} onCentre */
export function init(house, given, onCentre) {
  app = house;
  answers = given;
  chooseCentre = onCentre;
  setSymbols(SYMBOLS);
  badges.init(app);
  titled.init(app, answers);
  legend.init(app, answers);
  app.layers.need(villageLayer());
  app.layers.overlay(entries);
  answers.pairs.on(take);
  answers.coverage.on((answer) => !answer && take(null));
  answers.shapes.on((reach) => !reach && take(null));
  access.init(answers, redraw);
  app.state.on(["plan"], () => ofAccess !== answers.accessInView() && redraw());
  app.state.on(["area"], goToArea);
  if (app.state.get().area && !new URLSearchParams(location.search).has("at")) {
    const once = app.layers.on("ready", () => {
      once();
      goToArea();
    });
  }
}

/** @type {Position | null} */
let county = null; // the view that was left for an area

/** The area that is asked about fills the map; without one the map goes back. */
function goToArea() {
  if (app.state.isRestoring()) return; // the position comes with the entry
  const { area, view } = app.state.get();
  const place = area && app.layers.place(layerOfCode(area) ?? "", area);
  if (place) {
    county ??= view;
    app.view.showBounds(place.bounds, { maxZoom: CLOSEST });
  } else if (!area) {
    if (county) app.state.set({ view: county });
    else app.view.fitCounty({ animate: true });
    county = null;
  }
}

const villageLayer = () => layerOf("village") ?? "";

// ---- answers → shapes ----

/** @param {Api.CoverageAnswer | null} answer
 * @param {Api.CoverageShapes} [reach] */
function take(answer, reach) {
  shown = answer && reach ? shapesOf(answer, reach) : null;
  redraw();
}

function redraw() {
  ofAccess = answers.accessInView();
  const { gaps: hulls, reach, answer } = (!ofAccess && shown) || { gaps: null };
  badges.take(hulls, reach?.gaps ?? [], answer?.unit ?? "");
  app.layers.repaint();
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach
 * @returns {Shown} */
function shapesOf(answer, reach) {
  const unreached = new Set(answer.unreached.map((one) => one.code));
  const centres = reach.centres.filter((one) => one.layer !== "placed");
  const edge = reach.reached.coordinates.length ? polygons(app, "reach", [["reached", surface(reach.reached), 0]], "line") : null;
  return {
    answer,
    reach,
    villages: new Map(answer.rows.map((row) => [row.code, villageClass(row, unreached)])),
    rows: new Map(answer.rows.map((row) => [row.code, row])),
    places: circles(app, reach),
    placeClasses: placeClasses(answer, reach.breaks),
    gaps: reach.gaps.length ? hulls(reach.gaps) : null,
    edge,
    centresByKey: new Map(centres.map((one) => [keyOf(one), one])),
    ...drawnCentres(centres, answer.parameters.services),
  };
}

/** @param {Api.GapAnswer[]} found */
const hulls = (found) =>
  polygons(
    app,
    "gaps",
    found.map((gap) => [String(gap.rank), surface(gap.geometry), gap.rank <= gaps.FIRST ? 0 : 1]),
    "line",
  );

/** @param {Api.Centre} centre */
const keyOf = ({ layer, key }) => `${layer}:${key}`;

/** Centres with the symbols of their services.
 * @param {Api.Centre[]} centres
 * @param {string[]} services */
function drawnCentres(centres, services) {
  const paints = centrePaints(services.map((id) => app.layers.entry(id)));
  const flat = (/** @type {import("./paints.js").CentrePaints} */ { inside, outside, closed }) => [inside, outside, closed];
  const classesOf = (/** @type {typeof paints} */ all) => all.flatMap(flat).map((paint) => ({ paint }));
  const cls = (/** @type {Api.Centre} */ one) => services.indexOf(one.layer) * 3 + (one.open ? Number(one.outside) : 2);
  const found = centres.map((one) => ({ key: keyOf(one), name: one.name, cls: cls(one), at: [one.lon, one.lat] }));
  return { centres: placed(app, "centres", found), centreClasses: classesOf(paints), whiteClasses: classesOf(paints.map(whiteEdged)) };
}

// ---- shapes → painter ----

/** @param {Map<string, Drawn>} drawn
 * @returns {Drawn[]} */
function entries(drawn) {
  const layer = drawn.get(villageLayer());
  const found = ofAccess
    ? [access.villages(layer), shown && centreEntry(shown.centres, shown.whiteClasses)]
    : shown && [...reachEntries(layer, shown), centreEntry(shown.centres, shown.centreClasses)];
  return (found ?? []).filter((one) => one !== null);
}

/** @param {Shapes} centres
 * @param {Drawn["classes"]} classes
 * @returns {Drawn} */
const centreEntry = (centres, classes) => ({
  ...BASE,
  id: "centres",
  title: "",
  kind: "point",
  order: 90,
  classes,
  shapes: [centres],
  words: centreWords,
  choose: openCard,
});

/** @param {Drawn | undefined} layer
 * @param {Shown} now
 * @returns {(Drawn | null)[]} */
function reachEntries(layer, now) {
  const { places, placeClasses: kinds, edge, gaps: hulls } = now;
  return [
    villages(layer, now),
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
    hulls && { ...gapEntry(hulls), hidden: new Set(gaps.all() ? [] : [1]) },
    {
      ...BASE,
      id: "left",
      title: "",
      kind: /** @type {const} */ ("point"),
      order: 60,
      classes: kinds,
      shapes: [places],
      words: placeWords,
      choose: choosePlace,
    },
  ];
}

/** @param {Drawn | undefined} layer
 * @param {Shown} now
 * @returns {Drawn | null} */
function villages(layer, { villages: cls, answer }) {
  if (!layer?.shapes.length) return null;
  return {
    ...BASE,
    id: layer.id,
    title: layer.title,
    kind: "polygon",
    order: 11,
    classes: villageClasses(answer.parameters.demand),
    shapes: layer.shapes.map((shapes) => recoloured(shapes, cls, VILLAGE.apart)),
    words: villageWords,
  };
}

/** @param {Shapes} shapes
 * @returns {Drawn} */
const gapEntry = (shapes) => ({
  ...BASE,
  id: "gaps",
  title: "",
  kind: "line",
  order: 13,
  classes: HULLS,
  shapes: [shapes],
  mark: GAP,
  words: (key) => gaps.words(Number(key)),
  choose: (key) => gaps.show(Number(key)),
});

// ---- what is said under the pointer ----

/** @param {string} key
 * @param {string} name */
function villageWords(key, name) {
  const row = shown?.rows.get(key);
  if (!shown || !row?.demand) return row?.demand === null ? t("{name} 人口没有采集", { name }) : name;
  const { unit } = shown.answer;
  return t("{name} 到达 {share}，未到达 {n}", {
    name,
    share: shareWords({ covered: Number(row.covered), total: row.demand, unit }, true),
    n: amount(row.demand - Number(row.covered), unit),
  });
}

/** @param {string} key of a place: its row
 * @param {string} name */
function placeWords(key, name) {
  if (!shown) return name;
  const { reach, answer } = shown;
  const row = Number(key);
  const values = { name, n: amount(reach.places.amounts[row], answer.unit), way: wayWords(reach.places.ways[row], answer.parameters.unit) };
  if (!reach.places.gaps[row]) return t("{name} 方案新到达 {n}", values);
  return reach.places.ways[row] === null ? t("{name} 未到达 {n}，哪里都到不了", values) : t("{name} 未到达 {n}，最近的要 {way}", values);
}

/** @param {number | null} way
 * @param {string} unit */
const wayWords = (way, unit) =>
  unit === "min" ? limitWords({ limit: Math.round(Number(way)), unit }) : t("{n} 公里", { n: distanceWords(way, unit) });

/** @param {string} key */
function choosePlace(key) {
  const rank = shown?.reach.places.gaps[Number(key)];
  if (rank) gaps.show(rank);
}

/** @param {string} key
 * @param {string} name */
function centreWords(key, name) {
  const centre = shown?.centresByKey.get(key);
  if (!centre) return name;
  if (!centre.open) return t("{name}，假设关闭", { name });
  return centre.outside ? t("{name}，在县外", { name }) : name;
}

/** The card of an existing centre, by layer:key.
 * @param {string} key */
function openCard(key) {
  const centre = shown?.centresByKey.get(key);
  if (centre) chooseCentre(centre);
}

/** Show an existing centre, by layer:key.
 * @param {string} key */
export function openCentre(key) {
  const centre = shown?.centresByKey.get(key);
  if (!centre) return;
  app.view.showPoint([centre.lat, centre.lon], 12);
  chooseCentre(centre);
}
