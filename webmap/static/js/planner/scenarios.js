// Scenarios: saved under a name with a link that cannot be guessed, listed beside what there is now, compared by a table of
// differences and by switching between them on the map.

import { layerOfCode } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { send } from "../core/send.js";
import { difference, number, restored, unit } from "../core/units.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { popover } from "../ui/popover.js";
import { copyText, empty, problem } from "../ui/states.js";
import { announce, toast } from "../ui/toast.js";
import * as question from "./plan.js";
import { shareWords, signed } from "./words.js";

const KEY = "govmap-scenarios";
const MOST = 12;
const TOKEN = /^[0-9a-f]{32}$/;
const SHOWN = 10;

let app;
let answers;
let box;
let saved = []; // {token, name, query, url, …figures} once known
/** @type {HTMLElement | null} */
let compared = null;

/** The section of the right panel. */
export function init(house, given) {
  app = house;
  answers = given;
  box = el("section", { class: "section", id: "planner-scenarios" });
  answers.coverage.on((answer) => answer && draw());
  app.state.on(["plan"], follow);
  begin();
  return box;
}

/** Known scenarios of this browser, and those that the address names. */
async function begin() {
  const { scenario, compare } = question.plan();
  const named = [scenario, ...(compare ?? "").split(",")].filter((token) => TOKEN.test(token ?? ""));
  const tokens = [...new Set([...named, ...remembered()])].slice(0, MOST);
  saved = (await Promise.all(tokens.map((token) => load(token, named.includes(token))))).filter(Boolean);
  remember();
  const opened = saved.find((one) => one.token === scenario);
  if (opened) adopt(opened);
  draw();
  showCompared();
}

async function load(token, wanted) {
  try {
    return await app.api.get(`/api/scenarios/${token}`);
  } catch (error) {
    if (wanted) toast(t("方案打不开：{why}", { why: error.message }), { kind: "warning" });
    return null;
  }
}

/** A link that only names a scenario takes its question over; one with words of its own keeps them. */
function adopt(one) {
  const own = Object.keys(app.state.get().plan ?? {}).filter((name) => !["scenario", "compare", "add", "objective"].includes(name));
  if (own.length) return;
  open(one);
}

function open(one) {
  question.adopt(one.query, { scenario: one.token, compare: question.plan().compare });
  if (one.changed.length) toast(t("保存以后数据更新过，数字按现在的数据算。"));
}

// ---- the list ----

function draw() {
  const answer = answers.coverage.answer;
  if (!answer) return;
  const { scenario } = question.plan();
  const gain = Object.values(answer.gain).reduce((sum, one) => sum + one, 0);
  const proposals = question.places().length || question.closed().length;
  const now = { covered: answer.covered - gain, total: answer.total, unit: answer.unit };
  const rows = [
    line(
      t("现状"),
      { ...now, gain: null, placed: 0, closed: 0 },
      { on: !proposals && !scenario, run: () => question.change({ place: "", close: "" }) },
    ),
    proposals && !scenario
      ? line(
          t("正在编辑"),
          {
            covered: answer.covered,
            total: answer.total,
            unit: answer.unit,
            gain,
            placed: question.places().length,
            closed: question.closed().length,
          },
          { on: true },
        )
      : null,
    saved.map((one) => line(one.name, one, { on: scenario === one.token, run: () => open(one), token: one.token })),
  ];
  const picked = pickedTokens();
  const save = el(
    "button",
    {
      type: "button",
      class: "button button-primary button-small",
      "aria-haspopup": "dialog",
      on: { click: (event) => saveAs(event.currentTarget) },
    },
    icon("save", "s"),
    t("保存方案"),
  );
  const compare =
    saved.length > 1
      ? el(
          "button",
          {
            type: "button",
            class: "button button-small",
            disabled: picked.length !== 2,
            on: { click: () => question.change({ compare: picked.join(","), scenario }) },
          },
          icon("square-split-horizontal", "s"),
          t("比较选中的两个"),
        )
      : null;
  put(
    box,
    el(
      "div",
      { class: "section-head" },
      el("h3", { text: t("方案对比") }),
      el("span", { class: "note", text: saved.length > 1 ? t("勾两个可以比") : t("点行在地图上看") }),
    ),
    el(
      "table",
      { class: "table planner-table" },
      el("caption", { class: "sr-only", text: t("方案对比") }),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          saved.length > 1 ? el("th", { scope: "col" }, el("span", { class: "sr-only", text: t("选来比较") })) : null,
          [t("方案"), t("增减"), t("覆盖率"), t("比现状/{unit}", { unit: unit(answer.unit) })].map((title, i) =>
            el("th", { scope: "col", class: i ? "num" : null, text: title }),
          ),
        ),
      ),
      el("tbody", {}, rows),
    ),
    el("div", { class: "card-actions after" }, save, compare),
    el("div", { id: "planner-compare" }, compared),
  );
}

const ticks = new Set();
/** The older first: the table says what the newer one changes. */
const pickedTokens = () =>
  saved
    .map((one) => one.token)
    .filter((token) => ticks.has(token))
    .reverse();

/** @param {string} name
 * @param {any} figures
 * @param {{on: boolean, run?: () => void, token?: string}} how */
function line(name, figures, { on, run, token }) {
  const tick = token
    ? el("input", {
        type: "checkbox",
        class: "check",
        checked: ticks.has(token),
        "aria-label": t("选“{name}”来比较", { name }),
        on: {
          change: (event) => {
            event.target.checked ? ticks.add(token) : ticks.delete(token);
            draw();
          },
        },
      })
    : null;
  const title = run ? el("button", { type: "button", class: "row-name", text: name, on: { click: run } }) : el("b", { text: name });
  const tools = token
    ? [
        el(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": t("复制“{name}”的链接", { name }),
            title: t("复制链接"),
            on: { click: () => copyText(linkOf(token), t("链接已复制")) },
          },
          icon("link", "s"),
        ),
        el(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": t("从列表拿掉“{name}”", { name }),
            title: t("从列表拿掉"),
            on: { click: () => forget(token) },
          },
          icon("x", "s"),
        ),
      ]
    : null;
  const changes = [figures.placed ? `+${figures.placed}` : "", figures.closed ? `−${figures.closed}` : ""].filter(Boolean).join(" ");
  return el(
    "tr",
    { "aria-selected": String(Boolean(on)), data: token ? { token } : {} },
    saved.length > 1 ? el("td", {}, tick) : null,
    el("td", {}, el("span", { class: "scenario-name" }, title, tools)),
    el("td", { class: "num", text: changes || "—" }),
    el("td", { class: "num", text: shareWords(figures) }),
    el("td", { class: "num", text: figures.gain === null ? "—" : signed(figures.gain) }),
  );
}

const linkOf = (token) => `${location.origin}/map/coverage?scenario=${token}`;

// ---- saving ----

function saveAs(anchor) {
  popover(
    anchor,
    (close) => {
      const field = el("input", {
        type: "text",
        class: "field",
        maxlength: 60,
        "aria-label": t("方案名称"),
        value: t("方案 {n}", { n: saved.length + 1 }),
      });
      const go = el("button", { type: "submit", class: "button button-primary button-small", text: t("保存") });
      const form = el("form", { class: "planner-save" }, field, go);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        go.disabled = true;
        try {
          await save(field.value);
          close();
        } catch (error) {
          go.disabled = false;
          toast(t("没有保存：{why}", { why: error.message }), { kind: "warning" });
        }
      });
      setTimeout(() => field.select());
      return {
        title: t("保存方案"),
        body: [form, el("p", { class: "note", text: t("保存的是条件和拟建点。有链接的人都能打开，链接猜不到。") })],
      };
    },
    { width: 300 },
  );
}

async function save(name) {
  const made = await send("/api/scenarios", { name, query: question.query() });
  const one = await app.api.get(`/api/scenarios/${made.token}`);
  saved = [one, ...saved].slice(0, MOST);
  remember();
  question.change({ scenario: one.token, compare: question.plan().compare });
  draw();
  toast(t("已保存“{name}”", { name: one.name }), {
    action: { label: t("复制链接"), run: () => copyText(linkOf(one.token), t("链接已复制")) },
  });
  announce(t("已保存“{name}”", { name: one.name }));
}

function forget(token) {
  saved = saved.filter((one) => one.token !== token);
  ticks.delete(token);
  remember();
  const { scenario, compare } = question.plan();
  if (scenario === token || compare?.includes(token)) question.change({ ...(scenario === token ? {} : { scenario }), compare: undefined });
  draw();
}

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((token) => TOKEN.test(token)) : [];
  } catch {
    return [];
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify(saved.map((one) => one.token)));
  } catch {
    // a browser that forbids storage forgets; the links still work
  }
}

// ---- two beside each other ----

function follow(_state, changed) {
  if (changed.includes("plan")) showCompared();
  draw();
}

let shownPair = "";

async function showCompared() {
  const { compare } = question.plan();
  const [a, b] = (compare ?? "").split(",");
  const pair = TOKEN.test(a) && TOKEN.test(b ?? "") ? `${a},${b}` : "";
  if (pair === shownPair) return markSwitch();
  shownPair = pair;
  if (!pair) {
    compared = null;
    return draw();
  }
  try {
    const found = await app.api.get(`/api/scenarios/compare?a=${a}&b=${b}`);
    if (shownPair !== pair) return undefined;
    compared = table(found);
  } catch (error) {
    const again = () => {
      shownPair = "";
      showCompared();
    };
    compared = problem(t("比较没有取到"), error, again);
  }
  draw();
  return markSwitch();
}

function table({ a, b, difference, townships, rows }) {
  const sides = [a, b];
  const change = [...townships.filter((row) => Math.round(row.difference)), ...rows.slice(0, SHOWN)];
  const shut = () => question.change({ compare: undefined, scenario: question.plan().scenario });
  const flip = el(
    "div",
    { class: "segments planner-segments", role: "group", "aria-label": t("地图上看哪个方案") },
    sides.map((one) =>
      el("button", {
        type: "button",
        data: { token: one.token },
        text: one.name,
        on: { click: () => open({ ...one, changed: [] }) },
      }),
    ),
  );
  const line_ = (name, first, second, last, code) =>
    el(
      "tr",
      { data: code ? { code } : {} },
      el(
        "td",
        {},
        code ? el("button", { type: "button", class: "row-name", text: name, on: { click: () => show(code) } }) : el("b", { text: name }),
      ),
      el("td", { class: "num", text: first }),
      el("td", { class: "num", text: second }),
      el("td", { class: "num", text: last }),
    );
  const n = (value) => number(value, 0);
  return el(
    "div",
    { class: "compare" },
    el(
      "div",
      { class: "section-head after" },
      el("h3", { text: t("两个方案的差别") }),
      el("button", { type: "button", class: "icon-button", "aria-label": t("关闭比较"), on: { click: shut } }, icon("x", "s")),
    ),
    flip,
    el(
      "table",
      { class: "table planner-table" },
      el("caption", { class: "sr-only", text: t("两个方案的差别") }),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          [t("覆盖/{unit}", { unit: unit(a.unit) }), a.name, b.name, t("差")].map((title, i) =>
            el("th", { scope: "col", class: i ? "num" : null, text: title }),
          ),
        ),
      ),
      el(
        "tbody",
        {},
        line_(t("合计"), n(a.covered), n(b.covered), signed(difference)),
        line_(t("覆盖率"), shareWords(a), shareWords(b), t("{n} 个百分点", { n: signedPoints(b.share - a.share) })),
        change.map((row) => line_(row.name, n(row.a), n(row.b), signed(row.difference), row.code)),
      ),
    ),
    change.length
      ? el("p", { class: "note", text: t("先列乡镇，再列差别最大的村。") })
      : empty(t("没有差别"), t("两个方案覆盖的人一样。"), [], "check"),
  );
}

function signedPoints(value) {
  return difference(restored(value, 100), 1);
}

function show(code) {
  const layer = layerOfCode(code);
  app.state.set({ selected: { layer, key: code } });
  const place = app.layers.place(layer, code);
  if (place) app.view.showBounds(place.bounds, { maxZoom: 13 });
}

function markSwitch() {
  const { scenario } = question.plan();
  for (const one of byId("planner-compare")?.querySelectorAll(".segments [data-token]") ?? [])
    one.setAttribute("aria-current", String(one.dataset.token === scenario));
}
