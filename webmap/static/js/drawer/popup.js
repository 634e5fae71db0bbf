// The popup of one record: what it is, where, whom to call, how to get there.

import { day, quantity, sourceLine, t } from "../core/i18n.js";
import { number, share, unit as unitWords } from "../core/units.js";
import { el, icon, outside, safeUrl } from "../ui/dom.js";
import { levelChip, section } from "./profile.js";

/** record of /api/layers/<id>/records/<key>; `locate` moves the map there, `beside` lists what else is there.
 * @param {Api.Record} record
 * @param {LayerEntry | undefined} entry
 * @param {() => void} locate
 * @param {HTMLElement} beside */
export function popup(record, entry, locate, beside) {
  const level = record.fields.find((field) => field.name === "warning_level");
  return [
    level?.raw ? el("div", { class: "section" }, levelChip(level.raw, String(level.value ?? ""))) : null,
    actions(record, locate),
    beside,
    section(t("信息"), entry?.title, facts(record)),
    record.photos?.length
      ? section(
          t("照片"),
          null,
          el(
            "div",
            { class: "photos" },
            record.photos.map((url, i) =>
              el("img", {
                src: safeUrl(url),
                alt: t("{name}照片 {n}", { name: record.title, n: i + 1 }),
                loading: "lazy",
              }),
            ),
          ),
        )
      : null,
    record.navigate?.length ? ways(record) : null,
    record.note ? section(t("说明"), null, el("p", { class: "note", text: record.note })) : null,
    el("div", { class: "drawer-foot" }, el("p", { class: "source", text: sourceLine(record.period, record.source) })),
  ];
}

/** @param {Api.Record} record
 * @param {() => void} locate */
function actions(record, locate) {
  const buttons = [
    record.position && locate
      ? el("button", { type: "button", class: "button button-small", on: { click: locate } }, icon("crosshair", "s"), t("定位"))
      : null,
    record.phone
      ? el(
          "a",
          { class: "button button-small button-primary", href: `tel:${String(record.phone).replace(/[^\d+-]/g, "")}` },
          icon("phone", "s"),
          record.phone,
        )
      : null,
  ].filter(Boolean);
  return buttons.length ? el("div", { class: "section" }, el("div", { class: "card-actions" }, buttons)) : null;
}

/** @param {Api.Record} record */
function facts(record) {
  const rows = record.fields
    .filter((field) => !["name", "phone"].includes(field.name))
    .map((field) => [
      el("dt", { text: field.title, title: field.note ?? null }),
      el("dd", {
        text: field.share ? share(field.share.numerator, field.share.denominator, unitWords(field.unit)) : valueText(field),
      }),
    ]);
  return el("dl", { class: "facts" }, rows);
}

/** A value in words: null is —, dates and numbers as people write them.
 * @param {Pick<Api.Line, "value" | "unit" | "type" | "name">} field */
export function valueText(field) {
  const { value } = field;
  const unit = unitWords(field.unit);
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return value ? t("是") : t("否");
  if (Array.isArray(value)) return value.join(t("、"));
  if (typeof value === "number") {
    const plain = field.type === "year" || /_?year$/.test(field.name ?? "");
    const text = plain ? String(value) : number(value);
    return unit ? quantity(text, unit) : text;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value);
  return unit ? quantity(String(value), unit) : String(value);
}

/** Links only; nothing is asked of another host before the click.
 * @param {Api.Record} record */
function ways(record) {
  return section(
    t("导航到这里"),
    t("在地图软件里打开"),
    el(
      "div",
      { class: "card-actions" },
      record.navigate.map((way) => outside(way.url, icon("navigation", "s"), way.title)),
    ),
  );
}
