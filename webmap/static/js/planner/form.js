// The questions on the left: services, whom, standard, threshold, way of measuring, area. Built once, kept true to the plan.

import { whole } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { segmentsOf } from "../ui/segments.js";
import * as question from "./plan.js";
import { DEMANDS, limitWords, MODES, TRAVELS } from "./words.js";

const SHOWN = 4; // services before “more”
const FACTORS = [1.1, 1.2, 1.3, 1.4, 1.5, 1.8, 2];

/** @type {App} */
let app;
/** @type {Api.Choices} */
let choices;
/** @type {import("./slider.js").Slider} */
let slider;
let allServices = false;
/** @type {Api.Named[]} */
let townships = [];

/** `more` are sections of other modules that follow the questions.
 * @param {App} house
 * @param {{choices: Api.Choices, answers: import("./answers.js").Answers, slider: import("./slider.js").Slider}} parts
 * @param {HTMLElement} more */
export function init(house, { choices: given, answers, slider: shared }, more) {
  app = house;
  choices = given;
  slider = shared;
  put(
    byId("planner"),
    section("services", t("服务设施"), t("可多选")),
    section("demand", t("服务人群")),
    section("standard", t("标准")),
    el("section", { class: "planner-part" }, slider.node),
    section("mode", t("量距离的方式")),
    more,
    section("area", t("范围")),
  );
  byId("planner-reset").addEventListener("click", question.reset);
  answers.coverage.on((answer) => answer && learnTownships(answer));
  app.state.on(["plan", "area"], draw);
  draw();
}

/** @param {string} name
 * @param {string} title */
function section(name, title, note = "") {
  return el(
    "section",
    { class: "planner-part", data: { part: name }, "aria-labelledby": `planner-${name}` },
    el("div", { class: "planner-head" }, el("h3", { id: `planner-${name}`, text: title }), el("span", { class: "note", text: note })),
    el("div", { class: "planner-body" }),
  );
}

/** @param {string} name
 * @returns {HTMLElement} */
const body = (name) => byId("planner").querySelector(`[data-part=${name}] .planner-body`);
/** @param {string} name
 * @param {string} text */
const note = (name, text) => {
  byId("planner").querySelector(`[data-part=${name}] .planner-head .note`).textContent = text;
};

function draw() {
  const plan = question.plan();
  keepFocus(() => {
    drawServices();
    drawDemand(plan);
    drawStandard(plan);
    drawMode(plan);
    drawArea();
  });
  slider.draw();
}

/** Parts are drawn anew with every change: the control that had the focus keeps it.
 * @param {() => void} work */
function keepFocus(work) {
  const { name } = /** @type {HTMLElement} */ (document.activeElement)?.dataset ?? {};
  const inside = byId("planner").contains(document.activeElement);
  work();
  if (inside && name)
    byId("planner")
      .querySelector(`[data-name="${CSS.escape(name)}"]`)
      ?.focus({ preventScroll: true });
}

// ---- services ----

function drawServices() {
  const chosen = question.services();
  const first = [...choices.services].sort((a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)));
  const shown = allServices ? choices.services : first.slice(0, Math.max(SHOWN, chosen.length));
  const rest = choices.services.length - shown.length;
  const chips = shown.map((one) => {
    const on = chosen.includes(one.id);
    return el(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": String(on),
        data: { name: `service:${one.id}` },
        on: { click: () => toggleService(one.id) },
      },
      on ? icon("check", "s") : null,
      one.title,
      el("span", { class: "chip-count", text: number(one.count) }),
    );
  });
  const fold =
    rest > 0 || allServices
      ? el(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-expanded": String(allServices),
            data: { name: "service-more" },
            on: {
              click: () => {
                allServices = !allServices;
                draw();
              },
            },
          },
          allServices ? t("收起") : t("更多 {n} 种", { n: rest }),
        )
      : null;
  const match = chosen.length > 1 ? segments("match", t("几种服务一起算"), { any: t("任一种到就算"), each: t("每种都要到") }) : null;
  put(body("services"), el("div", { class: "chips" }, chips, fold), match);
}

/** @param {string} id */
function toggleService(id) {
  const chosen = question.services();
  const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
  if (!next.length) return; // at least one service is asked about
  question.change({ services: next.join(","), close: "", capacity: "", ...(next.length > 1 ? {} : { match: "any" }) });
}

// ---- whom ----

/** @param {question.Plan} plan */
function drawDemand(plan) {
  const known = choices.demands.filter((one) => one.layer);
  put(body("demand"), segments("demand", t("服务人群"), Object.fromEntries(known.map(({ id }) => [id, DEMANDS[id]()]))));
  const now = choices.demands.find((one) => one.id === plan.demand);
  note("demand", now?.layer ? t("按{layer}分布", { layer: now.layer }) : "");
}

// ---- standard ----

/** @param {question.Plan} plan */
function drawStandard(plan) {
  const { limit, unit } = question.within();
  const chosen = question.services();
  const fitting = choices.standards.filter((one) => !one.services.length || one.services.some((id) => chosen.includes(id)));
  const now =
    fitting.find((one) => one.within === limit && one.unit === unit && one.population === plan.demand) ??
    fitting.find((one) => one.within === limit && one.unit === unit);
  const pick = el(
    "select",
    { class: "field", "aria-label": t("标准"), data: { name: "standard" } },
    el("option", { value: "", text: t("自定：{limit}", { limit: limitWords({ limit, unit }) }), hidden: Boolean(now) }),
    fitting.map((one) => el("option", { value: one.id, text: one.title })),
  );
  pick.value = now?.id ?? "";
  pick.addEventListener("change", () => {
    const one = fitting.find((item) => item.id === pick.value);
    if (one) question.change({ within: `${one.within}${one.unit}`, demand: one.population });
  });
  note(
    "standard",
    now ? { standard: t("标准条款"), suggestion: t("建议值，没有条款"), county: t("县级标准") }[now.basis] : t("没有选标准"),
  );
  const source = now?.document ? `${now.document} ${now.clause}` : "";
  put(body("standard"), pick, now ? el("p", { class: "note", text: [source, now.note].filter(Boolean).join(t("；")) }) : null);
}

// ---- how far it is ----

/** @param {question.Plan} plan */
function drawMode(plan) {
  const modes = Object.fromEntries(
    Object.entries(MODES).map(([id, words]) => [id, id === "detour" && plan.mode === "detour" ? `${words()} ${plan.detour}` : words()]),
  );
  const road = { road: choices.roads ? null : t("还没有道路数据") };
  /** @type {HTMLElement[]} */
  const parts = [segments("mode", t("量距离的方式"), modes, road)];
  /** @type {Record<string, string>} */
  const words = {
    straight: t("两点之间的直线，偏乐观。"),
    detour: t("直线距离 × 系数，估计实际走的路"),
    road: t("沿道路走，到不了路的地方算到不了。"),
  };
  const say = el("p", { class: "note", text: words[plan.mode] });
  parts.push(
    plan.mode === "detour"
      ? el(
          "div",
          { class: "planner-row planner-factor" },
          say,
          select(
            "detour",
            FACTORS.map((one) => [String(one), String(one)]),
            plan.detour,
          ),
        )
      : say,
  );
  if (question.services().every((id) => choices.capacities.includes(id)) && plan.match === "any") parts.push(capacity(plan));
  const minutes = question.within().unit === "min";
  if (plan.mode === "road" || minutes)
    parts.push(
      row(
        t("怎么去"),
        segments(
          "travel",
          t("怎么去"),
          Object.fromEntries(
            Object.entries(TRAVELS)
              .filter(([id]) => plan.mode === "road" || id !== "car")
              .map(([id, say]) => [id, say()]),
          ),
        ),
      ),
    );
  put(body("mode"), parts);
}

/** @param {question.Plan} plan */
function capacity(plan) {
  const tick = el("input", {
    type: "checkbox",
    class: "check",
    checked: plan.capacity === "1",
    data: { name: "capacity" },
    on: { change: () => question.change({ capacity: tick.checked ? "1" : "" }) },
  });
  return el("label", { class: "planner-tick" }, tick, el("span", { text: t("计容量：由近到远分，满了轮到下一处") }));
}

/** @param {string} label
 * @param {HTMLElement} control */
const row = (label, control) => el("div", { class: "planner-row" }, el("span", { text: label }), control);

/** @param {string} name
 * @param {string[][]} options
 * @param {string} value */
function select(name, options, value) {
  const known = options.some(([id]) => id === value) ? options : [...options, [value, value]];
  const field = el(
    "select",
    { class: "field field-small", "aria-label": t("绕行系数"), data: { name } },
    known.map(([id, text]) => el("option", { value: id, text })),
  );
  field.value = value;
  field.addEventListener("change", () => question.change({ [name]: field.value }));
  return field;
}

// ---- area ----

/** @param {Api.CoverageAnswer} answer */
function learnTownships({ townships: found, parameters }) {
  if (parameters.code || townships.length) return;
  townships = found.map(({ code, name }) => ({ code, name }));
  drawArea();
}

function drawArea() {
  const { area } = app.state.get();
  const known = townships.some((one) => one.code === area) || !area ? townships : [{ code: area, name: area }, ...townships];
  const field = el(
    "select",
    { class: "field", "aria-label": t("范围"), data: { name: "area" } },
    el("option", { value: "", text: whole() }),
    known.map((one) => el("option", { value: one.code, text: one.name })),
  );
  field.value = area ?? "";
  field.addEventListener("change", () => app.state.set({ area: field.value || null }));
  put(body("area"), field);
  note("area", t("范围外的中心也算"));
}

// ---- segments ----

/** @param {string} name
 * @param {string} label
 * @param {Record<string, string>} options */
function segments(name, label, options, off = {}) {
  return segmentsOf(name, label, options, {
    value: question.plan()[name],
    choose: (id) => question.change({ [name]: id, ...settle(name, id) }),
    off,
  });
}

/** A choice may rule out another: driving is measured along roads.
 * @param {string} name
 * @param {string} id */
function settle(name, id) {
  return name === "mode" && id !== "road" && question.plan().travel === "car" ? { travel: "walk" } : {};
}
