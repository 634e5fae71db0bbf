// The results on the right: the headline, townships, villages, gaps, and how it was worked out.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number, restored, unit } from "../core/units.js";
import { bar, byId, el, icon, put } from "../ui/dom.js";
import { popover } from "../ui/popover.js";
import { failure, fillFrom, skeleton } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import * as question from "./plan.js";
import { amount, DEMANDS, distanceWords, limitWords, modeWords, SHARES, shareWords, signed } from "./words.js";

const FIRST_ROWS = 12;
const LEAST = 6;
const FORMATS = [
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
  ["gpkg", "GPKG"],
];
const OTHERS = ["population", "population_60_plus", "households"];
const SAY_AFTER_MS = 600;

let app;
let answers;
let slider;
let allRows = false;
let speak = 0;
/** @type {(code: string) => void} */
let openCentre = () => {};

/** `curve` tells the share of a threshold at once; `sections` are of other modules; `centre(key)` shows a centre. */
export function init(house, { answers: given, curve, sections, centre }) {
  app = house;
  openCentre = centre;
  answers = given;
  slider = curve;
  put(
    byId("drawer"),
    el("section", { class: "section planner-headline", id: "planner-headline", "aria-live": "off" }, skeleton(3)),
    el("section", { class: "section", id: "planner-townships" }, skeleton(8)),
    el("section", { class: "section", id: "planner-villages" }),
    el("section", { class: "section", id: "planner-gaps", hidden: true }),
    needsSection(),
    sections,
    el("section", { class: "section planner-method", id: "planner-method" }),
  );
  answers.coverage.on((answer, error) => (answer ? draw(answer) : fail(error)));
  answers.shapes.on((reach) => reach && drawGaps(reach));
  app.state.on(["plan"], () => answers.coverage.answer && headline(answers.coverage.answer));
  app.state.on(["selected"], mark);
}

function fail(error) {
  put(
    byId("planner-headline"),
    failure(t("这个问题没有算出来"), error, () => answers.ask(), error.message || t("其他部分照常可用。")),
  );
  for (const id of ["planner-townships", "planner-villages", "planner-method"]) put(byId(id));
  byId("planner-gaps").hidden = true;
}

function draw(answer) {
  headline(answer);
  townships(answer);
  villages(answer);
  method(answer);
  mark();
  clearTimeout(speak);
  speak = setTimeout(
    () =>
      announce(
        t("{name} {share}，未覆盖 {n}", {
          name: SHARES[question.plan().demand](),
          share: shareWords(answer, true),
          n: amount(answer.total - answer.covered, answer.unit),
        }),
      ),
    SAY_AFTER_MS,
  );
}

// ---- headline ----

/** While the server's figure for a new threshold is on its way, the curve's stands there, marked as such. */
function headline(answer) {
  const { limit, unit: name } = question.within();
  const settled = answer.parameters.limits[0] === limit && answer.parameters.unit === name;
  const share = settled ? answer.share : (slider.shareAt(limit) ?? answer.share);
  const covered = settled || share === null ? answer.covered : restored(share, answer.total);
  const [value, sign] = shareWords({ ...answer, covered }).split(/(?= %$)/);
  const gain = Object.values(answer.gain).reduce((sum, one) => sum + one, 0);
  const box = byId("planner-headline");
  box.toggleAttribute("data-pending", !settled);
  box.dataset.share = String(share);
  const groups = box.querySelector(".planner-groups") ?? el("dl", { class: "planner-groups" });
  put(
    box,
    el(
      "div",
      { class: "hero" },
      el("h2", { text: SHARES[answer.parameters.demand]() }),
      el("p", { class: "hero-value" }, el("b", { text: value }), sign ? el("span", { text: sign.trim() }) : null),
      el(
        "div",
        { class: "hero-parts" },
        el("p", {}, el("b", { class: "num", text: number(covered, 0) }), ` / ${amount(answer.total, answer.unit)}`),
        el("p", { class: "gap-text", text: t("未覆盖 {n}", { n: amount(answer.total - covered, answer.unit) }) }),
        el("p", { text: unreachedWords(answer, settled) }),
        Object.keys(answer.gain).length
          ? el("p", { class: "gain-text", text: t("比现状 {n}", { n: `${signed(gain)} ${unit(answer.unit)}` }) })
          : null,
      ),
    ),
    el("p", {
      class: "note",
      text: [
        t("口径：{mode}，{limit}（含）", {
          mode: modeWords(question.plan()),
          limit: limitWords({ limit, unit: name }),
        }),
        matchWords(),
      ]
        .filter(Boolean)
        .join(t("；")),
    }),
    el("p", { class: "source", text: periodWords(answer) }),
    groups,
  );
  if (settled) others(answer, groups);
}

function unreachedWords(answer, settled) {
  if (!settled) return " ";
  const n = answer.unreached.length;
  return n ? t("{n} 个村一个人也没覆盖到", { n: number(n) }) : t("没有完全未覆盖的村");
}

/** “人口 2020 · 党群服务中心 2026-11-20 · 源：演示推算”: period and source of what the share is made of. */
function periodWords({ editions, parameters }) {
  const entries = Object.keys(editions)
    .map((id) => app.layers.entry(id))
    .filter(Boolean);
  const people = entries.find((one) => one.id === layerOf("village"));
  const parts = [
    people && [DEMANDS[parameters.demand](), people],
    ...parameters.services.map((id) => [app.layers.entry(id)?.title, app.layers.entry(id)]),
  ];
  const periods = parts.filter((part) => part?.[1]?.period).map(([title, one]) => `${title} ${one.period}`);
  return [...periods, t("源：{source}", { source: [...new Set(entries.map((one) => one.owner))].join(t("、")) })].join(" · ");
}

function matchWords() {
  if (question.services().length < 2) return "";
  return question.plan().match === "each" ? t("几种服务每种都要到") : t("几种服务任一种到就算");
}

/** The same question for the other groups of people. */
async function others(answer, box) {
  const { demand } = answer.parameters;
  const found = await Promise.all(
    OTHERS.filter((one) => one !== demand).map((one) =>
      answers.group(one).then(
        (group) => group && [one, group],
        () => null,
      ),
    ),
  );
  if (found.some((one) => !one) || !box.isConnected) return;
  put(
    box,
    found.map(([id, group]) =>
      el(
        "div",
        {},
        el("dt", { text: DEMANDS[id]() }),
        el(
          "dd",
          {},
          el("b", { text: shareWords(group) }),
          el("span", {
            class: "note",
            text: `${number(group.covered, 0)} / ${amount(group.total, group.unit)}`,
          }),
        ),
      ),
    ),
  );
}

// ---- townships ----

function townships(answer) {
  const box = byId("planner-townships");
  const rows = answer.townships.filter((row) => row.demand > 0).sort((a, b) => a.share - b.share || a.code.localeCompare(b.code));
  box.hidden = rows.length < 2;
  const list = rows.map((row) =>
    el(
      "button",
      {
        type: "button",
        class: "township",
        data: { code: row.code },
        title: t("未覆盖 {n}", { n: amount(row.demand - row.covered, answer.unit) }),
        on: { click: () => choose(layerOf("township"), row.code) },
      },
      el("span", { class: "township-name", text: row.name }),
      bar(row.share, { fill: "#5E9EA6" }),
      el("span", { class: "num", text: shareWords({ covered: row.covered, total: row.demand, unit: answer.unit }) }),
    ),
  );
  put(box, head(t("各乡镇覆盖率"), t("低的在前")), el("div", { class: "townships" }, list));
}

const head = (title, note) => el("div", { class: "section-head" }, el("h3", { text: title }), el("span", { class: "note", text: note }));

// ---- villages ----

/** Villages with the most people left out; with proposals, those that they change come first. */
function ranked({ rows, gain }) {
  const change = (row) => Math.abs(gain[row.code] ?? 0);
  const left = (row) => row.demand - row.covered;
  return rows
    .filter((row) => left(row) >= 0.5 || change(row) >= 0.5)
    .sort((a, b) => change(b) - change(a) || left(b) - left(a) || a.code.localeCompare(b.code));
}

function villages(answer) {
  const rows = ranked(answer);
  const { unit: name } = answer.parameters;
  const length = name === "min" ? t("分钟") : t("公里");
  const gaining = Object.keys(answer.gain).length > 0;
  const open = new Set(answer.unreached.map((one) => one.code));
  const cells = (row, i) => [
    el("td", { class: "num", text: String(i + 1) }),
    el(
      "td",
      {},
      el("button", {
        type: "button",
        class: "row-name",
        text: row.name,
        on: { click: () => choose(layerOf("village"), row.code) },
      }),
      el("small", { class: "note", text: ` ${townshipName(answer, row.code)}` }),
    ),
    el(
      "td",
      { class: "num" },
      open.has(row.code) ? el("span", { class: "tag tag-gap", title: t("整个村都没有覆盖"), text: t("整村") }) : null,
      number(row.demand - row.covered, 0),
    ),
    gaining
      ? el("td", { class: "num gain-text", text: answer.gain[row.code] ? signed(answer.gain[row.code]) : "" })
      : el("td", { class: "num", text: distanceWords(row.distance_m ?? row.minutes, name) }),
    el("td", { class: "num", text: distanceWords(row.needed_all, name) }),
  ];
  const shown = allRows ? rows : rows.slice(0, FIRST_ROWS);
  const titles = [
    t("序"),
    t("村名"),
    t("未覆盖/{unit}", { unit: unit(answer.unit) }),
    gaining ? t("新增/{unit}", { unit: unit(answer.unit) }) : t("平均/{unit}", { unit: length }),
    t("全到需/{unit}", { unit: length }),
  ];
  const table = el(
    "table",
    { class: "table planner-table" },
    el("caption", { class: "sr-only", text: t("未覆盖最多的村") }),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        titles.map((title, i) => el("th", { scope: "col", class: i === 1 ? null : "num", text: title })),
      ),
    ),
    el(
      "tbody",
      {},
      shown.map((row, i) => el("tr", { data: { code: row.code } }, cells(row, i))),
    ),
  );
  const more =
    rows.length > FIRST_ROWS
      ? el("button", {
          type: "button",
          class: "link-button",
          text: allRows ? t("只看前 {n} 个", { n: FIRST_ROWS }) : t("看全部 {n} 个村", { n: rows.length }),
          on: {
            click: () => {
              allRows = !allRows;
              villages(answer);
              mark();
            },
          },
        })
      : null;
  put(
    byId("planner-villages"),
    head(
      gaining ? t("受影响的村和未覆盖最多的村") : t("未覆盖最多的村"),
      rows.length ? t("共 {n} 个村，点行定位", { n: rows.length }) : "",
    ),
    rows.length ? table : el("p", { class: "note", text: t("每个村都全部覆盖。") }),
    more,
  );
}

const townshipName = (answer, code) => answer.townships.find((one) => code.startsWith(one.code))?.name ?? "";

function choose(layer, code) {
  app.state.set({ selected: { layer, key: code } });
  const place = app.layers.place(layer, code);
  if (place) app.view.showBounds(place.bounds, { maxZoom: 13 });
}

/** The row of what is chosen on the map, and its township's bar. */
function mark() {
  const { selected } = app.state.get();
  const key = selected?.key ?? "";
  for (const row of byId("planner-villages").querySelectorAll("tbody tr")) {
    const on = selected?.layer === layerOf("village") && row.dataset.code === key;
    row.setAttribute("aria-selected", String(on));
    if (on) row.scrollIntoView({ block: "nearest" });
  }
  for (const one of byId("planner-townships").querySelectorAll(".township"))
    one.setAttribute("aria-current", String(Boolean(key) && key.startsWith(one.dataset.code)));
  const answer = answers.coverage.answer;
  if (!answer || selected?.layer !== layerOf("village") || allRows || byId("planner-villages").querySelector("[aria-selected=true]"))
    return;
  if (ranked(answer).some((row) => row.code === key)) {
    allRows = true;
    villages(answer);
    mark();
  }
}

// ---- gaps ----

function drawGaps({ gaps }) {
  const box = byId("planner-gaps");
  const lived = gaps.filter((gap) => gap.people >= 0.5);
  box.hidden = !lived.length;
  const name = answers.coverage.answer?.unit ?? "";
  const items = lived.slice(0, 5).map((gap) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "place", on: { click: () => showGap(gap) } },
        el(
          "span",
          { class: "place-name" },
          t("空白 {n}", { n: gap.rank }),
          el("small", {
            text:
              gap.villages
                .slice(0, 4)
                .map((one) => one.name)
                .join(t("、")) + (gap.villages.length > 4 ? t("等 {n} 村", { n: gap.villages.length }) : ""),
          }),
        ),
        el("span", { class: "place-value", text: `${amount(gap.people, name)} · ${number(gap.area_km2, 1)} km²` }),
      ),
    ),
  );
  put(box, head(t("住着人的空白"), t("{n} 片，人多的在前", { n: number(lived.length) })), el("ul", { class: "places" }, items));
}

function showGap({ geometry }) {
  const points = geometry.coordinates.flat(geometry.type === "MultiPolygon" ? 2 : 1);
  const [lngs, lats] = [0, 1].map((i) => points.map((point) => point[i]));
  app.view.showBounds(
    [
      [Math.min(...lats), Math.min(...lngs)],
      [Math.max(...lats), Math.max(...lngs)],
    ],
    { maxZoom: 13 },
  );
}

// ---- which one could close ----

function needsSection() {
  const list = el("div", {});
  const box = el("details", { class: "section planner-needs" }, el("summary", {}, el("h3", { text: t("哪一处最可以关") })), list);
  const load = () =>
    box.open &&
    fillFrom(
      list,
      () => app.api.get(`/api/coverage/needs?${question.query()}`),
      (found) => needs(found),
      t("没有取到"),
    );
  box.addEventListener("toggle", load);
  answers.coverage.on((answer) => answer && load());
  return box;
}

function needs({ rows }) {
  const name = answers.coverage.answer.unit;
  const least = rows.filter((row) => !row.outside).slice(0, LEAST);
  const items = least.map((row) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "place", on: { click: () => openCentre(row.code) } },
        el("span", { class: "place-name", text: row.name }),
        el("span", {
          class: "place-value",
          text: row.alone >= 0.5 ? t("只有它覆盖 {n}", { n: amount(row.alone, name) }) : t("别处都够得着"),
        }),
      ),
    ),
  );
  const spare = rows.filter((row) => !row.outside && row.alone < 0.5).length;
  return [
    el("p", { class: "note", text: t("{n} 处关掉任何一处，覆盖的人都不减少。", { n: number(spare) }) }),
    el("ul", { class: "places" }, items),
  ];
}

// ---- how it was worked out ----

function method(answer) {
  const save = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-haspopup": "dialog",
      on: { click: (event) => downloads(event.currentTarget) },
    },
    icon("download", "s"),
    t("导出"),
  );
  const share = el(
    "button",
    { type: "button", class: "button button-small", on: { click: () => app.controls.share() } },
    icon("link", "s"),
    t("复制链接"),
  );
  const editions = Object.entries(answer.editions).map(([layer, edition]) =>
    el("li", {}, `${app.layers.entry(layer)?.title ?? layer} `, el("code", { text: edition })),
  );
  put(
    byId("planner-method"),
    el("div", { class: "card-actions" }, save, share),
    el("h3", { text: t("怎么算的") }),
    el("p", { class: "note", text: answer.method }),
    answer.notes.map((one) => el("p", { class: "note", text: one })),
    el("ul", { class: "note planner-editions", "aria-label": t("数据版本") }, editions),
    answer.demo ? el("p", {}, el("span", { class: "mark-demo", text: t("演示数据") })) : null,
  );
}

function downloads(anchor) {
  popover(
    anchor,
    (close) => ({
      title: t("导出"),
      body: el(
        "div",
        { class: "menu" },
        FORMATS.map(([format, title]) =>
          el(
            "a",
            {
              href: `/api/coverage/export?${question.query({ format })}`,
              download: "",
              on: { click: () => setTimeout(close, 100) },
            },
            icon("file-down", "s"),
            title,
          ),
        ),
        el("p", { class: "menu-note", text: t("各村的表，附方法和数据版本。") }),
      ),
    }),
    { width: 220 },
  );
}
