// Which answers are on the map: who is reached, how much there is for people, or two scenarios beside each other.

import { layerOf, layerOfCode } from "../core/divisions.js";
import { setSymbols } from "../map/symbols.js";
import * as access from "./access-map.js";
import * as badges from "./badges.js";
import * as gaps from "./gaps.js";
import * as legend from "./legend.js";
import { SYMBOLS } from "./paints.js";
import { centreEntry, reachEntries, shapesOf } from "./reach-map.js";
import * as sides from "./sides.js";
import * as titled from "./title.js";

const CLOSEST = 14; // zoom, so that a village asked about still has its neighbours

/** @type {App} */
let app;
/** @type {(centre: Api.Centre) => void} */
let chooseCentre = () => {};
/** @type {import("./answers.js").Answers} */
let answers;
let ofAccess = false; // what is drawn
/** @type {import("./reach-map.js").Shown | null} of the last answer */
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
  sides.init(app, redraw);
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
  shown = answer && reach ? shapesOf(app, answer, reach) : null;
  redraw();
}

function redraw() {
  ofAccess = answers.accessInView();
  const { gaps: hulls, reach, answer } = (!ofAccess && !sides.inView() && shown) || { gaps: null };
  badges.take(hulls, reach?.gaps ?? [], answer?.unit ?? "");
  app.layers.repaint();
}

// ---- shapes → painter ----

/** @param {Map<string, Drawn>} drawn
 * @returns {Drawn[]} */
function entries(drawn) {
  const layer = drawn.get(villageLayer());
  if (sides.inView()) return sides.entries(layer);
  const how = { choosePlace, chooseGap: (/** @type {string} */ key) => gaps.show(Number(key)), chooseCentre: openCard };
  if (!ofAccess) return shown ? reachEntries(layer, shown, how) : [];
  return [access.villages(layer), shown && centreEntry(shown, shown.whiteClasses, how)].filter((one) => one !== null);
}

/** @param {string} key */
function choosePlace(key) {
  const rank = shown?.reach.places.gaps[Number(key)];
  if (rank) gaps.show(rank);
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
