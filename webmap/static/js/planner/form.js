// The questions on the left: services, whom, standard, threshold, way of measuring, area. Built once, kept true to the plan.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { segmentsOf } from "../ui/segments.js";
import * as area from "./area-field.js";
import * as question from "./plan.js";
import { DEMANDS, limitWords, MODES, modeWords, TRAVELS, WHOM } from "./words.js";

const SHOWN = 3; // services before “more”
const FACTORS = [1.1, 1.2, 1.3, 1.4, 1.5, 1.8, 2];

/** @type {App} */
let app;
/** @type {Api.Choices} */
let choices;
/** @type {import("./slider.js").Slider} */
let slider;
let allServices = false;

/** `more` are sections of other modules that follow the questions.
 * @param {App} house
 * @param {{choices: Api.Choices, answers: import("./answers.js").Answers, slider: import("./slider.js").Slider}} parts
 * @param {HTMLElement[]} more */
export function init(house, { choices: given, answers, slider: shared }, more) {
  app = house;
  choices = given;
  slider = shared;
  put(
    byId("planner"),
    el("p", { class: "planner-question", id: "planner-question" }),
    section("show", t("看什么")),
    section("services", t("服务设施"), t("可多选")),
    section("demand", t("服务人群")),
    section("area", t("范围")),
    el("section", { class: "planner-part" }, slider.node, el("div", { class: "planner-body", data: { body: "standard" } })),
    section("mode", t("量距离的方式")),
    more,
  );
  byId("planner-reset").addEventListener("click", question.reset);
  answers.coverage.on((answer) => answer && drawArea(answer));
  app.layers.need(layerOf("township") ?? "");
  app.layers.on("ready", () => drawArea());
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
const body = (name) => byId("planner").querySelector(`[data-part=${name}] .planner-body, [data-body=${name}]`);
/** @param {string} name
 * @param {string} text */
const note = (name, text) => {
  byId("planner").querySelector(`[data-part=${name}] .planner-head .note`).textContent = text;
};

function draw() {
  const plan = question.plan();
  keepFocus(() => {
    drawShow(plan);
    drawServices();
    drawDemand(plan);
    drawStandard(plan);
    drawMode(plan);
    drawArea();
    drawQuestion();
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

// ---- what is shown ----

/** @param {question.Plan} plan */
function drawShow({ decay }) {
  const access = question.accessible();
  note("show", access ? t("够得着的供给，摊到每个人") : t("谁到得了，谁到不了"));
  /** @type {Record<string, string>} */
  const ways = { "": t("不衰减（2SFCA）"), step: t("分三段（E2SFCA）"), gaussian: t("高斯（E2SFCA）") };
  put(
    body("show"),
    segments("show", t("看什么"), { reach: t("到达"), access: t("可达性") }),
    access ? row(t("衰减"), picker("decay", t("随距离衰减"), ways, decay in ways ? decay : "")) : null,
  );
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
  const single = { each: question.accessible() ? t("可达性只算几种中任一种") : null };
  const match =
    chosen.length > 1 ? segments("match", t("几种服务一起算"), { any: t("任一种到就算"), each: t("每种都要到") }, single) : null;
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
  const basis = now ? { standard: t("标准条款"), suggestion: t("建议值，没有条款"), county: t("县级标准") }[now.basis] : "";
  const source = now?.document ? `${now.document} ${now.clause}` : "";
  const words = [basis, source, now?.note ?? ""].filter(Boolean).join(t("；"));
  put(body("standard"), pick, now ? el("p", { class: "source planner-standard", title: words, text: words }) : null);
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
  note("mode", { straight: t("两点直线，偏乐观"), detour: t("直线 × 系数"), road: t("到不了路的算到不了") }[plan.mode] ?? "");
  if (plan.mode === "detour") parts.push(row(t("系数"), factor(plan)));
  if (!question.accessible() && question.services().every((id) => choices.capacities.includes(id)) && plan.match === "any")
    parts.push(capacity(plan));
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

/** @param {question.Plan} plan */
function factor(plan) {
  const options = FACTORS.map(String);
  const known = options.includes(plan.detour) ? options : [...options, plan.detour];
  return picker("detour", t("绕行系数"), Object.fromEntries(known.map((one) => [one, one])), plan.detour);
}

/** @param {string} name
 * @param {string} label
 * @param {Record<string, string>} options words by value
 * @param {string} value */
function picker(name, label, options, value) {
  const field = el(
    "select",
    { class: "field field-small", "aria-label": label, data: { name } },
    Object.entries(options).map(([id, text]) => el("option", { value: id, text })),
  );
  field.value = value;
  field.addEventListener("change", () => question.change({ [name]: field.value }));
  return field;
}

/** @param {Api.CoverageAnswer | null} [answer] */
function drawArea(answer = null) {
  area.draw(app, body("area"), answer);
  note("area", t("范围外的中心也算"));
}

// ---- the question ----

/** “60 岁以上人口，15 分钟内（路网步行），能到村卫生室吗？” */
function drawQuestion() {
  const plan = question.plan();
  const services = question.services().map((id) => choices.services.find((one) => one.id === id)?.title ?? t("所选服务"));
  const words = {
    whom: (WHOM[plan.demand] ?? WHOM.population)(),
    mode: modeWords(plan),
    limit: limitWords(question.within()),
    services: services.join(plan.match === "each" ? t("和") : t("或")),
  };
  byId("planner-question").textContent = question.accessible()
    ? t("{whom}，{limit}内（{mode}），{services}够分吗？", words)
    : t("{whom}，{limit}内（{mode}），能到{services}吗？", words);
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
  if (name === "show" && id === "access") return { match: "any" };
  return name === "mode" && id !== "road" && question.plan().travel === "car" ? { travel: "walk" } : {};
}
