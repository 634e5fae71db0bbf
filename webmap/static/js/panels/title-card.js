// The card at the top of the map: what it shows, of when, of which part, under which filters.

import { profile } from "../core/areas.js";
import { t } from "../core/i18n.js";
import { periodName } from "../core/periods.js";
import { number } from "../core/units.js";
import { byId } from "../ui/dom.js";
import { filterWords } from "./filtered.js";
import { windowWords } from "./loading.js";

/** @type {App} */
let app;
/** @type {Theme} */
let doc;
let areaName = "";

/** @param {App} house */
export function init(house) {
  app = house;
  app.titled = draw;
  doc = app.layers.theme;
  app.state.on(["layers", "filters", "time", "period"], () => draw());
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

/** `total` is what the filters leave of the layer with the time bar, when known.
 * @param {number | null} [total] */
export function draw(total = null) {
  if (app.title?.()) return; // a work of the theme's own says what the map shows
  const layer = doc.time ? app.layers.entry(doc.time.layer) : null;
  const when = layer ? timeWords(layer) : "";
  const name = layer && doc.id !== "my-grid" ? layer.title : doc.title;
  byId("map-title").textContent = when ? t("{name}（{when}）", { name, when }) : name;
  const filters = (app.state.get().layers ?? []).flatMap((id) => filterWords(app, id));
  const count = total ?? (layer && !app.layers.query(layer.id) ? layer.count : null);
  const parts = [
    app.state.get().area ? areaName : null,
    layer ? wayWords(layer) : null,
    ...filters,
    layer && !["counts", "none"].includes(layer.access) && count !== null ? `${number(count)} ${layer.unit}` : null,
  ].filter(Boolean);
  byId("map-subtitle").textContent = parts.join(" · ") || doc.description;
}

/** @param {LayerEntry} layer */
function timeWords(layer) {
  const { time, period } = app.state.get();
  if (layer.access === "counts") {
    const known = doc.time?.periods ?? [];
    const now =
      period && known.includes(period)
        ? period
        : (known
            .filter((one) => one.includes("Q"))
            .sort()
            .at(-1) ?? known.at(-1));
    return now ? periodName(now) : "";
  }
  return layer.access !== "none" && (time?.since || time?.until) ? windowWords(time) : "";
}

/** How exactly the viewer sees the cases.
 * @param {LayerEntry} layer */
function wayWords(layer) {
  if (!layer.edition) return t("还没有数据");
  return {
    counts: t("按村公布件数，太少的不公开"),
    grid: t("精确位置已归到网格"),
    exact: t("按登记地点"),
    none: t("这个身份看不到这一层"),
  }[layer.access];
}
