// Scenarios: saved under a name with a link that cannot be guessed, listed beside what there is now. Two of
// them are compared in comparison.js.

import { t } from "../core/i18n.js";
import { send } from "../core/send.js";
import { unit } from "../core/units.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import { popover } from "../ui/popover.js";
import { copyText } from "../ui/states.js";
import { announce, toast } from "../ui/toast.js";
import * as comparison from "./comparison.js";
import * as question from "./plan.js";
import { linkOf, picked, rows, unpick } from "./scenario-rows.js";

const KEY = "govmap-scenarios";
const MOST = 12;

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {HTMLElement} */
let box;
const foot = el("div", { class: "planner-foot", role: "group", "aria-label": t("方案") });
/** @type {Api.ScenarioAnswer[]} */
let saved = []; // once known

/** The list, which stands below the questions, and what stands at their foot.
 * @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  box = el("section", { class: "planner-part", id: "planner-scenarios" });
  comparison.init(app, { draw: drawComparison, show: open });
  answers.coverage.on((answer) => answer && draw());
  app.state.on(["plan"], follow);
  begin();
  drawFoot();
  return { list: box, foot };
}

/** Known scenarios of this browser, and those that the address names. */
async function begin() {
  const { scenario, compare } = question.plan();
  const named = [scenario, ...(compare ?? "").split(",")].filter((token) => question.isToken(token));
  const tokens = [...new Set([...named, ...remembered()])].slice(0, MOST);
  saved = (await Promise.all(tokens.map((token) => load(token, named.includes(token))))).filter((one) => one !== null);
  remember();
  const opened = saved.find((one) => one.token === scenario);
  if (opened) adopt(opened);
  draw();
  comparison.follow();
}

/** @param {string} token
 * @param {boolean} wanted
 * @returns {Promise<Api.ScenarioAnswer | null>} */
async function load(token, wanted) {
  try {
    return await app.api.get(`/api/scenarios/${token}`);
  } catch (error) {
    if (wanted && error.status !== 404) toast(t("方案打不开：{why}", { why: error.message }), { kind: "warning" });
    return null;
  }
}

/** A link that only names a scenario takes its question over; one with words of its own keeps them.
 * @param {Api.ScenarioAnswer} one */
function adopt(one) {
  const own = Object.keys(app.state.get().plan ?? {}).filter(
    (name) => !["scenario", "compare", "swipe", "add", "objective", "show", "decay"].includes(name),
  );
  if (own.length) return;
  open(one, { replace: true });
}

/** @param {Api.ScenarioAnswer} one
 * @param {{replace?: boolean}} [how] */
function open(one, how = {}) {
  const { compare, swipe } = question.plan();
  question.adopt(one.query, { scenario: one.token, compare, swipe: how.replace ? swipe : undefined }, how);
  if (one.changed.length) toast(t("保存以后数据更新过，数字按现在的数据算。"));
}

// ---- the list ----

function draw() {
  drawFoot();
  const answer = answers.coverage.answer;
  if (!answer) return;
  const several = saved.length > 1;
  const titles = [t("方案"), t("建几处"), t("到达 %"), t("新增/{unit}", { unit: unit(answer.unit) })];
  put(
    box,
    heading(t("方案"), several ? t("勾两个可以比") : t("点行在地图上看")),
    el(
      "table",
      { class: "table planner-table" },
      el("caption", { class: "sr-only", text: t("方案") }),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          several ? el("th", { scope: "col" }, el("span", { class: "sr-only", text: t("选来比较") })) : null,
          titles.map((title, i) => el("th", { scope: "col", class: i ? "num" : null, text: title })),
        ),
      ),
      el("tbody", {}, rows(answer, saved, { open, forget, redraw: draw })),
    ),
  );
}

/** Among the results, where there is room for both. */
function drawComparison() {
  const place = byId("planner-compare");
  const node = comparison.node();
  place.hidden = !node;
  put(place, node);
  if (node) place.scrollIntoView({ block: "nearest" });
}

/** What is open, and what can be done with it; it stands at the foot of the questions and never leaves. */
function drawFoot() {
  const name = openName();
  const changed = !name && (question.places().length > 0 || question.closed().length > 0);
  put(
    foot,
    el(
      "p",
      { class: "planner-foot-name" },
      el("b", { text: name || (changed ? t("新方案") : t("现状")) }),
      changed ? el("small", { text: ` ${t("未保存")}` }) : null,
    ),
    compareButton(),
    saveButton(),
  );
}

/** The name of the scenario in view; nothing once its question was changed. */
export const openName = () => saved.find((one) => one.token === question.plan().scenario)?.name ?? "";

function saveButton() {
  return el(
    "button",
    {
      type: "button",
      class: "button button-small planner-save-button",
      "aria-haspopup": "dialog",
      on: { click: (event) => saveAs(event.currentTarget) },
    },
    icon("save", "s"),
    t("保存方案"),
  );
}

function compareButton() {
  const { scenario } = question.plan();
  const two = saved.length === 2 ? saved.map((one) => one.token).reverse() : picked(saved);
  const off = two.length !== 2;
  return el(
    "button",
    {
      type: "button",
      class: "button button-small",
      disabled: off,
      title: off ? t("保存两个方案，勾上就可以比") : null,
      on: { click: () => question.change({ compare: two.join(","), scenario }) },
    },
    t("对比"),
  );
}

// ---- saving ----

/** @param {HTMLElement} anchor */
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

/** @param {string} name */
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

/** @param {string} token */
function forget(token) {
  saved = saved.filter((one) => one.token !== token);
  unpick(token);
  remember();
  const { scenario, compare } = question.plan();
  if (scenario === token || compare?.includes(token))
    question.change({ ...(scenario === token ? {} : { scenario }), compare: undefined, swipe: undefined });
  draw();
}

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((token) => question.isToken(token)) : [];
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

/** @param {State} _state
 * @param {string[]} changed */
function follow(_state, changed) {
  if (changed.includes("plan")) comparison.follow();
  draw();
}
