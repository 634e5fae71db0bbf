// My grid: open disputes, services nearby and the grid's own figures, for whoever may see them.

import { profile } from "../core/areas.js";
import { dayOf } from "../core/days.js";
import { atMost, depth, isDivision, isSmallest, layerOfCode, whole } from "../core/divisions.js";
import { day, t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { filterWords } from "../panels/filtered.js";
import { canSwitch, openViewer } from "../panels/viewer.js";
import { el, icon, svg } from "../ui/dom.js";
import { call, lead, reach } from "../ui/reach.js";
import { denied, empty, fillFrom } from "../ui/states.js";
import { titleCard } from "../ui/title.js";
import { drawNear, fetchNear } from "./near.js";
import { disputes as disputeSection, LEVELS, overviewPane } from "./profile.js";

const DAY_MS = 86_400_000;

/** @typedef {(layer: string, key: string, position?: number[] | null) => void} OpenRecord */

/** @type {App} */
let app;
/** @type {OpenRecord} */
let openRecord;
let tab = "todo";

/** `open(layer, key, position)` shows a record.
 * @param {App} house
 * @param {OpenRecord} open */
export function init(house, open) {
  app = house;
  openRecord = open;
  const code = own(app.layers.theme);
  if (!code) return;
  app.title = titled;
  const { selected } = app.state.get();
  const told = selected || new URLSearchParams(location.search).has("at");
  if (!told) app.state.set({ selected: selectionOf(code) });
  app.state.on(["selected", "area", "filters", "time"], () => app.titled?.());
  app.titled?.();
}

/** The area that the theme “my grid” is about for this viewer: a worker's grid, a township's own; "" for who sees the county.
 * @param {Theme} theme */
export const own = ({ id, viewer }) => (id === "my-grid" && depth(viewer.scope) > 0 ? viewer.scope : "");

/** @param {string} code */
const selectionOf = (code) => ({ layer: layerOfCode(code) ?? "", key: code });

/** Back to one's own: chosen, listed, and in view, whatever was looked at. */
export function home() {
  const code = own(app.layers.theme);
  if (!code) return;
  tab = "todo";
  app.state.set({ selected: selectionOf(code), area: null });
  const list = document.querySelector(".grid-tabs [data-tab=todo]"); // of the pane that stood there already
  if (list?.getAttribute("aria-selected") === "false") /** @type {HTMLElement} */ (list).click();
  app.view.showHome();
}

/** Whether one looks at one's own, or at a record of it: not at another place. */
function atHome() {
  const { selected, area } = app.state.get();
  return !area && (!selected || !isDivision(selected.layer) || selected.key === own(app.layers.theme));
}

/** Whether the title card says whose grid this is, instead of what the theme shows. */
function titled() {
  const code = own(app.layers.theme);
  if (!atHome()) return false;
  profile(code).then(
    (area) => {
      if (!atHome()) return;
      const demo = document.documentElement.dataset.demo;
      const mark = demo && (demo === "all" ? t("演示数据") : t("含演示数据"));
      titleCard(area.name, [mark, peopleOf(area), ...limits()].filter(Boolean).join(" · "), true);
    },
    () => {},
  );
  return true;
}

/** What limits the list beyond what it begins with, which its tab says. */
function limits() {
  const first = JSON.stringify(app.layers.entry("disputes")?.first?.filters ?? {});
  return JSON.stringify(app.state.get().filters.disputes ?? {}) === first ? [] : filterWords(app, "disputes");
}

/** What to show instead of a profile on the theme “my grid”; null when the usual profile fits.
 * @param {string} code */
export function pane(code) {
  if (app.layers.theme.id !== "my-grid") return null;
  const { role } = app.layers.theme.viewer;
  if (isSmallest(code) && role !== "public") return grid(code);
  if (isSmallest(code) || code === own(app.layers.theme)) return null;
  if (role === "public") return explain();
  return empty(t("点地图选一个网格"), t("或搜索网格名称、代码。"), [], "grid-2x2");
}

function explain() {
  const actions = [{ label: t("看{whole}地图", { whole: whole() }), href: "/" }];
  const box = denied(
    t("我的网格要用网格员身份看"),
    [t("公众可以点一个网格看它的户数和身边设施。"), t("需要网格员身份，向乡镇综治中心申请。")],
    canSwitch() ? [{ label: t("切换身份"), run: (event) => openViewer(event.currentTarget) }, ...actions] : actions,
  );
  return box;
}

/** @param {string} code */
function grid(code) {
  const body = el("div", { role: "tabpanel", id: "grid-pane" });
  const list = el("div", { class: "segments grid-tabs", role: "tablist", "aria-label": t("我的网格") });
  /** @type {[string, string, () => any][]} */
  const tabs = [
    [
      "todo",
      t("未办结"),
      () =>
        fillFrom(
          body,
          () => app.api.rows("disputes", openOnly(code)),
          (page) => todo(page, list, code),
          t("纠纷没有取到"),
        ),
    ],
    [
      "near",
      t("附近服务"),
      () =>
        fillFrom(
          body,
          () => near(code),
          (draw) => draw(openRecord),
          t("附近服务没有取到"),
        ),
    ],
    ["facts", t("网格概况"), () => fillFrom(body, () => profile(code), facts, t("档案没有取到"))],
  ];
  const pick = (/** @type {string} */ id) => {
    tab = id;
    for (const button of /** @type {Iterable<HTMLElement>} */ (list.children)) {
      button.setAttribute("aria-selected", String(button.dataset.tab === id));
      button.tabIndex = button.dataset.tab === id ? 0 : -1;
    }
    tabs.find(([name]) => name === id)?.[2]();
  };
  list.append(
    ...tabs.map(([id, title]) =>
      el("button", {
        type: "button",
        role: "tab",
        "aria-controls": "grid-pane",
        data: { tab: id },
        text: title,
        on: { click: () => pick(id) },
      }),
    ),
  );
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = (tabs.findIndex(([id]) => id === tab) + step + tabs.length) % tabs.length;
    pick(tabs[at][0]);
    /** @type {HTMLElement} */ (list.children[at]).focus();
  });
  const head = el("div", { class: "drawer-head", data: { path: 0 } });
  profile(code)
    .then((area) => drawHead(head, area))
    .catch(() => head.append(el("h2", { text: code })));
  pick(tab);
  app.respot = () => list.isConnected && tab === "near" && pick("near");
  return [head, el("div", { class: "section" }, list), body];
}

/** Open cases of a grid, of those that the map shows.
 * @param {string} code */
function openOnly(code) {
  const others = app.layers.conditions("disputes").split("&");
  return [`code=${code}`, "f.status=open", ...others.filter((one) => one && !one.startsWith("f.status=")), "sort=due_on", "limit=100"].join(
    "&",
  );
}

/** @param {HTMLElement} head
 * @param {Api.Profile} area */
function drawHead(head, area) {
  const town = area.parents.find((one) => one.level === "township")?.name ?? "";
  head.append(
    el("div", { class: "drawer-title" }, el("h2", { text: area.name })),
    el("p", {
      class: "note",
      text: [town, peopleOf(area), area.code].filter(Boolean).join(" · "),
    }),
  );
}

/** “328 户 1,007 人”.
 * @param {Api.Profile} area */
function peopleOf(area) {
  const figure = (/** @type {string} */ id) => number(area.figures.find((one) => one.id === id)?.value);
  return t("{households} 户 {people} 人", { households: figure("households"), people: figure("population") });
}

/** @param {Api.Rows} page
 * @param {HTMLElement} list
 * @param {string} code */
function todo(page, list, code) {
  list.querySelector("[data-tab=todo]").textContent = t("未办结 {n}", { n: number(page.total) });
  const { filters, since, until, own } = page.statement;
  if (!page.total && (filters.length > 1 || (!own && (since || until))))
    return empty(t("没有符合条件的未办结纠纷"), [filters.join(t("，")), page.statement.when, t("换一个时段，或清除筛选。")], [], "search");
  if (!page.total) return empty(t("没有未办结的纠纷"), page.note || t("新的纠纷登记后会列在这里。"), [], "circle-check");
  const at = Object.fromEntries(page.columns.map((column, i) => [column.name, i]));
  const rows = page.rows.map((values, i) => caseRow((name) => /** @type {string | null} */ (values[at[name]]), page.keys[i]));
  const cases = el("ul", { class: "places cases" }, rows);
  follow(cases);
  callCentre(cases, code);
  return [cases, page.note ? el("p", { class: "source section", text: page.note }) : null];
}

/** @param {(name: string) => string | null} value
 * @param {string} key */
function caseRow(value, key) {
  const row = app.layers.entry("disputes")?.legend.find((one) => one.title === value("warning_level"));
  const text = [value("stage"), value("occurred_on") ? day(value("occurred_on")) : null].filter(Boolean).join(" · ");
  const name = value("category") ?? t("纠纷");
  return el(
    "li",
    { class: "reach-row", data: { key } },
    el(
      "button",
      { type: "button", class: "place case", on: { click: () => openRecord("disputes", key) } },
      levelMark(row?.value, value("warning_level")),
      el("span", { class: "place-name" }, name, el("small", { text }), due(value("due_on"))),
    ),
    reach({ name, phone: value("mediator_phone"), position: placeOf(key) }),
  );
}

/** Where nobody's number stands with a case, the centre of the township is called.
 * @param {HTMLElement} cases
 * @param {string} code */
async function callCentre(cases, code) {
  const silent = [...cases.querySelectorAll(".reach")].filter((one) => !one.querySelector("[href^=tel]"));
  if (!silent.length) return;
  const page = await app.api.rows("governance-centres", `code=${atMost(code, "township")}&limit=1`).catch(() => null);
  const [name, phone] = ["name", "phone"].map((id) => page?.rows[0]?.[page.columns.findIndex((column) => column.name === id)]);
  if (phone) for (const one of silent) one.prepend(call(String(name), String(phone)));
}

/** A list that stands there before the map has its cases gets its ways once it has.
 * @param {HTMLElement} cases */
function follow(cases) {
  const off = app.layers.on("ready", () => {
    off();
    for (const row of cases.querySelectorAll("li")) {
      const position = placeOf(row.dataset.key ?? "");
      const name = row.querySelector(".place-name")?.firstChild?.textContent ?? "";
      if (position && !row.querySelector(".reach-lead")) row.querySelector(".reach").append(lead(name, position));
    }
  });
}

/** Where a case lies, once the map has it and where this viewer gets the place itself.
 * @param {string} key */
function placeOf(key) {
  if (app.layers.entry("disputes")?.access !== "exact") return null;
  const place = app.layers.place("disputes", key);
  return place && [place.latlng[1], place.latlng[0]];
}

/** The sign of a level with its character inside, as on the map.
 * @param {Cell | undefined} level
 * @param {string | null} word */
function levelMark(level, word) {
  const one = LEVELS.find((item) => item.value === level);
  if (!one) return icon("circle-alert");
  const ink = level === "yellow" ? "#17252E" : "#FFFFFF";
  return svg(
    "svg",
    { class: "case-level", viewBox: "0 0 12 12", role: "img", "aria-label": word },
    svg("path", { d: one.shape, fill: one.fill, stroke: one.edge, "stroke-width": 0.5 }),
    svg(
      "text",
      {
        x: 6,
        y: level === "red" ? 9.4 : 7.6,
        "text-anchor": "middle",
        "font-size": 4.2,
        "font-weight": 700,
        fill: ink,
      },
      (word ?? "").slice(0, 1),
    ),
  );
}

/** @param {string | null} date */
function due(date) {
  if (!date) return null;
  const days = Math.round((Date.parse(date) - Date.parse(dayOf())) / DAY_MS);
  if (days < 0) return el("span", { class: "level level-red", text: t("超期 {n} 天", { n: -days }) });
  if (days === 0) return el("span", { class: "level level-yellow", text: t("今天到期") });
  return el("span", { class: days <= 3 ? "level level-yellow" : "tag", text: t("还有 {n} 天", { n: days }) });
}

/** What is near, and how it is drawn.
 * @param {string} code */
async function near(code) {
  const answer = await fetchNear(app, code);
  return (/** @type {OpenRecord} */ open) => drawNear(app, answer, open);
}

/** @param {Api.Profile} area */
function facts(area) {
  const parts = overviewPane({ ...area, disputes: null });
  return area.disputes ? [...parts, disputeSection(area.disputes)] : parts;
}
