// The drawer on the right: the profile of an area, or the popup of a record. Opens on a place, Esc closes it.

import { profile } from "../core/areas.js";
import * as divisions from "../core/divisions.js";
import { quantity, t } from "../core/i18n.js";
import { PHONE, TOUCH } from "../core/screen.js";
import { number, unit as unitWords } from "../core/units.js";
import * as frame from "../panels/frame.js";
import { leadsFrom } from "../panels/leads.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { empty, fillFrom } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import { beside, onKey } from "./beside.js";
import * as here from "./here.js";
import * as mygrid from "./my-grid.js";
import { popup } from "./popup.js";
import {
  childrenPane,
  countOf,
  disputes,
  indicators,
  industry,
  inOrder,
  insight,
  overviewPane,
  section,
  services,
  unitOf,
} from "./profile.js";

/** @type {Record<string, string>} */
const THEME_TAB = {
  services: "facilities",
  coverage: "facilities",
  organisations: "facilities",
  environment: "facilities",
  industry: "industry",
  disputes: "disputes",
};

/** @type {App} */
let app;
/** @type {string} */
let county;
let tab = "overview";
let shown = "";
let said = ""; // whose profile was announced
/** @type {HTMLElement | null} */
let openedFrom = null;

/** @param {App} house */
export function init(house) {
  app = house;
  here.init(app);
  if (app.layers.theme.id === "coverage") return; // its results stand here
  mygrid.init(app, openRecord);
  county = document.documentElement.dataset.county ?? "";
  tab = THEME_TAB[app.layers.theme.id] ?? "overview";
  app.state.on(["selected", "area", "filters", "time"], show);
  app.state.on(["panels"], show);
  frame.follow(app, show);
  PHONE.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
  document.addEventListener("keydown", onKey);
  show();
}

const isOpen = () => app.state.get().panels.right || PHONE.matches;

/** What the state points to: {record} or {area}. */
export function subject(state = app.state.get()) {
  const { selected, area } = state;
  if (selected && divisions.isDivision(selected.layer)) return { area: selected.key };
  if (selected) return { record: selected };
  const { scope } = app.layers.theme.viewer ?? {};
  return { area: area ?? (divisions.depth(scope) > 0 ? scope : county) };
}

/** Open the profile of an area and show it on the map.
 * @param {{code: string, bounds?: Box | null}} item */
export function openArea(item) {
  app.state.set({ selected: { layer: divisions.layerOfCode(item.code) ?? "", key: item.code } });
  locateArea(item.code, item.bounds);
}

/** Open the popup of a record.
 * @param {string} layer
 * @param {string} key
 * @param {number[] | null} [position] */
export function openRecord(layer, key, position = null) {
  openedFrom = /** @type {HTMLElement} */ (document.activeElement);
  app.state.set({ selected: { layer, key } });
  const place = app.layers.place(layer, key);
  if (position) app.view.showPoint([position[1], position[0]]);
  else if (place) app.view.showPoint(place.latlng);
}

function show() {
  if (frame.waits(app)) return undefined;
  const what = subject();
  const asked = what.area ? frame.asked(app) : "";
  const name = JSON.stringify({ ...what, asked });
  if (!isOpen() || name === shown) return undefined;
  shown = name;
  const box = byId("drawer");
  const own = what.area ? mygrid.pane(what.area) : null;
  if (own) return put(box, own);
  const pane = el("div", { class: "drawer-load" });
  put(box, pane);
  if (what.record)
    fillFrom(
      pane,
      () => app.api.record(what.record.layer, what.record.key),
      (record) => drawRecord(record, what.record),
      t("这条记录没有取到"),
    );
  else
    fillFrom(
      pane,
      () => profile(what.area, asked),
      (area) => drawArea(area),
      t("档案没有取到"),
    );
  return undefined;
}

function close() {
  const { selected, area, panels } = app.state.get();
  if (!isOpen()) return;
  app.state.set({ selected: null, area: selected ? area : null, panels: { ...panels, right: false } });
  (openedFrom?.isConnected ? openedFrom : byId("main")).focus({ preventScroll: true });
  openedFrom = null;
}

/** @param {string} title
 * @param {string} code
 * @param {Api.Step[]} path
 * @param {import("../ui/dom.js").Child} buttons */
function head(title, code, path, buttons) {
  const crumbs = path.map((one, i) =>
    el("li", {}, i ? icon("chevron-right") : null, el("button", { type: "button", text: one.name, on: { click: () => openArea(one) } })),
  );
  const shut = el(
    "button",
    {
      type: "button",
      class: "icon-button drawer-close",
      "aria-label": t("关闭档案"),
      title: TOUCH.matches ? t("关闭") : `${t("关闭")} Esc`,
      on: { click: close },
    },
    icon("x"),
  );
  return el(
    "div",
    { class: "drawer-head", data: { path: path.length } },
    shut,
    path.length ? el("nav", { class: "crumbs", "aria-label": t("所在区划") }, el("ol", {}, crumbs)) : null,
    el("div", { class: "drawer-title" }, el("h2", { text: title }), el("span", { class: "note", text: code }), buttons),
  );
}

/** @param {Api.Profile} area */
function drawArea(area) {
  const parents = area.parents ?? [];
  const only = app.state.get().area === area.code;
  const buttons = [
    el(
      "button",
      { type: "button", class: "button button-small", on: { click: () => locateArea(area.code, area.bounds) } },
      icon("crosshair", "s"),
      t("定位"),
    ),
    el(
      "button",
      {
        type: "button",
        class: "button button-small",
        "aria-haspopup": "dialog",
        on: { click: () => app.controls.sheets({ code: area.code }) },
      },
      icon("file-down", "s"),
      t("导出"),
    ),
    area.code === county
      ? null
      : el(
          "button",
          {
            type: "button",
            class: "button button-small",
            "aria-pressed": String(only),
            on: { click: (event) => toggleOnly(area.code, event.currentTarget) },
          },
          only ? t("看{whole}", { whole: divisions.whole() }) : t("只看这里"),
        ),
  ];
  const tabs = areaTabs(area);
  if (!tabs.some((one) => one.id === tab)) tab = "overview";
  if (said !== area.code) announce(t("{name}的档案已打开", { name: area.name }));
  said = area.code;
  const pane = el("div", { class: "drawer-pane", role: "tabpanel", id: "drawer-pane", tabindex: "0" });
  const list = el("div", { class: "drawer-tabs", role: "tablist", "aria-label": t("档案内容") });
  const pick = (/** @type {string} */ id, /** @type {boolean} */ focus) => {
    tab = id;
    for (const button of /** @type {Iterable<HTMLElement>} */ (list.children)) {
      const on = button.dataset.tab === id;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      if (on && focus) button.focus();
      if (on) pane.setAttribute("aria-labelledby", button.id);
    }
    put(pane, tabs.find((one) => one.id === id)?.draw());
  };
  put(
    list,
    tabs.map((one) =>
      el("button", {
        type: "button",
        role: "tab",
        id: `tab-${one.id}`,
        "aria-controls": "drawer-pane",
        data: { tab: one.id },
        text: one.title,
        on: { click: () => pick(one.id, false) },
      }),
    ),
  );
  list.addEventListener("keydown", (event) => {
    const at = tabs.findIndex((one) => one.id === tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    pick(tabs[(to + tabs.length) % tabs.length].id, true);
  });
  pick(tab, false);
  return [head(area.name, area.code, parents, buttons), frameNote(), here.hereBox(), list, pane];
}

/** What the figures below are of, where that is only what the map shows. */
const frameNote = () =>
  app.state.get().frame
    ? el("p", {
        class: "note frame-note",
        text: t("地图范围内：人口是范围内居民点的，村和乡镇只要碰到范围就算，公布的件数仍是全部的。"),
      })
    : null;

/** @param {Api.Profile} area
 * @returns {{id: string, title: string, draw: () => any}[]} */
function areaTabs(area) {
  const facilities = area.facilities.reduce((sum, one) => sum + (one.group === "services" ? (one.count ?? 0) : 0), 0);
  const [child] = area.children;
  const below = child ? t("下辖 {n} {unit}", { n: number(area.children.length), unit: divisions.unit(child.level) }) : null;
  const { disputes: told } = area;
  const leads = leadsFrom(app, area);
  return [
    { id: "overview", title: t("概况"), draw: () => [overviewPane(area, leads), insight(area), indicators(area)] },
    {
      id: "facilities",
      title: facilities ? t("设施 {n}", { n: number(facilities) }) : t("设施"),
      draw: () => facilitiesPane(area),
    },
    {
      id: "industry",
      title: t("产业"),
      draw: () => [area.industry.length ? industry(area, leads) : null, layerLists(area, ["industry"], t("产业点位"))],
    },
    told
      ? {
          id: "disputes",
          title: t("纠纷"),
          draw: () => [disputes(told, area.statements[told.layer], leads), layerLists(area, ["governance"], t("治理"))],
        }
      : null,
    below ? { id: "children", title: below, draw: () => childrenPane(area, openArea) } : null,
  ].filter((one) => one !== null);
}

/** @param {Api.Profile} area */
function facilitiesPane(area) {
  const bars = area.services.length ? services(area, { title: t("设施覆盖"), leads: leadsFrom(app, area) }) : null;
  const parts = [bars, layerLists(area, ["services"], t("设施名录"))];
  const others = layerLists(area, ["organisations", "environment"], t("组织和建设"));
  return ["organisations", "environment"].includes(app.layers.theme.id) ? [others, ...parts] : [...parts, others];
}

/** Layers with how many lie here; each opens into its records.
 * @param {Api.Profile} area
 * @param {string[]} groups
 * @param {string} title */
function layerLists(area, groups, title) {
  const items = area.facilities.filter((one) => groups.includes(one.group));
  if (!items.length)
    return groups[0] === "governance"
      ? null
      : section(title, null, empty(t("这里没有登记"), t("换一个范围，或到“数据”页看全部图层。"), [], "search"));
  return section(
    title,
    null,
    el(
      "ul",
      { class: "places" },
      inOrder(items, (one) => one.layer).map((item) => layerList(area, item)),
    ),
  );
}

/** @param {Api.Profile} area
 * @param {Api.Facility} item */
function layerList(area, item) {
  const said = area.statements[item.layer];
  const list = el("ul", { class: "places places-inner", hidden: true });
  const button = el(
    "button",
    { type: "button", class: "place", "aria-expanded": "false" },
    icon("chevron-right", "s"),
    el("span", { class: "place-name", text: item.title }),
    el("span", { class: "place-value", text: quantity(countOf(item, said), unitWords(unitOf(item, said))) }),
  );
  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden && !list.childElementCount)
      fillFrom(
        list,
        () =>
          app.api.rows(
            item.layer,
            `${[app.layers.conditions(item.layer), `code=${area.code}`, frame.inFrame(app)].filter(Boolean).join("&")}&limit=50`,
          ),
        (page) => records(item, page),
        t("{layer}没有取到", { layer: item.title }),
      );
  });
  return el("li", {}, button, list);
}

/** @param {Api.Facility} item
 * @param {Api.Rows} page */
function records(item, page) {
  const at = Math.max(
    0,
    page.columns.findIndex((column) => column.name === "name"),
  );
  const rows = page.keys.map((key, i) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "place", on: { click: () => openRecord(item.layer, key) } },
        el("span", { class: "place-name", text: String(page.rows[i][at] ?? key) }),
      ),
    ),
  );
  if (page.total > rows.length) rows.push(el("li", { class: "note", text: t("只列前 {n} 条，全部在表格里", { n: rows.length }) }));
  return rows;
}

/** @param {Api.Record} record
 * @param {Selected} place */
function drawRecord(record, { layer, key }) {
  const entry = app.layers.entry(layer);
  announce(t("{name}的卡片已打开", { name: record.title }));
  const locate = () => (record.position ? app.view.showPoint([record.position[1], record.position[0]], 15) : null);
  return [
    head(record.title || key, record.code ?? key, record.area ?? [], [
      entry ? el("span", { class: "tag", text: entry.title }) : null,
      record.demo ? el("span", { class: "mark-demo", text: t("演示数据") }) : null,
    ]),
    entry ? beside(app, { layer, key }, walk) : null,
    popup(record, entry, locate, here.hereBox()),
  ];
}

/** The next of a list takes the place of the one before: walking is no trail of steps.
 * @param {string} layer
 * @param {string} key */
function walk(layer, key) {
  app.state.set({ selected: { layer, key } }, { replace: true });
  const place = app.layers.place(layer, key);
  if (place) app.view.showPoint(place.latlng);
}

/** @param {string} code
 * @param {Box | null | undefined} bounds
 * @returns {void | Promise<unknown>} */
function locateArea(code, bounds) {
  if (bounds)
    return app.view.showBounds([
      [bounds[1], bounds[0]],
      [bounds[3], bounds[2]],
    ]);
  const place = app.layers.place(divisions.layerOfCode(code) ?? "", code);
  return place?.bounds ? app.view.showBounds(place.bounds) : profile(code).then((area) => area.bounds && locateArea(code, area.bounds));
}

/** @param {string} code
 * @param {HTMLElement} button */
function toggleOnly(code, button) {
  const on = app.state.get().area !== code;
  app.state.set({ area: on ? code : null });
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? t("看{whole}", { whole: divisions.whole() }) : t("只看这里");
}
