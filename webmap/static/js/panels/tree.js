// The layer tree: groups, layers with check, symbol, name and count, classes below; opacity of each group.

import { t } from "../core/i18n.js";
import { soon } from "../core/later.js";
import { amount, amountInFull, number } from "../core/units.js";
import { byId, debounce, el, icon, put, targetOf } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { announce } from "../ui/toast.js";

const LONG_GROUP = 6;
const SHORTENED = 4;

/** @type {App} */
let app;
/** @type {Theme} */
let doc;
/** @type {Map<string, import("./legend.js").Told[]>} */
const counts = new Map(); // layer → legend rows with the counts of what the filter leaves
/** @type {Map<string, number | null>} */
const totals = new Map(); // layer → how many there are of the same area and time
/** @type {Set<number>} */
const folded = new Set();
/** @type {Set<string>} */
const unfoldedLayers = new Set();
/** @type {Set<number>} */
const complete = new Set();
let opacityShown = false;
let seen = false; // on a phone and in a closed part of the panel the tree is built when somebody opens it
let wanted = "";

const mixed = document.documentElement.dataset.demo === "part"; // beside imported data every layer says what it is

/** @param {App} house */
export function init(house) {
  app = house;
  doc = app.layers.theme;
  wireHead();
  buildWhenSeen();
  app.state.on(["layers", "filters", "area", "time", "opacity", "hidden"], draw);
  const tree = byId("tree");
  tree.addEventListener("click", onClick);
  tree.addEventListener("keydown", onKey);
  tree.addEventListener("focusin", reachButtons);
}

function buildWhenSeen() {
  seen = byId("tree").checkVisibility?.() ?? true;
  if (seen) return draw();
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    seen = true;
    draw();
  });
  return watch.observe(byId("tree"));
}

/** Tab goes on from a row to its own buttons, and from the last of them out of the tree.
 * @param {FocusEvent} event */
function reachButtons(event) {
  const item = targetOf(event).closest(".tree-item");
  for (const button of byId("tree").querySelectorAll(".tree-layer button"))
    button.tabIndex = button.closest(".tree-item") === item ? 0 : -1;
}

/** Legend rows of one layer changed with a filter: the counts follow.
 * @param {string} layerId
 * @param {import("./legend.js").Told[]} rows
 * @param {number | null | undefined} total how many there are of the same area and time */
export function setCounts(layerId, rows, total) {
  counts.set(layerId, rows);
  totals.set(layerId, total ?? null);
  if (app) draw(); // the legend is there first
}

function wireHead() {
  const field = byId("tree-search");
  /** @type {HTMLInputElement} */
  const input = byId("tree-search-input");
  byId("tree-search-button").addEventListener("click", (event) => {
    field.hidden = !field.hidden;
    /** @type {HTMLElement} */ (event.currentTarget).setAttribute("aria-expanded", String(!field.hidden));
    if (field.hidden) input.value = wanted = "";
    else input.focus();
    draw();
  });
  input.addEventListener(
    "input",
    debounce(() => {
      wanted = input.value.trim().toLowerCase();
      draw();
    }, 80),
  );
  byId("tree-opacity-button").addEventListener("click", (event) => {
    opacityShown = !opacityShown;
    /** @type {HTMLElement} */ (event.currentTarget).setAttribute("aria-pressed", String(opacityShown));
    draw();
  });
  byId("tree-fold-button").addEventListener("click", (event) => {
    const fold = folded.size < doc.groups.length;
    folded.clear();
    if (fold) doc.groups.forEach((_, i) => folded.add(i));
    /** @type {HTMLElement} */ (event.currentTarget).setAttribute("aria-pressed", String(fold));
    draw();
  });
}

function draw() {
  const tree = byId("tree");
  const focus = tree.contains(document.activeElement)
    ? /** @type {HTMLElement} */ (document.activeElement).closest(".tree-item")?.dataset.node
    : null;
  const on = new Set(app.state.get().layers);
  const all = doc.groups.flatMap((group) => group.layers);
  byId("tree-count").textContent = t("已开 {on} / {all}", {
    on: all.filter((layer) => on.has(layer.id)).length,
    all: all.length,
  });
  if (!seen) return;
  const groups = doc.groups.map((group, i) => drawGroup(group, i, on)).filter(Boolean);
  put(
    tree,
    groups.length
      ? el("ul", { role: "tree", "aria-labelledby": "tree-title" }, groups)
      : el("p", { class: "note", text: t("没有这个名称的图层。") }),
  );
  const items = [...tree.querySelectorAll(".tree-item")];
  const current = items.find((item) => item.dataset.node === focus) ?? items[0];
  if (current) setTabStop(items, current);
  if (focus && current) current.focus();
}

/** @param {Api.ThemeGroup} group
 * @param {number} i
 * @param {Set<string>} on */
function drawGroup(group, i, on) {
  const layers = wanted ? group.layers.filter((layer) => layer.title.toLowerCase().includes(wanted)) : group.layers;
  if (!layers.length) return null;
  const open = wanted !== "" || !folded.has(i);
  const shown = wanted || complete.has(i) ? layers : shorten(layers, on);
  const rest = layers.length - shown.length;
  const count = `${group.layers.filter((layer) => on.has(layer.id)).length} / ${group.layers.length}`;
  return el(
    "li",
    {
      role: "treeitem",
      class: "tree-item tree-group",
      "aria-expanded": String(open),
      "aria-label": `${group.title} ${count}`,
      tabindex: "-1",
      data: { node: `g${i}`, group: i },
    },
    el(
      "div",
      { class: "tree-row" },
      icon("chevron-down", "s tree-arrow"),
      el("span", { class: "tree-name", text: group.title }),
      el("span", { class: "tree-count", text: count }),
    ),
    open && opacityShown ? opacity(group, i) : null,
    open
      ? el(
          "ul",
          { role: "group" },
          shown.map((layer) => drawLayer(layer, on)),
          rest > 0 ? moreRow(i, rest) : null,
        )
      : null,
  );
}

/** Long groups show what is on and the first few; the rest waits behind one row.
 * @param {LayerEntry[]} layers
 * @param {Set<string>} on */
function shorten(layers, on) {
  if (layers.length <= LONG_GROUP) return layers;
  return layers.filter((layer, i) => on.has(layer.id) || i < SHORTENED);
}

/** @param {number} i
 * @param {number} rest */
function moreRow(i, rest) {
  return el(
    "li",
    { role: "treeitem", class: "tree-item", tabindex: "-1", data: { node: `m${i}`, more: i } },
    el("span", { class: "link-button tree-more", text: t("再显示 {n} 个图层", { n: rest }) }),
  );
}

/** @param {LayerEntry} layer
 * @param {Set<string>} on */
function drawLayer(layer, on) {
  const open = on.has(layer.id);
  const closed = layer.access === "none";
  const rows = counts.get(layer.id) ?? layer.legend;
  const classes = rows.length > 1;
  const expanded = classes && open && !unfoldedLayers.has(layer.id);
  const filtered = Object.keys(app.state.get().filters?.[layer.id] ?? {}).length > 0;
  return el(
    "li",
    {
      role: "treeitem",
      class: "tree-item tree-layer",
      tabindex: "-1",
      data: { node: layer.id, layer: layer.id },
      "aria-checked": String(open),
      "aria-expanded": classes ? String(expanded) : null,
      "aria-disabled": closed ? "true" : null,
      "aria-label": label(layer, closed),
    },
    el(
      "div",
      { class: "tree-row", title: closed ? t("这个身份看不到这一层") : null },
      el("input", {
        type: "checkbox",
        class: "check",
        tabindex: "-1",
        "aria-hidden": "true",
        checked: open,
        disabled: closed,
      }),
      swatch(rows[0]?.paint, layer.geometry, doc.symbols),
      el("span", { class: "tree-name ellipsis", text: layer.title }),
      layer.demo && mixed ? el("span", { class: "mark-demo", text: t("演示") }) : null,
      closed ? null : action("sliders-horizontal", t("筛选{layer}", { layer: layer.title }), "filter", filtered),
      closed ? null : action("table-2", t("看{layer}的表格", { layer: layer.title }), "table"),
      closed ? el("span", { class: "tree-denied" }, icon("lock", "s")) : el("span", { class: "tree-count", text: countText(layer) }),
    ),
    expanded
      ? el(
          "div",
          { class: "tree-classes", role: "none" },
          rows.map((row) => classRow(row, layer)),
        )
      : null,
  );
}

/** @param {LayerEntry} layer
 * @param {boolean} closed */
function label(layer, closed) {
  return closed ? [layer.title, t("这个身份看不到这一层")].join(t("，")) : `${layer.title} ${countText(layer)}`;
}

/** Rows of a layer; where conditions narrow it, what is left, out of all of the same area and time.
 * @param {LayerEntry} layer */
function countText(layer) {
  if (layer.count === null || layer.count === undefined) return "—";
  const narrowed = layer.access !== "counts" && app.layers.query(layer.id) !== "";
  const rows = counts.get(layer.id);
  if (!narrowed || !rows) return number(layer.count);
  const total = totals.get(layer.id) ?? null;
  if (total === null) return "—";
  const left = rows.reduce((sum, row) => sum + (row.count ?? 0), 0);
  return left === total ? number(left) : `${number(left)} / ${number(total)}`;
}

/** A class is taken off the map, and put back, by a click on its row.
 * @param {import("./legend.js").Told} row
 * @param {LayerEntry} layer */
function classRow(row, layer) {
  const off = (app.state.get().hidden?.[layer.id] ?? []).includes(row.index);
  const props = {
    type: "button",
    class: "class-row",
    tabindex: "-1",
    "aria-pressed": String(!off),
    data: { index: row.index },
  };
  return el(
    "button",
    props,
    swatch(row.paint, layer.geometry, doc.symbols),
    el("span", { text: row.title }),
    el("span", { text: amount(row), title: amountInFull(row, layer.unit) }),
  );
}

/** @param {string} symbol
 * @param {string} name
 * @param {string} kind */
function action(symbol, name, kind, on = false) {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      tabindex: "-1",
      "aria-label": name,
      title: name,
      data: { action: kind, ...(on ? { on: "" } : {}) },
    },
    icon(symbol, "s"),
  );
}

/** @param {Api.ThemeGroup} group
 * @param {number} i */
function opacity(group, i) {
  const value = Math.round((app.state.get().opacity?.[i] ?? 1) * 100);
  const input = el("input", {
    type: "range",
    class: "slider",
    min: 0,
    max: 100,
    step: 5,
    "aria-label": t("{group}的不透明度", { group: group.title }),
    css: { "--done": `${value}%` },
  });
  input.value = String(value);
  const words = el("span", { class: "num", text: `${value} %` });
  input.addEventListener("input", () => {
    input.style.setProperty("--done", `${input.value}%`);
    words.textContent = `${input.value} %`;
  });
  input.addEventListener("change", () => app.state.set({ opacity: { ...app.state.get().opacity, [i]: Number(input.value) / 100 } }));
  return el("div", { class: "tree-opacity" }, el("span", { text: t("不透明度") }), input, words);
}

/** @param {HTMLElement[]} items
 * @param {HTMLElement} current */
function setTabStop(items, current) {
  for (const item of items) {
    item.tabIndex = item === current ? 0 : -1;
    for (const button of item.querySelectorAll(":scope > .tree-row .icon-button, :scope > .tree-classes .class-row"))
      button.tabIndex = item === current ? 0 : -1;
  }
}

/** @param {MouseEvent} event */
function onClick(event) {
  const target = targetOf(event);
  const item = target.closest(".tree-item");
  if (!item || target.closest(".tree-opacity")) return;
  const row = target.closest(".class-row");
  if (row) return void toggleClass(item.dataset.layer, Number(row.dataset.index));
  const act = target.closest("[data-action]");
  setTabStop([...byId("tree").querySelectorAll(".tree-item")], item);
  if (act?.dataset.action === "filter") soon(({ filters }) => filters.openFilters(item.dataset.layer, act));
  else if (act?.dataset.action === "table") soon(({ table }) => table.openTable(item.dataset.layer));
  else activate(item);
}

/** @param {HTMLElement} item */
function activate(item) {
  const { layer, group, more } = item.dataset;
  item.focus({ preventScroll: true });
  if (layer) toggleLayer(layer);
  else if (group !== undefined) flip(folded, Number(group));
  else if (more !== undefined) complete.add(Number(more));
  if (!layer) draw();
}

/** @template T
 * @param {Set<T>} set
 * @param {T} key */
function flip(set, key) {
  if (!set.delete(key)) set.add(key);
}

/** @param {string} id */
function toggleLayer(id) {
  const layer = doc.groups.flatMap((group) => group.layers).find((one) => one.id === id);
  if (!layer) return undefined;
  if (layer.access === "none") return announce(label(layer, true));
  const on = app.state.get().layers ?? [];
  const next = on.includes(id) ? on.filter((one) => one !== id) : [...on, id];
  app.state.set({ layers: next });
  return announce(on.includes(id) ? t("{layer}已关", { layer: layer.title }) : t("{layer}已开", { layer: layer.title }));
}

/** @param {string} id
 * @param {number} index */
function toggleClass(id, index) {
  const { hidden } = app.state.get();
  const now = hidden[id] ?? [];
  const next = now.includes(index) ? now.filter((one) => one !== index) : [...now, index].sort((a, b) => a - b);
  app.state.set({ hidden: { ...hidden, [id]: next } });
  byId("tree").querySelector(`[data-layer="${id}"] [data-index="${index}"]`)?.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const item = targetOf(event).closest(".tree-item");
  if (!item || event.target !== item) return;
  const items = [...byId("tree").querySelectorAll(".tree-item")];
  const at = items.indexOf(item);
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key === "Enter" || event.key === " ") activate(item);
  else if (event.key === "ArrowRight" || event.key === "ArrowLeft") unfold(item, event.key === "ArrowRight", items);
  else if (steps[event.key] !== undefined) move(items, items[steps[event.key]]);
  else return;
  event.preventDefault();
}

/** @param {HTMLElement} item
 * @param {boolean} open
 * @param {HTMLElement[]} items */
function unfold(item, open, items) {
  const is = item.getAttribute("aria-expanded");
  const { group, layer } = item.dataset;
  if (is === String(!open)) {
    if (group !== undefined) flip(folded, Number(group));
    else if (layer && app.state.get().layers?.includes(layer)) flip(unfoldedLayers, layer);
    draw();
  } else if (!open) {
    move(items, item.parentElement?.closest(".tree-item"));
  } else if (group !== undefined) {
    move(items, item.querySelector(".tree-item"));
  }
}

/** @param {HTMLElement[]} items
 * @param {HTMLElement | null} target */
function move(items, target) {
  if (!target) return;
  setTabStop(items, target);
  target.focus();
}
