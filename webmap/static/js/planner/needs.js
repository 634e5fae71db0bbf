// Which centre could close: those that others reach as well come first.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { el } from "../ui/dom.js";
import { fillFrom } from "../ui/states.js";
import * as question from "./plan.js";
import { amount } from "./words.js";

const FIRST = 6;

/** The section, which asks when it is opened; `centre(key)` shows a centre.
 * @param {App} app
 * @param {import("./answers.js").Answers} answers
 * @param {(key: string) => void} centre */
export function section(app, answers, centre) {
  const inner = el("div", {});
  const box = el(
    "details",
    { class: "section planner-needs of-reach", id: "planner-needs" },
    el("summary", {}, el("h3", { text: t("哪一处最可以关") })),
    inner,
  );
  const load = () =>
    box.open &&
    fillFrom(
      inner,
      () => app.api.get(`/api/coverage/needs?${question.query()}`),
      (/** @type {Api.Needs} */ found) => list(found, answers.coverage.answer?.unit ?? "", centre),
      t("没有取到"),
    );
  box.addEventListener("toggle", load);
  answers.coverage.on((answer) => answer && load());
  return box;
}

/** @param {Api.Needs} found
 * @param {string} name of the unit
 * @param {(key: string) => void} centre */
function list({ rows }, name, centre) {
  const own = rows.filter((row) => !row.outside);
  const items = own.map((row, i) =>
    el(
      "li",
      { hidden: i >= FIRST },
      el(
        "button",
        { type: "button", class: "place", on: { click: () => centre(row.code) } },
        el("span", { class: "place-name", text: row.name }),
        el("span", {
          class: "place-value",
          text: row.alone >= 0.5 ? t("只有它到得了 {n}", { n: amount(row.alone, name) }) : t("别处都够得着"),
        }),
      ),
    ),
  );
  const spare = own.filter((row) => row.alone < 0.5).length;
  return [
    el("p", { class: "note", text: t("{n} 处关掉任何一处，到得了的人都不减少。", { n: number(spare) }) }),
    el("ul", { class: "places" }, items),
    own.length > FIRST ? fold(items) : null,
  ];
}

/** Shows all of them, or the first again.
 * @param {HTMLElement[]} items */
function fold(items) {
  const button = el("button", { type: "button", class: "link-button", "aria-expanded": "false", on: { click: () => flip() } });
  const say = (/** @type {boolean} */ open) => {
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? t("只看前 {n} 处", { n: FIRST }) : t("看全部 {n} 处", { n: number(items.length) });
  };
  const flip = () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    for (const item of items.slice(FIRST)) item.hidden = !open;
    say(open);
  };
  say(false);
  return button;
}
