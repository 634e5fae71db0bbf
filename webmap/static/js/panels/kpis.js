// The strip of figures under the map, from the same profile that the drawer shows.

import { profile } from "../core/areas.js";
import { isDivision } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { periodName } from "../core/periods.js";
import { number } from "../core/units.js";
import { brief, countOf, figureKpi, kpi, shareUnit, unitOf } from "../drawer/profile.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { skeleton } from "../ui/states.js";
import * as frame from "./frame.js";
import { leading, leadsFrom } from "./leads.js";

/** @type {App} */
let app;

/** @param {App} house */
export function init(house) {
  app = house;
  if (byId("kpis").hidden) return;
  put(
    byId("kpis"),
    Array.from({ length: 5 }, () => el("div", { class: "kpi" }, skeleton(2))),
  );
  draw();
  app.state.on(["area", "filters", "time"], draw);
  frame.follow(app, draw);
}

async function draw() {
  if (frame.waits(app)) return;
  const box = byId("kpis");
  const code = app.state.get().area ?? document.documentElement.dataset.county ?? "";
  try {
    const asked = frame.asked(app);
    const area = await profile(code, asked);
    if (asked !== frame.asked(app)) return;
    put(
      box,
      app.layers.theme.figures.map((one) => leadingItem(area, one)),
    );
  } catch (error) {
    box.hidden = error.status === 404;
    put(box, failed(error));
  }
}

/** One line, so that the map keeps its height.
 * @param {Failure} error */
function failed(error) {
  const words = [t("主要数字没有取到"), t("错误码 {code}", { code: error.code ?? "network" })].join(t("，"));
  return el(
    "div",
    { class: "kpis-failed" },
    icon("circle-alert", "s"),
    el("span", { text: words }),
    el("button", { type: "button", class: "button button-small", text: t("重试"), on: { click: draw } }),
  );
}

/** A figure that leads to its map.
 * @param {Api.Profile} area
 * @param {string} wanted as a theme declares it */
function leadingItem(area, wanted) {
  const cell = item(area, wanted);
  if (cell) sayFrame(cell, wanted);
  const words = cell && [...cell.querySelectorAll("dt, .kpi-value")].map((one) => one.textContent).join(" ");
  return cell && leading(cell, words ?? "", wayOf(area, wanted));
}

/** Under a figure that follows the map that it does, and why one does not.
 * @param {HTMLElement} cell
 * @param {string} wanted as a theme declares it */
function sayFrame(cell, wanted) {
  const [kind, id] = wanted.split(":");
  const words = frame.frameWords(app, kind === "disputes" ? (app.layers.theme.time?.layer ?? kind) : id);
  const note = cell.querySelector(".kpi-note");
  if (!words || !note) return;
  note.textContent = [words, note.textContent].filter(Boolean).join(" · ");
  note.setAttribute("title", note.textContent);
}

/** Where a figure leads: people and those without something are on no map of their own.
 * @param {Api.Profile} area
 * @param {string} wanted */
function wayOf(area, wanted) {
  const [kind, id] = wanted.split(":");
  const leads = leadsFrom(app, area);
  const { disputes: told, services, industry, facilities } = area;
  if (kind === "disputes") return told && wayToCases(leads, told);
  if (kind === "figure") return isDivision(id) ? leads({ layer: id }) : null;
  /** @type {Record<string, () => unknown>} */
  const counted = {
    share: () => services.find((one) => one.id === id)?.numerator,
    mu: () => industry.some((one) => one.layer === id && one.reported),
    rows: () => facilities.find((one) => one.layer === id)?.count,
  };
  return counted[kind]?.() ? leads({ layer: id }) : null;
}

/** Open cases for staff, the published period for the public.
 * @param {import("./leads.js").Leads} leads
 * @param {Api.Disputes} told */
function wayToCases(leads, { layer, months, open, period, suppressed }) {
  const filters = app.layers.entry(layer)?.first?.filters;
  if (months) return open && filters ? leads({ layer, filters }) : null;
  return period && !suppressed ? leads({ layer, period }) : null;
}

/** @param {Api.Profile} area
 * @param {string} wanted as a theme declares it */
function item(area, wanted) {
  const [kind, id] = wanted.split(":");
  if (kind === "disputes") return disputes(area, area.disputes);
  if (kind === "figure") return found(area.figures, id, (figure) => figureKpi(figure));
  if (kind === "share") return found(area.services, id, (figure) => figureKpi(figure, shareUnit(figure)));
  if (kind === "gap")
    return found(area.services, id, (figure) =>
      kpi(
        t("没有{service}的村", { service: figure.label }),
        number((figure.denominator ?? 0) - (figure.numerator ?? 0)),
        t("村"),
        brief(figure),
      ),
    );
  if (kind === "mu") return mu(area, id);
  const rows = area.facilities.find((one) => one.layer === id);
  const entry = app.layers.entry(id);
  if (!rows && !entry) return null;
  const below = brief({ period: entry?.period, source: entry?.owner });
  if (rows) return kpi(rows.title, countOf(rows, area.statements[id]), unitOf(rows, area.statements[id]), note(area, rows, entry?.owner));
  return kpi(entry?.title ?? id, number(entry?.count === null ? null : 0), entry?.unit, below);
}

/** @param {Api.Figure[]} list
 * @param {string} id
 * @param {(figure: Api.Figure) => HTMLElement} draw */
const found = (list, id, draw) => {
  const one = list.find((figure) => figure.id === id);
  return one ? draw(one) : null;
};

/** @param {Api.Profile} area
 * @param {string} id */
const title = (area, id) => area.facilities.find((one) => one.layer === id)?.title ?? id;

/** @param {Api.Profile} area
 * @param {string} id */
function mu(area, id) {
  const parts = area.industry.filter((one) => one.layer === id);
  if (!parts.length) return null;
  const total = parts.reduce((sum, one) => sum + (one.value ?? 0), 0);
  const [reported, rows] = [parts.reduce((sum, one) => sum + one.reported, 0), parts.reduce((sum, one) => sum + one.rows, 0)];
  if (!reported) return kpi(title(area, id), "—", "", brief(parts[0]));
  const mine = reported < rows ? `${t("已报 {parts}", { parts: `${number(reported)} / ${number(rows)}` })} · ` : "";
  const large = total >= 10000;
  return kpi(title(area, id), number(large ? total / 10000 : total, large ? 1 : 0), large ? t("万亩") : t("亩"), mine + brief(parts[0]));
}

/** Which rows only, of when, and from whom.
 * @param {Api.Profile} area
 * @param {{layer: string, when?: string | null}} of
 * @param {string | null | undefined} source */
function note(area, of, source) {
  const one = area.statements[of.layer];
  return [...(one?.filters ?? []), one?.when || of.when, one?.filters.length ? null : source].filter(Boolean).join(" · ");
}

/** @param {Api.Profile} area
 * @param {Api.Disputes | null} data */
function disputes(area, data) {
  if (!data) return kpi(t("纠纷"), "—", "", t("还没有数据"));
  if (data.visibility === "none") return kpi(t("纠纷"), t("不在查看范围"), "", data.note);
  if (data.months) {
    const open = data.open ? Object.values(data.open).reduce((sum, n) => sum + n, 0) : null;
    const below = data.partial ? data.note : note(area, data, data.source);
    return kpi(t("未办结纠纷"), number(open), t("件"), open === null ? t("没有查未办结的") : below);
  }
  if (!data.period) return kpi(t("纠纷"), "—", "", data.note);
  return kpi(
    t("纠纷"),
    data.suppressed ? t("不公开") : number(data.count),
    data.suppressed ? "" : t("件"),
    brief({ period: periodName(data.period), source: data.source }),
  );
}
