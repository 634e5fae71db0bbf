// The table twin of a layer, under the map: sorted, paged, filtered like the map, linked both ways, downloadable.

import { layerOfCode } from "../core/divisions.js";
import * as history from "../core/history.js";
import { t } from "../core/i18n.js";
import { PHONE } from "../core/screen.js";
import { number, unit } from "../core/units.js";
import { openArea, openRecord } from "../drawer/drawer.js";
import { valueText } from "../drawer/popup.js";
import { byId, debounce, el, icon, put } from "../ui/dom.js";
import { closePopover, popover } from "../ui/popover.js";
import { empty, problem, skeleton } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import { clearFilters, filterWords } from "./filtered.js";
import { openFilters } from "./filters.js";
import * as frame from "./frame.js";

const PAGE = 50;
const NUMBERS = ["integer", "number", "year"];
const FORMATS = [
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
  ["gpkg", "GPKG"],
];

/** @type {App} */
let app;
let layer = ""; // of which the table is open; empty for none
let offset = 0;
const DOWNLOADS = "downloads"; // among the places to come back to
let ticket = 0;
/** @type {HTMLElement | null} */
let openedFrom = null;

/** @param {App} house */
export function init(house) {
  app = house;
  app.state.on(["table"], sync);
  app.state.on(["sort"], () => layer && layer === app.state.get().table && reload(0));
  app.state.on(["filters", "time", "area", "period", "find"], () => layer && layer === app.state.get().table && reload(0));
  app.state.on(["find"], () => showFound());
  app.state.on(["selected"], mark);
  frame.follow(app, () => layer && reload(0));
  history.door(DOWNLOADS, { open: () => byId("table-download")?.click(), shut: closePopover });
  sync();
}

/** Open the table of a layer; a second time closes it.
 * @param {string} layerId */
export function openTable(layerId) {
  openedFrom = /** @type {HTMLElement} */ (document.activeElement);
  const now = app.state.get().table;
  app.state.set({ table: now === layerId ? null : layerId, sort: "", find: "" });
}

function sync() {
  const wanted = app.state.get().table ?? "";
  if (wanted === layer) return;
  layer = wanted;
  const panel = byId("table-panel");
  panel.hidden = !layer;
  if (!layer) {
    put(panel);
    if (openedFrom?.isConnected) openedFrom.focus({ preventScroll: true });
    return;
  }
  drawFrame(panel);
  reload(0);
}

/** @param {HTMLElement} panel */
function drawFrame(panel) {
  const entry = app.layers.entry(layer);
  const layers = app.layers.theme.groups.flatMap((group) => group.layers).filter((one) => one.access !== "none");
  const pick = el(
    "select",
    { class: "field field-small", "aria-label": t("表格的图层") },
    layers.map((one) => el("option", { value: one.id, text: one.title })),
  );
  pick.value = layer;
  pick.addEventListener("change", () => app.state.set({ table: pick.value, sort: "", find: "" }));
  const find = el("input", {
    type: "text",
    id: "table-find",
    class: "field field-small",
    value: found(),
    placeholder: t("在表格里找"),
    "aria-label": t("在表格里找"),
    autocomplete: "off",
  });
  find.addEventListener(
    "input",
    debounce(() => app.state.set({ find: find.value.trim() }), 250),
  );
  const filter = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-haspopup": "dialog",
      on: { click: (event) => openFilters(layer, event.currentTarget) },
    },
    icon("sliders-horizontal", "s"),
    t("筛选"),
  );
  const save = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-haspopup": "dialog",
      id: "table-download",
      on: { click: (event) => downloads(event.currentTarget) },
    },
    icon("download", "s"),
    t("下载"),
  );
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("关闭表格"),
      title: t("关闭表格"),
      on: { click: () => app.state.set({ table: null, sort: "", find: "" }) },
    },
    icon("x"),
  );
  put(
    panel,
    el(
      "div",
      { class: "table-head" },
      el("h2", { id: "table-title", text: t("{layer}表格", { layer: entry?.title ?? layer }), class: "sr-only" }),
      pick,
      el("span", { class: "note ellipsis", id: "table-words" }),
      el("span", { class: "grow" }),
      frame.frameSwitch(app),
      find,
      filter,
      save,
      close,
    ),
    el("div", { class: "table-scroll", id: "table-scroll", tabindex: "0", role: "group", "aria-labelledby": "table-title" }, skeleton(5)),
    el("div", { class: "table-foot", id: "table-foot" }),
  );
}

/** What is looked for in the table, within what the map shows. */
const found = () => app.state.get().find ?? "";

/** The box says what the rows obey, whoever changed it. */
function showFound() {
  /** @type {HTMLInputElement | null} */
  const box = document.querySelector("#table-find");
  if (box && box.value.trim() !== found()) box.value = found();
}

/** Every condition that the rows obey, in words: those of the map, then what is looked for. */
const conditions = () => [...filterWords(app, layer), ...(found() ? [t("含“{text}”", { text: found() })] : [])];

/** Rows of the table: as the map is filtered, what is looked for, and in which order. */
function query() {
  const parts = new URLSearchParams(frame.query(app, layer));
  const { sort } = app.state.get();
  if (found()) parts.set("find", found());
  if (sort) parts.set("sort", sort);
  return parts;
}

/** @param {number} from */
async function reload(from) {
  offset = from;
  const mine = ++ticket;
  const parts = query();
  parts.set("offset", String(offset));
  parts.set("limit", String(PAGE));
  const box = byId("table-scroll");
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await app.api.rows(layer, parts.toString());
    if (mine !== ticket) return;
    draw(box, answer);
  } catch (error) {
    if (mine !== ticket) return;
    put(
      box,
      problem(t("表格没有取到"), error, () => reload(offset)),
    );
    put(byId("table-foot"));
  }
  box.removeAttribute("aria-busy");
}

/** @param {HTMLElement} box
 * @param {Api.Rows} page */
function draw(box, page) {
  byId("table-words").textContent = [...conditions(), frame.frameWords(app, layer)].filter(Boolean).join(t("；"));
  if (!page.total) {
    put(
      box,
      empty(
        t("没有符合的记录"),
        [t("换一个条件，或清除筛选。"), page.note],
        [
          {
            label: t("清除筛选"),
            run: () => clearFilters(app, layer),
          },
        ],
        "search",
      ),
    );
    put(byId("table-foot"));
    announce(t("没有符合的记录"));
    return;
  }
  const head = el("tr", {}, page.columns.map(heading));
  const rows = page.rows.map((values, i) => row(page.columns, values, page.keys[i]));
  put(
    box,
    el(
      "table",
      { class: "table" },
      el("caption", { class: "sr-only", text: app.layers.entry(layer)?.title ?? layer }),
      el("thead", {}, head),
      el("tbody", {}, rows),
    ),
  );
  foot(page);
  mark();
  announce(t("共 {n} 条", { n: number(page.total) }));
}

/** @param {Api.Column} column */
const isNumber = (column) => NUMBERS.includes(column.type);

/** @param {Api.Column} column */
function heading(column) {
  const { sort } = app.state.get();
  const direction = sort === column.name ? "ascending" : sort === `-${column.name}` ? "descending" : null;
  const next = direction === "ascending" ? `-${column.name}` : column.name;
  const title = column.unit ? `${column.title}/${unit(column.unit)}` : column.title;
  const symbol = direction ? icon(direction === "ascending" ? "arrow-up" : "arrow-down") : null;
  const button = el("button", { type: "button", class: "sort", on: { click: () => app.state.set({ sort: next }) } }, title, symbol);
  return el("th", { class: isNumber(column) ? "num" : null, scope: "col", "aria-sort": direction }, button);
}

/** @param {Api.Column[]} columns
 * @param {Cell[]} values
 * @param {string} key */
function row(columns, values, key) {
  const named = Math.max(
    0,
    columns.findIndex((column) => column.name === "name"),
  );
  const cells = values.map((value, i) => {
    const column = columns[i];
    const words = valueText({ ...column, value, unit: null });
    if (i === named) return el("td", {}, el("button", { type: "button", class: "row-name", text: words, on: { click: () => open(key) } }));
    return el("td", { class: isNumber(column) ? "num" : null, text: words });
  });
  return el("tr", { data: { key }, on: { dblclick: () => open(key) } }, cells);
}

/** @param {string} key */
function open(key) {
  if (layerOfCode(key) === layer) openArea({ code: key });
  else openRecord(layer, key);
  if (PHONE.matches) app.state.set({ table: null });
}

/** The row of what is chosen on the map. */
function mark() {
  if (!layer) return;
  const { selected } = app.state.get();
  for (const line of byId("table-scroll").querySelectorAll("tbody tr")) {
    const on = selected?.layer === layer && selected.key === line.dataset.key;
    line.setAttribute("aria-selected", String(on));
    if (on) line.scrollIntoView({ block: "nearest" });
  }
}

/** @param {Api.Rows} page */
function foot(page) {
  const last = Math.min(offset + PAGE, page.total);
  const step = (/** @type {number} */ to, /** @type {string} */ label, /** @type {string} */ symbol, /** @type {boolean} */ off) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        title: label,
        disabled: off,
        on: { click: () => reload(to) },
      },
      icon(symbol),
    );
  put(
    byId("table-foot"),
    el("span", {
      text: t("{from}–{to}，共 {n} 条", { from: number(offset + 1), to: number(last), n: number(page.total) }),
    }),
    page.note ? el("span", { class: "ellipsis", text: page.note, title: page.note }) : null,
    el("span", { class: "grow" }),
    step(Math.max(0, offset - PAGE), t("上一页"), "chevron-left", offset === 0),
    step(offset + PAGE, t("下一页"), "chevron-right", last >= page.total),
  );
}

/** @param {HTMLElement} anchor */
function downloads(anchor) {
  const entry = app.layers.entry(layer);
  const kinds = entry?.geometry === "none" ? FORMATS.slice(0, 2) : FORMATS;
  popover(
    anchor,
    (close) => ({
      title: t("下载{layer}", { layer: entry?.title ?? layer }),
      body: el(
        "div",
        { class: "menu" },
        kinds.map(([format, name]) => {
          const parts = query();
          parts.set("format", format);
          return el(
            "a",
            { href: `/api/layers/${layer}/export?${parts}`, download: "", on: { click: () => setTimeout(close, 100) } },
            icon("file-down", "s"),
            name,
          );
        }),
        el("p", {
          class: "menu-note",
          text: conditions().length ? t("只含筛选出的记录：{conditions}。", { conditions: conditions().join(t("；")) }) : t("全部记录。"),
        }),
        el("p", { class: "menu-note", text: t("CSV 用 Excel 打开会丢掉编号和电话开头的 0，XLSX 不会。") }),
      ),
    }),
    { width: 220, name: PHONE.matches ? DOWNLOADS : "" },
  );
}
