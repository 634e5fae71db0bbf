// The profile of an area, drawn from /api/areas/<code>: figures, shares, industry, disputes, what lies below.

import * as divisions from "../core/divisions.js";
import { counted, day, lang, quantity, sourceLine, t } from "../core/i18n.js";
import { periodName, rangeWords, whenWords } from "../core/periods.js";
import { number, percent, share, unit as unitWords } from "../core/units.js";
import { leading, nowhere } from "../panels/leads.js";
import { bar, el, icon, svg } from "../ui/dom.js";
import { denied, empty } from "../ui/states.js";

/** @typedef {"red" | "yellow" | "blue"} Level of warning */

const ORDER = ["party-service-centres", "village-clinics", "neighbour-centres", "fitness-centres", "culture-halls", "convenience-halls"];
const SERVED = new Set(["farm-service-coops"]); // land they work on is grown by others and quantity there
/** @type {{value: Level, shape: string, fill: string, edge: string | null}[]} */
export const LEVELS = [
  { value: "red", shape: "M6 1.2 11.3 10.8H.7z", fill: "#B3261E", edge: null },
  { value: "yellow", shape: "M6 .8 11.2 6 6 11.2.8 6z", fill: "#F2B705", edge: "#7A5600" },
  { value: "blue", shape: "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z", fill: "#2563A8", edge: null },
];
/** @type {Record<Level, () => string>} */
const LEVEL_WORDS = { red: () => t("红色"), yellow: () => t("黄色"), blue: () => t("蓝色") };
const FIRST_SERVICES = 6;
const YEAR = 12; // months
/** @param {string} period */
const month = (period) => (/^\d{4}-\d\d/.test(period) ? day(String(period).slice(0, 7)) : String(period));

/** Colour, shape and word of a warning level, never one alone.
 * @param {Cell} value
 * @param {string | undefined} text */
export function levelChip(value, text) {
  const level = LEVELS.find((one) => one.value === value);
  if (!level) return el("span", { class: "tag", text });
  const mark = svg(
    "svg",
    { viewBox: "0 0 12 12", "aria-hidden": "true" },
    svg("path", { d: level.shape, fill: level.fill, stroke: level.edge }),
  );
  return el("span", { class: `level level-${value}` }, mark, text ?? LEVEL_WORDS[level.value]());
}

/** @param {string} title
 * @param {string | null | undefined} aside
 * @param {...import("../ui/dom.js").Child} body */
export function section(title, aside, ...body) {
  return el(
    "section",
    { class: "section" },
    el("div", { class: "section-head" }, el("h3", { text: title }), aside ? el("span", { class: "note", text: aside }) : null),
    body,
  );
}

/** One figure: label, number and unit, period and source.
 * @param {string} label
 * @param {string} value
 * @param {string | null | undefined} unit
 * @param {string} [below] */
export function kpi(label, value, unit, below) {
  return el(
    "div",
    { class: "kpi" },
    el("dt", { class: "ellipsis", text: label, title: label }),
    el(
      "dd",
      { class: "kpi-value" },
      value,
      unit && value !== "—" ? el("span", { class: "kpi-unit", text: counted(value, unitWords(unit)) }) : null,
    ),
    el("dd", { class: "kpi-note ellipsis", text: below, title: below }),
  );
}

/** How many rows, or why no number is said: what may not be seen, or was not collected, is no zero.
 * @param {Api.Facility} item
 * @param {Api.Statement} [said] what the map asks of its layer */
export function countOf(item, said) {
  if (item.state === "forbidden") return t("不在查看范围");
  if (said && said.state !== "value") return said.count;
  return item.count === item.total ? number(item.count) : `${number(item.count)} / ${number(item.total)}`;
}

/** The unit of such a count; none where no number is said.
 * @param {Api.Facility} item
 * @param {Api.Statement} [said] */
export const unitOf = (item, said) => (item.state === "value" && (said?.state ?? "value") === "value" ? item.unit : "");

/** “2026年11月 · 演示推算” in a small cell.
 * @param {{period?: string | null, source?: string | null, method?: string}} item */
export function brief(item) {
  return [item.period ? month(item.period) : null, item.source].filter(Boolean).join(" · ") || item.method || "";
}

/** @param {Api.Figure} figure */
export function figureKpi(figure, unit = t("村")) {
  if (figure.numerator !== null && figure.denominator) {
    return kpi(
      figure.label,
      percent(figure.numerator, figure.denominator),
      `${number(figure.numerator)} / ${number(figure.denominator)}${lang === "en" ? "" : ` ${unit}`}`,
      brief(figure),
    );
  }
  return kpi(figure.label, number(figure.value), figure.unit, brief(figure));
}

// In a narrow cell the English label says what is quantity
/** @param {string} name */
const cellUnit = (name) => (lang === "en" && ["人", "户"].includes(name) ? "" : name);

/** Of what a share is one: villages, townships for what only a township has.
 * @param {Api.Figure} figure */
export function shareUnit(figure) {
  if (figure.level === "county") return t("县");
  return figure.level === "township" ? t("乡镇") : t("村");
}

/** 概况
 * @param {Api.Profile} area */
export function overviewPane(area, leads = nowhere) {
  const figures = area.figures.filter((one) => one.id !== "population_60_plus").slice(0, 6);
  const old = area.figures.find((one) => one.id === "population_60_plus");
  const people = area.figures.find((one) => one.id === "population");
  const cells = figures.map((one) => {
    const cell = kpi(one.label, number(one.value), cellUnit(one.unit), one.period ? month(one.period) : one.method);
    return leading(cell, `${one.label} ${number(one.value)}`, divisions.isDivision(one.id) ? leads({ layer: one.id }) : null);
  });
  const aged = old && people?.value ? { part: old.value, whole: people.value } : null;
  if (aged && cells.length < 6)
    cells.push(kpi(t("60 岁以上"), percent(aged.part, aged.whole), "", `${number(aged.part)} / ${number(aged.whole)}`));
  const below =
    aged && figures.length === 6
      ? el("p", { class: "note after", text: t("60 岁以上 {share}", { share: share(aged.part, aged.whole, t("人")) }) })
      : null;
  const sources = [...new Set(figures.map((one) => one.source).filter(Boolean))];
  return [
    el(
      "section",
      { class: "section" },
      el("dl", { class: "kpi-grid" }, cells),
      below,
      el("p", { class: "source", text: t("源：{source}", { source: sources.join(t("、")) }) }),
    ),
    area.services.length ? services(area, { most: FIRST_SERVICES, leads }) : null,
    area.industry.length ? industry(area, leads) : null,
    area.disputes ? disputes(area.disputes, area.statements[area.disputes.layer], leads) : null,
  ];
}

/** What people ask for most stands first.
 * @template T
 * @param {T[]} items
 * @param {(one: T) => string} id */
export function inOrder(items, id) {
  const rank = (/** @type {T} */ one) => (ORDER.indexOf(id(one)) + ORDER.length + 1) % (ORDER.length + 1);
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/** Villages with at least one, out of all; for one village whether it has one.
 * @param {Api.Profile} area
 * @param {{most?: number, title?: string, leads?: import("../panels/leads.js").Leads}} [how] */
export function services(area, { most = Infinity, title = t("服务设施"), leads = nowhere } = {}) {
  const rows = inOrder(area.services, (one) => one.id)
    .slice(0, most)
    .map((one) => {
      const words =
        area.level === "village" ? (one.numerator ? t("有") : t("没有")) : share(one.numerator, one.denominator, shareUnit(one));
      const row = barRow(one.label, (one.numerator ?? 0) / (one.denominator || 1), words);
      return leading(row, `${one.label} ${words}`, one.numerator ? leads({ layer: one.id }) : null);
    });
  return section(
    title,
    area.level === "village" ? null : t("有设施的村 / 全部村"),
    el("div", { class: "bars" }, rows),
    el("p", { class: "source", text: sourcesLine(area.services) }),
  );
}

/** Period and source of several figures, each said once; a list needs no days.
 * @param {{period: string | null, source: string | null}[]} items */
function sourcesLine(items) {
  const said = (/** @type {(string | null)[]} */ words) => [...new Set(words.filter(Boolean))].join(t("、"));
  return sourceLine(said(items.map((one) => (one.period ? whenWords(one.period) : null))), said(items.map((one) => one.source)));
}

/** @param {string} label
 * @param {number} part
 * @param {string} words
 * @param {Parameters<typeof bar>[1]} [paint] */
function barRow(label, part, words, paint) {
  const [head, ...tail] = words.split(/(?=，|, )/);
  return el(
    "div",
    { class: "bars-row" },
    el("span", { class: "bars-name", text: label }),
    bar(part, paint),
    el("span", { class: "bars-value" }, el("b", { text: head }), tail.join("")),
  );
}

/** “，已报 7 / 9” of a sum that is no whole.
 * @param {Api.Crop} one */
const ofHowMany = (one) =>
  one.reported < one.rows ? `${t("，")}${t("已报 {parts}", { parts: `${number(one.reported)} / ${number(one.rows)}` })}` : "";

/** Areas by crop.
 * @param {Api.Profile} area */
export function industry(area, leads = nowhere) {
  const items = area.industry.filter((one) => !SERVED.has(one.layer));
  if (!items.length) return null;
  const most = Math.max(1, ...items.map((one) => one.value ?? 0));
  const total = items.reduce((sum, one) => sum + (one.value ?? 0), 0);
  const [rows, reported, twins] = ["rows", "reported", "twins"].map((name) =>
    items.reduce((sum, one) => sum + one[/** @type {"rows" | "reported" | "twins"} */ (name)], 0),
  );
  const bars = items.slice(0, 8).map((one) => {
    const words = `${quantity(number(one.value, 0), unitWords(one.unit))}${ofHowMany(one)}`;
    const paint = { fill: one.paint.fill, line: one.paint.line ?? one.paint.hatch_line };
    const row = barRow(one.label, (one.value ?? 0) / most, words, paint);
    return leading(row, `${one.label} ${words}`, one.rows ? leads({ layer: one.layer, cls: one.class }) : null);
  });
  const gaps = [
    reported < rows ? t("只是已报的 {parts} 块的合计", { parts: `${number(reported)} / ${number(rows)}` }) : null,
    twins ? t("重合的 {n} 块只计一次", { n: number(twins) }) : null,
  ].filter(Boolean);
  return section(
    t("产业面积"),
    t("合计 {n} 亩", { n: number(total, 0) }),
    el("div", { class: "bars" }, bars),
    gaps.length ? el("p", { class: "note after", text: gaps.join(t("，")) }) : null,
    el("p", { class: "source", text: sourcesLine(items) + t("，1 亩 = 666.67 m²") }),
  );
}

/** 纠纷: months for staff, published periods for the public. `said` is what the map asks of them, null for all.
 * @param {Api.Disputes} data
 * @param {Api.Statement} [said] */
export function disputes(data, said, leads = nowhere) {
  if (data.visibility === "none")
    return section(t("矛盾纠纷"), null, denied(t("纠纷明细只对调解人员开放"), [data.note, t("公众可以看各村件数。")]));
  const { layer } = data;
  if (!data.months) return byPeriod(data, data.periods ?? [], (period) => leads({ layer, period }));
  return byMonth(data, data.months, { said, go: (month) => leads({ layer, month }) });
}

/** What the map asks of a layer, in a line: “状态 未办结 · 2026年10月 · 22 / 258 件”.
 * @param {Api.Statement | undefined} said */
const askedLine = (said) =>
  said ? el("p", { class: "note asked", text: [...said.filters, said.when, said.count].filter(Boolean).join(" · ") }) : null;

/** How many there were of when, where nothing is asked: “近 12 个月 1,643 件，每千人 4.5 件” of the last twelve months that
 * the data cover, else the time that they cover.
 * @param {Api.Disputes} data
 * @param {Api.MonthCount[]} months */
function inAll(data, months) {
  if (months.length < YEAR) return t("{period} {n}", { period: data.when, n: t("{n} 件", { n: number(data.matched) }) });
  const rate = data.per_thousand !== undefined ? t("，每千人 {n} 件", { n: number(data.per_thousand, 1) }) : "";
  return t("近 {m} 个月 {n} 件", { m: months.length, n: number(data.total) }) + rate;
}

/** “2025年12月–2026年11月”; one month is said once.
 * @param {string | null | undefined} since
 * @param {string | null | undefined} until */
const monthSpan = (since, until) => (since && until ? rangeWords(since, until) : "");

/** @param {string | null | undefined} when */
const noneOf = (when) => (when ? t("{when}没有登记的纠纷，换一个时段。", { when }) : t("这个范围里没有登记的纠纷。"));

/** @param {Api.Disputes} data
 * @param {Api.MonthCount[]} months
 * @param {{said?: Api.Statement, go: (month: string) => (() => void) | null}} how */
function byMonth(data, months, { said, go }) {
  if (!months.length)
    return section(
      t("矛盾纠纷"),
      null,
      askedLine(said),
      data.every
        ? empty(t("没有符合条件的纠纷"), t("换一个时段，或清除筛选。"))
        : empty(t("没有纠纷记录"), noneOf(data.when || said?.when)),
    );
  /** @type {Partial<Record<Level, number>>} */
  const open = data.open ?? {};
  const chips = LEVELS.map(({ value: level }) =>
    levelChip(level, t("{level} {n} 件", { level: LEVEL_WORDS[level](), n: number(open[level] ?? 0) })),
  );
  const bars = months.map((one) => ({
    label: String(Number(one.month.slice(5))),
    value: one.count,
    words: one.count === null ? t("没有采集") : null,
    title: day(one.month),
    go: one.count ? go(one.month) : null,
  }));
  return section(
    t("矛盾纠纷"),
    said ? null : inAll(data, months),
    askedLine(said),
    columns(bars),
    data.open ? el("div", { class: "levels" }, el("span", { text: t("未办结") }), chips) : null,
    el("p", {
      class: "source",
      text: [sourceLine(monthSpan(data.since, data.until), data.source), ...(said?.remarks ?? []), data.note].filter(Boolean).join(" · "),
    }),
  );
}

/** @param {Api.Disputes} data
 * @param {Api.PeriodCount[]} periods
 * @param {(period: string) => (() => void) | null} go */
function byPeriod(data, periods, go) {
  const quarters = periods.filter((one) => one.period.includes("Q")).slice(-8);
  const years = periods.filter((one) => !one.period.includes("Q"));
  if (!periods.length) return section(t("矛盾纠纷"), null, empty(t("没有公布的件数"), data.note));
  const bars = quarters.map((one, i) => ({
    label: t("{quarter}季", { quarter: one.period.slice(-1) }),
    below: i === 0 || one.period.endsWith("1") ? one.period.slice(0, 4) : "",
    value: one.count,
    words: one.suppressed ? t("不公开") : null,
    title: periodName(one.period),
    go: go(one.period),
  }));
  const latest = quarters.at(-1);
  const words = latest ? t("{period} {n}", { period: periodName(latest.period), n: countWords(latest) }) : null;
  return section(
    t("矛盾纠纷"),
    words,
    columns(bars),
    years.length ? el("p", { class: "note", text: years.map((one) => `${periodName(one.period)} ${countWords(one)}`).join(" · ") }) : null,
    el("p", { class: "source", text: sourceLine(t("按季公布"), data.source) }),
    data.note ? el("p", { class: "source", text: data.note }) : null,
  );
}

/** @param {Api.PeriodCount} one */
const countWords = (one) => (one.suppressed || one.count === null ? t("件数太少，不公开") : t("{n} 件", { n: number(one.count) }));

/** @param {{label: string, below?: string, value: number | null, words?: string | null, title: string, go: (() => void) | null}[]} items */
function columns(items) {
  const most = Math.max(1, ...items.map((one) => one.value ?? 0));
  const said = (/** @type {typeof items[0]} */ one) => `${one.title} ${one.words ?? number(one.value)}`;
  const text = items.map(said).join(t("；"));
  return el(
    "div",
    { class: "months", role: items.some(({ go }) => go) ? "group" : "img", "aria-label": text },
    items.map((one) => leading(column(one, said(one), most), said(one), one.go)),
  );
}

/** @param {Parameters<typeof columns>[0][0]} one
 * @param {string} title
 * @param {number} most */
function column(one, title, most) {
  return el(
    "div",
    { class: "month", title },
    el("span", { text: one.words ?? number(one.value) }),
    el("i", { css: { height: `${Math.round(((one.value ?? 0) / most) * 46)}px` } }),
    el("span", { text: one.label }),
    one.below === undefined ? null : el("span", { class: "month-year", text: one.below || "\u00a0" }),
  );
}

/** 下辖
 * @param {Api.Profile} area
 * @param {(child: Api.Child) => void} open */
export function childrenPane(area, open) {
  const [child] = area.children;
  const below = child && child.villages !== null ? "village" : "grid";
  const divided = Boolean(child) && !divisions.isSmallest(child.code);
  const head = [t("名称"), t("人口/人"), t("户数/户"), divided ? divisions.unit(below) : null].filter(Boolean);
  const rows = area.children.map((one) =>
    el(
      "tr",
      {},
      el("td", {}, el("button", { type: "button", class: "row-name", text: one.name, on: { click: () => open(one) } })),
      el("td", { class: "num", text: number(one.population) }),
      el("td", { class: "num", text: number(one.households) }),
      divided ? el("td", { class: "num", text: number(below === "village" ? one.villages : one.grids) }) : null,
    ),
  );
  const figure = area.figures.find((one) => one.id === "population");
  return el(
    "section",
    { class: "section" },
    el(
      "table",
      { class: "table" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          head.map((text, i) => el("th", { class: i ? "num" : null, scope: "col", text })),
        ),
      ),
      el("tbody", {}, rows),
    ),
    figure ? el("p", { class: "source", text: sourceLine(figure.period, figure.source) }) : null,
  );
}

/** Indicators with their parts; a share never stands without numerator and denominator.
 * @param {Api.Profile} area */
export function indicators(area) {
  if (!area.indicators?.length) return null;
  const rows = area.indicators.map((one) => [
    el("dt", { text: one.label, title: one.meaning }),
    el(
      "dd",
      {},
      indicatorWords(one),
      el("span", { class: "source", text: ` ${sourceLine(one.period, one.source)}` }),
      (one.denominators ?? []).map((other) => el("div", { class: "note", text: `${other.title} ${share(one.numerator, other.value)}` })),
    ),
  ]);
  return section(t("指标"), null, el("dl", { class: "facts" }, rows));
}

/** @param {Api.Indicator} one */
function indicatorWords(one) {
  const value = quantity(number(one.value), unitWords(one.unit));
  if (one.numerator !== null && one.denominator)
    return one.rollup === "ratio"
      ? share(one.numerator, one.denominator, unitWords(one.unit))
      : t("{value}（{parts}）", { value, parts: `${number(one.numerator)} / ${number(one.denominator)}` });
  if (one.choices?.length) return one.choices.map((item) => `${item.title} ${number(item.count)}`).join(t("，"));
  return value;
}

/** A sentence that leads somewhere: villages without a centre.
 * @param {Api.Profile} area */
export function insight(area) {
  const centres = area.services.find((one) => one.id === "party-service-centres");
  if (!centres?.denominator || area.level === "village") return null;
  const without = centres.denominator - (centres.numerator ?? 0);
  if (without <= 0) return null;
  return el(
    "section",
    { class: "section" },
    el(
      "div",
      { class: "insight" },
      icon("lightbulb"),
      el("span", { text: t("{n} 个村没有党群服务中心", { n: number(without) }) }),
      el("a", { href: "/map/coverage", text: t("看盲区") }),
    ),
  );
}
