// Entry of the map page: the map that the frame built, the state, the layers, then every panel.

import * as api from "./api.js";
import { t } from "./i18n.js";
import { Layers } from "./layers.js";
import * as pointer from "./pointer.js";
import * as state from "./state.js";
import { View } from "./view.js";

const FIRST = ["header", "sheet"]; // they decide how much of the map is clear
const PANELS = ["tree", "legend", "drawer", "controls", "status", "timebar", "search", "filters", "table"];
const root = document.documentElement;
const map = window.map_county;
const painter = window.shapes_county;
const view = new View(map, painter.options);
const layers = new Layers({ map, painter, state, api, view });
const app = { map, painter, state, api, layers, view, controls: {}, busy: false };

/** A panel that fails says so on the console and leaves the others alone. */
async function panel(name) {
  try {
    const module = await import(`./${name}.js`);
    await module.init?.(app);
  } catch (error) {
    console.error(`panel ${name}`, error);
  }
}

async function start() {
  for (const name of [...FIRST, ...PANELS]) import(`./${name}.js`).catch(() => null); // fetched while the theme is on its way
  layers.start(await api.theme(state.get().theme));
  for (const name of FIRST) await panel(name);
  open();
  pointer.init(app);
  for (const name of PANELS) await panel(name);
}

/** The permalink's position, else the county in the part that panels leave clear. */
function open() {
  const wanted = state.get().view;
  view.setCounty(layers.theme.county?.bounds);
  map.invalidateSize({ animate: false, pan: false });
  if (view.county) view.fitCounty();
  else map.setView([35.41, 110.83], 10, { animate: false });
  state.setDefaults({ view: view.get() });
  if (wanted) view.set(wanted);
  map.on("moveend", () => state.set({ view: view.get() }));
  state.on(["view"], ({ view: next }) => next && JSON.stringify(next) !== JSON.stringify(view.get()) && view.set(next));
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: true })).observe(map.getContainer());
  layers.refresh();
}

start().catch((error) => {
  root.dataset.mapState = "error";
  const errors = document.getElementById("map-errors");
  import("./states.js").then(({ problem }) => errors?.append(problem(t("地图没有取到"), error, () => location.reload())));
});
