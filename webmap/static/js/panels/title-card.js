// The card at the top of the map: what it shows, of when, of which part, under which filters.

import { profile } from "../core/areas.js";
import { t } from "../core/i18n.js";
import { whenWords } from "../core/periods.js";
import { titleCard } from "../ui/title.js";
import { filterWords } from "./filtered.js";
import * as frame from "./frame.js";
import { windowWords } from "./loading.js";

const GROUND = ["divisions", "base"]; // the land itself, whose time nobody asks of a map

/** @type {App} */
let app;
/** @type {Theme} */
let doc;
let areaName = "";
/** @type {{query: string, said: Api.Statement} | null} the last answer about the layer with the time bar */
let last = null;

/** @param {App} house */
export function init(house) {
  app = house;
  app.titled = draw;
  doc = app.layers.theme;
  app.state.on(["layers", "filters", "time", "period", "hidden", "frame"], () => draw());
  app.state.on(["area"], nameArea);
  draw();
  nameArea();
}

async function nameArea() {
  const { area } = app.state.get();
  areaName = area ?? "";
  if (area)
    areaName = await profile(area).then(
      (found) => found.name,
      () => area,
    );
  draw();
}

/** What the server says of the layer with the time bar under a filter of the map.
 * @param {string} query
 * @param {Api.Statement} said */
export function tell(query, said) {
  last = { query, said };
  draw();
}

/** @param {LayerEntry} layer */
function statement(layer) {
  const query = frame.query(app, layer.id);
  if (!query) return layer.statement;
  return last?.query === query ? last.said : null;
}

function draw() {
  if (app.title?.()) return; // a work of the theme's own says what the map shows
  const layer = doc.time ? app.layers.entry(doc.time.layer) : null;
  const told = layer ? statement(layer) : null;
  const name = layer && doc.id !== "my-grid" ? (told?.title ?? layer.title) : doc.title;
  const { layers, hidden } = app.state.get();
  const limits = [
    ...(layers ?? []).flatMap((id) => [...filterWords(app, id), ...hiddenWords(id)]),
    told?.frame ? null : frame.frameWords(app, layer?.id ?? ""), // else its title says so
    layer ? wayWords(layer) : null,
    layer && told && !hidden[layer.id]?.length ? told.count : null,
  ].filter(Boolean);
  const when = layer && doc.id !== "my-grid" ? null : timeWords(layer ? told : null);
  const place = app.state.get().area ? areaName : doc.viewer.whole_name;
  titleCard(name, [place, when, ...limits].filter(Boolean).join(" · "), true);
  app.refit?.();
}

/** Of what time what is shown is; of several times that of records stands behind their name. Layers that follow the time
 * that is chosen are of it.
 * @param {Api.Statement | null} told what is said of the layer with the time bar */
function timeWords(told) {
  const { layers, time } = app.state.get();
  const chosen = time?.since || time?.until ? windowWords(time) : null;
  const found = (layers ?? []).map((id) => {
    const layer = app.layers.entry(id);
    if (!layer || GROUND.includes(layer.group) || layer.access === "none") return null;
    const timed = layer.time_field && ["exact", "grid"].includes(layer.access);
    if (told && layer.id === doc.time?.layer) return { when: told.when, of: layer.title };
    const when = (timed && chosen) || layer.statement?.when || (layer.period && whenWords(layer.period));
    return when ? { when, of: layer.time_field ? layer.title : "" } : null;
  });
  const known = found.filter((one) => one !== null);
  const several = new Set(known.map(({ when }) => when)).size > 1;
  return [...new Set(known.map(({ when, of }) => (several && of ? `${of} ${when}` : when)))].join(t("、"));
}

/** Classes of a layer that are switched off.
 * @param {string} id */
function hiddenWords(id) {
  const layer = app.layers.entry(id);
  const off = app.state.get().hidden[id] ?? [];
  const titles = (layer?.legend ?? []).filter((row) => off.includes(row.index)).map((row) => row.title);
  return titles.length ? [t("不画{classes}", { classes: titles.join("/") })] : [];
}

/** How exactly the viewer sees the cases.
 * @param {LayerEntry} layer */
function wayWords(layer) {
  if (!layer.edition) return t("还没有数据");
  if (layer.statement?.flags.includes("partial")) return layer.statement.withheld.replace(/[。.]$/, "");
  return {
    counts: t("按村公布件数，太少的不公开"),
    grid: t("精确位置已归到网格"),
    exact: t("按登记地点"),
    none: t("这个身份看不到这一层"),
  }[layer.access];
}
