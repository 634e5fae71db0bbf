// Cases beside an answer about areas: none at first, else those of the area that is chosen, or of a view with few of them.
// An answer of one period never has the symbols of all times under it.

import { isDivision } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { BASE, points } from "../map/overlay.js";
import { filterWords } from "../panels/filtered.js";
import { debounce, el, put } from "../ui/dom.js";
import { segmentsOf } from "../ui/segments.js";
import * as question from "./question.js";

const MOST = 60; // cases of a view that can be told apart
const SETTLE_MS = 200;

/** @type {App} */
let app;
/** @type {HTMLElement} */
let box;
/** @type {string} */
let layer;
/** @type {{query: string, shapes: Shapes} | null} */
let drawn = null;
/** @type {{query: string, count: number} | null} cases of the view */
let within = null;
let asked = "";
let said = "";

/** @param {App} house
 * @param {HTMLElement} part where the choice stands
 * @param {string} id layer of the cases */
export function init(house, part, id) {
  app = house;
  box = part;
  layer = id;
  app.layers.overlay(entries);
  app.state.on(["plan", "time", "filters", "selected", "area"], follow);
  app.map.on("moveend", debounce(follow, SETTLE_MS));
  follow();
}

/** Whether an answer about areas is on the map. */
const beside = () => ["spots", "compare"].includes(question.words().show);

function follow() {
  box.closest("[data-part]").hidden = !beside();
  if (!beside()) return;
  count();
  fetchCases();
  controls();
}

// ---- which ones ----

/** The area that is chosen on the map; null for none. */
function chosen() {
  const { selected, area } = app.state.get();
  return selected && isDivision(selected.layer) ? selected.key : area;
}

/** The query of what is to be drawn; empty for nothing. */
function wanted() {
  const { cases } = question.words();
  const own = app.layers.conditions(layer);
  if (cases === "chosen" && chosen()) return [`code=${chosen()}`, own].filter(Boolean).join("&");
  if (cases === "view" && few()) return [view(), own].filter(Boolean).join("&");
  return "";
}

function view() {
  const bounds = app.map.getBounds();
  const low = app.view.fromMap(bounds.getSouthWest());
  const high = app.view.fromMap(bounds.getNorthEast());
  return `bbox=${[low.lng, low.lat, high.lng, high.lat].map((one) => one.toFixed(5)).join(",")}`;
}

const here = () => [view(), app.layers.conditions(layer)].filter(Boolean).join("&");
const few = () => within !== null && within.query === here() && within.count <= MOST;

async function count() {
  const query = here();
  if (within?.query === query) return;
  const found = await app.api.legend(layer, query).catch(() => null);
  if (!found || query !== here()) return;
  within = { query, count: found.total };
  controls();
  fetchCases();
}

async function fetchCases() {
  const query = wanted();
  if (query === asked) return;
  asked = query;
  if (!query) return show(null);
  /** @type {Api.FeatureCollection | null} */
  const found = await app.api.get(`/api/layers/${layer}/features?limit=1000&${query}`).catch(() => null);
  if (query !== asked) return;
  said = found ? "" : t("案件没有取到，其他照常可用");
  show(found && { query, shapes: shapesOf(found) });
}

/** @param {typeof drawn} next */
function show(next) {
  drawn = next;
  app.layers.repaint();
  controls();
}

/** @param {Api.FeatureCollection} found */
function shapesOf(found) {
  const { legend = [], style } = app.layers.entry(layer) ?? {};
  const field = style?.field ?? "";
  const placed = found.features.filter(({ geometry }) => geometry?.type === "Point");
  return points(
    app,
    layer,
    placed.map(({ id, properties, geometry }) => ({
      key: id,
      name: String(properties.name ?? id),
      cls: Math.max(
        0,
        legend.findIndex(({ value }) => value === properties[field]),
      ),
      at: /** @type {number[]} */ (geometry?.coordinates),
    })),
  );
}

// ---- on the map ----

/** In the place of the layer's own symbols.
 * @param {Map<string, Drawn>} layers
 * @returns {Drawn[]} */
function entries(layers) {
  const own = layers.get(layer);
  if (!beside() || (own && own.kind !== "point")) return [];
  const entry = app.layers.entry(layer);
  const classes = (entry?.legend ?? []).map(({ paint, title }) => ({ paint, title }));
  const shapes = drawn && drawn.query === asked ? [drawn.shapes] : [];
  const base = own ?? { ...BASE, id: layer, title: entry?.title ?? "", kind: /** @type {Kind} */ ("point"), order: 95 };
  return [{ ...base, classes, shapes, instead: true }];
}

// ---- in the panel ----

function controls() {
  const { cases } = question.words();
  const entry = app.layers.entry(layer);
  const unit = question.words().by === "grid" ? t("选中网格") : t("选中村");
  const many =
    within && within.count > MOST ? t("视野内不超过 {most} 件才能全显示，现有 {n} 件", { most: MOST, n: number(within.count) }) : null;
  put(
    box,
    segmentsOf(
      "cases",
      t("案件"),
      { none: t("不显示"), chosen: unit, view: t("当前视野") },
      {
        value: cases,
        choose: (id) => question.change({ cases: id }),
        off: cases === "view" ? {} : { view: many },
      },
    ),
    el("p", { class: "note", text: noteWords(cases, many, entry) }),
  );
}

/** @param {string} cases
 * @param {string | null} many
 * @param {LayerEntry | undefined} entry */
function noteWords(cases, many, entry) {
  const filters = filterWords(app, layer).join(t("，"));
  const count = drawn ? t("画了 {n} {unit}", { n: number(drawn.shapes.size), unit: entry?.unit ?? "" }) : "";
  if (said) return said;
  if (cases === "chosen") return chosen() ? [filters, count].filter(Boolean).join(" · ") : t("点地图选一个，再画它的案件");
  if (cases === "view") return many ?? [filters, count].filter(Boolean).join(" · ");
  return t("默认不画；热点只看件数，不看单个案件");
}
