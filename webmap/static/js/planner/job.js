// “Find the best k”: asked for as a job, watched while it runs, stopped at will; its places go onto the map.

import { t } from "../core/i18n.js";
import { address, PAGE, queued } from "../core/jobs.js";
import { send } from "../core/send.js";
import { number, restored } from "../core/units.js";
import { el, icon, put } from "../ui/dom.js";
import { announce } from "../ui/toast.js";
import * as places from "./places.js";
import * as question from "./plan.js";
import { amount, OBJECTIVES, valueWords } from "./words.js";

const POLL_MS = 300;
const MOST = 50;
const SOUGHT = ["add", "objective", "candidates"];

/** @typedef {Record<string, string>} SitingPlan the words of what is looked for */

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {HTMLElement} */
let controls;
/** @type {HTMLElement} */
let card;
/** @type {{id: string, plan: SitingPlan, unit: string} | null} */
let job = null; // {id, query, add}
/** @type {HTMLElement} */
let box;
let asked = ""; // the question that the card answers: when another one is asked it leaves

/** The section of the left panel.
 * @param {App} house
 * @param {import("./answers.js").Answers} given
 * @param {Api.Choices} choices */
export function init(house, given, choices) {
  app = house;
  answers = given;
  sites = choices.candidates;
  among = picker("candidates", t("候选点"), CANDIDATES);
  controls = el("div", { class: "planner-siting" });
  card = el("div", { class: "job", role: "status", hidden: true });
  box = el(
    "section",
    { class: "planner-part", "aria-labelledby": "planner-siting" },
    el(
      "div",
      { class: "planner-head" },
      el("h3", { id: "planner-siting", text: t("选址") }),
      el("label", { class: "note planner-candidates" }, t("候选点"), among),
    ),
    controls,
    card,
  );
  app.state.on(["plan", "area"], draw);
  answers.shapes.on(nameCandidates);
  addEventListener("pagehide", () => job && stopped(job.id, { leaving: true }));
  build();
  draw();
  return box;
}

/** Where new centres may stand; what the places of the demand are is known with the first answer.
 * @type {Record<string, () => string>} */
const CANDIDATES = {
  settlements: () => (PLACED[answers.shapes.answer?.level ?? ""] ?? PLACED.settlements)(),
  gaps: () => t("没有到达的地点"),
  villages: () => t("{n} 个村址", { n: number(sites) }),
};
/** @type {Record<string, () => string>} */
const PLACED = { settlements: () => t("各居民点"), grids: () => t("各网格"), villages: () => t("各村") };

/** @type {HTMLInputElement} */
let field;
/** @type {HTMLSelectElement} */
let goal;
/** @type {HTMLSelectElement} */
let among;
let sites = 0; // villages where a centre could be
/** @type {HTMLButtonElement} */
let go;

function build() {
  field = el("input", {
    type: "text",
    inputmode: "numeric",
    "aria-label": t("新增几处"),
    class: "stepper-value",
    data: { name: "add" },
  });
  field.addEventListener("change", () => setAdd(Number(field.value)));
  const step = (/** @type {number} */ by, /** @type {string} */ name, /** @type {string} */ label) =>
    el(
      "button",
      {
        type: "button",
        class: "stepper-button",
        "aria-label": label,
        on: { click: () => setAdd(Number(question.plan().add) + by) },
      },
      icon(name, "s"),
    );
  goal = picker("objective", t("目标"), OBJECTIVES);
  go = el("button", { type: "button", class: "button button-primary", id: "planner-solve", on: { click: start } });
  put(
    controls,
    el(
      "div",
      { class: "planner-pair" },
      el("div", { class: "stepper" }, step(-1, "minus", t("少一处")), field, step(1, "plus", t("多一处"))),
      goal,
    ),
    el("div", { class: "planner-pair" }, go, places.button()),
    el("p", {
      class: "note planner-hint",
      text: t("最多算 {n} 秒，可以取消；结果写明离最优还差多少。", { n: question.plan().seconds }),
    }),
  );
}

/** A choice among the words of a part of the question.
 * @param {string} name
 * @param {string} label
 * @param {Record<string, () => string>} words */
function picker(name, label, words) {
  const node = el(
    "select",
    { class: "field", "aria-label": label, data: { name } },
    Object.entries(words).map(([id, say]) => el("option", { value: id, text: say() })),
  );
  node.addEventListener("change", () => question.change({ [name]: node.value, scenario: question.plan().scenario }));
  return node;
}

function nameCandidates() {
  for (const option of among.options) option.textContent = CANDIDATES[option.value]();
}

/** @param {number} value */
function setAdd(value) {
  const add = Math.max(1, Math.min(MOST, Math.round(value) || 1));
  question.change({ add: String(add), scenario: question.plan().scenario });
}

function draw() {
  const { add, objective, candidates } = question.plan();
  field.value = add;
  goal.value = objective;
  among.value = candidates;
  put(go, icon("sparkles", "s"), objective === "set-cover" ? t("求最少几处") : t("求最优 {n} 处", { n: add }));
  field.disabled = objective === "set-cover";
  if (!card.hidden && asked !== askedNow()) leave();
}

/** All that the search hangs on. */
const askedNow = () => [question.query(), ...SOUGHT.map((name) => question.plan()[name])].join(" ");

/** Another question is asked: what is said of the old one goes, and nobody waits for it any more. */
function leave() {
  card.hidden = true;
  controls.querySelector(".planner-hint").hidden = false;
  if (!job) return;
  stopped(job.id);
  ended();
}

/** Nobody waits for it any more; it may just have ended.
 * @param {string} id
 * @param {{leaving?: boolean}} [how] */
const stopped = (id, how) => send(`/api/jobs/${id}`, null, "DELETE", how).catch(() => null);

// ---- running ----

async function start() {
  const { add, objective, candidates, seconds } = question.plan();
  const [goal_, prefer = ""] = objective.split(":");
  const plan = {
    ...Object.fromEntries(new URLSearchParams(question.query())),
    add,
    objective: goal_,
    prefer,
    candidates,
    seconds,
  };
  go.disabled = true;
  asked = askedNow();
  say({ state: "waiting", done: 0, message: "", ahead: 0, worker: true });
  try {
    const { id } = await send("/api/jobs", { kind: "siting", plan, page: PAGE });
    job = { id, plan, unit: answers.coverage.answer?.unit ?? "" };
    watch(id);
  } catch (error) {
    ended();
    failed(error.message, error.code);
  }
}

/** @param {string} id */
async function watch(id) {
  let misses = 0;
  while (job?.id === id) {
    await new Promise((done) => setTimeout(done, POLL_MS));
    try {
      /** @type {Api.WatchedJob} */
      const state = await app.api.get(address(id));
      misses = 0;
      if (job?.id !== id) return;
      if (!["waiting", "running"].includes(state.state)) return void finish(state, job.plan);
      say(state);
    } catch (error) {
      if ((misses += 1) < 5 && error.status !== 404) continue;
      ended();
      return void failed(error.message, error.code);
    }
  }
}

async function cancel() {
  if (!job) return;
  try {
    const state = await send(`/api/jobs/${job.id}`, null, "DELETE");
    if (job && state.state === "cancelled") finish(state, job.plan);
  } catch (error) {
    failed(error.message, error.code);
  }
}

function ended() {
  job = null;
  go.disabled = false;
}

/** The card stands in the place of the hint, where it is seen. */
function reveal() {
  if (!card.hidden) return;
  controls.querySelector(".planner-hint").hidden = true;
  card.hidden = false;
  card.scrollIntoView({ block: "nearest" });
}

/** What is being done, the best so far, and the way to stop it.
 * @param {Pick<Api.WatchedJob, "state" | "done" | "message" | "ahead" | "worker"> & {wait_s?: number | null, best?: Api.Best | null}} state */
function say({ state, done, message, best, ahead, wait_s, worker }) {
  reveal();
  card.dataset.state = state;
  const lost = state === "waiting" && !worker;
  const title = lost ? t("没有任务进程在运行") : state === "waiting" ? queued({ ahead, wait_s }) : message || t("正在准备");
  const hint = lost
    ? t("任务已排队。用 serve 启动会自带任务进程，或另外运行 python -m webmap worker。")
    : best
      ? bestWords(best, job?.plan.objective ?? "")
      : "";
  put(
    card,
    el(
      "p",
      { class: "job-title" },
      lost ? icon("circle-alert", "s") : null,
      el("b", { text: title }),
      el("span", { class: "grow" }),
      el("button", {
        type: "button",
        class: "button button-small button-text",
        text: t("取消"),
        on: { click: cancel },
      }),
    ),
    lost ? null : el("progress", { max: 1, value: state === "waiting" ? null : done, "aria-label": t("求解进度") }),
    hint ? el("p", { class: "note", text: hint }) : null,
  );
}

/** Value, proven bound and the gap between them.
 * @param {{value: number, bound: number | null, gap: number | null}} best
 * @param {string} objective */
function bestWords({ value, bound, gap }, objective) {
  return t("{value}，{side} {bound}，{proven}", {
    value: VALUES[objective](figure(value, objective)),
    side: objective === "max-cover" ? t("上界") : t("下界"),
    bound: figure(bound, objective),
    proven: provenWords(gap),
  });
}

/** @param {number | null} gap */
function provenWords(gap) {
  if (gap === null) return t("离最优多远还不知道");
  return gap <= 1e-9 ? t("差距 0 %，已证明最优") : t("离最优最多差 {n} %", { n: number(restored(gap, 100), gap < 0.01 ? 2 : 1) });
}

/** @type {Record<string, (n: string) => string>} */
const VALUES = {
  "max-cover": (n) => t("到达 {n}", { n }),
  "set-cover": (n) => t("共 {n}", { n }),
  "p-median": (n) => t("总路程 {n}", { n }),
  "p-center": (n) => t("最远 {n}", { n }),
};

/** @param {number | null | undefined} value
 * @param {string} objective */
const figure = (value, objective) =>
  valueWords(value, objective, { length: question.within().unit, demand: answers.coverage.answer?.unit ?? "" });

/** @param {Api.WatchedJob} state
 * @param {SitingPlan} plan */
function finish(state, plan) {
  ended();
  if (state.state === "failed") return failed(state.error?.message ?? "", state.error?.code);
  const result = /** @type {Api.Siting | null} */ (state.result);
  if (!result?.chosen?.length)
    return void done(
      state.state === "cancelled" ? t("已取消") : t("不用再加：现有中心已经做到"),
      result ? resultWords(result, plan) : state.message,
      "circle-x",
    );
  asked = ""; // with its places on the map the question is another one
  places.addAll(result.chosen.map((one) => [one.lon, one.lat]));
  asked = askedNow();
  const names = result.chosen.map((one) => one.name).join(t("、"));
  const title =
    state.state === "cancelled"
      ? t("已取消，放上了当时最好的 {n} 处", { n: result.chosen.length })
      : result.seconds < 0.1
        ? t("求解完成，用时不到 0.1 秒")
        : t("求解完成，用时 {n} 秒", { n: number(result.seconds, 1) });
  return void done(title, [resultWords(result, plan), names].join(t("。")), "circle-check");
}

/** @param {Api.Siting} result
 * @param {SitingPlan} plan */
function resultWords(result, plan) {
  const { value, bound, before, optimal } = result;
  const words = bestWords({ value, bound, gap: optimal ? 0 : result.gap }, plan.objective);
  const more =
    plan.objective === "max-cover" && before !== undefined && before !== null
      ? t("新增到达 {n}，", { n: amount(value - before, answers.coverage.answer?.unit ?? "") })
      : "";
  return more + words;
}

/** @param {string} title
 * @param {string} words
 * @param {string} symbol */
function done(title, words, symbol) {
  reveal();
  card.dataset.state = "done";
  put(
    card,
    el("p", { class: "job-title" }, icon(symbol, "s"), el("b", { text: title })),
    words ? el("p", { class: "note", text: words }) : null,
  );
  card.scrollIntoView({ block: "nearest" });
  announce(`${title} ${words}`);
}

/** @param {string} message
 * @param {string | undefined} code */
function failed(message, code) {
  reveal();
  card.dataset.state = "failed";
  put(
    card,
    el("p", { class: "job-title" }, icon("circle-alert", "s"), el("b", { text: t("没有求出来") })),
    el("p", { class: "note", text: message }),
    el("p", { class: "source", text: t("错误码 {code}", { code }) }),
  );
  announce(t("没有求出来"));
}
