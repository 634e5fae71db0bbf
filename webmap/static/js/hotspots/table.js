// The table beside the hotspot map: significant areas with the reasons, or the change between two periods.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { show } from "../map/show.js";
import { signed } from "../planner/words.js";
import { byId, el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import * as question from "./question.js";

const FIRST_ROWS = 8;
/** @type {Record<string, () => string>} */
const TRENDS = {
  none: () => "—",
  new: () => t("新增"),
  consecutive: () => t("连续"),
  intensifying: () => t("加强"),
  persistent: () => t("持续"),
  diminishing: () => t("减弱"),
  sporadic: () => t("零星"),
  historical: () => t("曾经"),
};

/** @typedef {Api.CaseRate & {class?: string, cluster?: number | null}} Row */
/** @template {Row} R
 * @typedef {{title: string, none: string, heads: (string | string[])[], numbers: [first: number, end: number], rows: R[], cells: (row: R) => string[]}} Shown
 */

/** @type {App} */
let app;
let all = false;
let redraw = () => {};

/** @param {App} house */
export function init(house) {
  app = house;
  app.state.on(["selected"], mark);
}

/** `heads` and `cells` follow the name; those before `numbers[0]` and from `numbers[1]` on are words.
 * @param {Api.HotspotsAnswer} answer */
export function spots(answer) {
  const found = answer.rows.filter((row) => row.class !== "none").sort((a, b) => Number(b.z) - Number(a.z));
  const cells = (/** @type {Api.Spot} */ row) => [
    row.class === "hot" ? t("热") : t("冷"),
    number(row.n),
    number(row.rate_smoothed, 1),
    number(row.z, 2),
    TRENDS[row.trend](),
  ];
  draw({
    title: t("显著的热点和冷点"),
    none: t("没有显著的热点或冷点"),
    heads: [t("类别"), t("件数"), [t("件/千人"), t("平滑后")], "z", t("走势")],
    numbers: [1, 4],
    rows: found,
    cells,
  });
}

/** @param {import("./map.js").Changed[]} rows
 * @param {import("./question.js").Period[]} pair */
export function changes(rows, [a, b]) {
  const found = rows.filter((row) => row.change).sort((x, y) => Number(y.change) - Number(x.change));
  draw({
    title: t("各村变化"),
    none: t("没有变化的村可列"),
    heads: [a.words, b.words, t("变化")],
    numbers: [0, 3],
    rows: found,
    cells: (row) => [number(row.before), number(row.n), signed(Number(row.change))],
  });
}

/** @template {Row} R
 * @param {Shown<R>} what */
function draw(what) {
  redraw = () => draw(what);
  const { title, none, heads, numbers, rows, cells } = what;
  const kind = (/** @type {number} */ i) => (i >= numbers[0] && i < numbers[1] ? "num" : null);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  const line = (/** @type {R} */ row) =>
    el(
      "tr",
      { data: { code: row.code, side: row.class } },
      el(
        "td",
        {},
        el(
          "button",
          { type: "button", class: "row-name", on: { click: () => show(app, question.layer(), row.code) } },
          row.cluster ? el("span", { class: "gap-number spot-number", text: String(row.cluster) }) : null,
          el("span", { text: row.name }),
        ),
      ),
      cells(row).map((text, i) => el("td", { class: kind(i), text })),
    );
  const grid = el(
    "table",
    { class: "table planner-table hotspots-table" },
    el("caption", { class: "sr-only", text: title }),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        [question.words().by === "grid" ? t("网格") : t("村名"), ...heads].map((head, i) =>
          el(
            "th",
            { scope: "col", class: i ? kind(i - 1) : null },
            [head].flat().map((text) => el("span", { text })),
          ),
        ),
      ),
    ),
    el("tbody", {}, shown.map(line)),
  );
  const more =
    rows.length > FIRST_ROWS
      ? el("button", {
          type: "button",
          class: "link-button",
          text: all ? t("只看前 {n} 个", { n: FIRST_ROWS }) : t("看全部 {n} 个", { n: rows.length }),
          on: {
            click: () => {
              all = !all;
              redraw();
            },
          },
        })
      : null;
  put(
    byId("hotspots-table"),
    heading(title, rows.length ? t("共 {n} 个，点行定位", { n: rows.length }) : ""),
    rows.length ? grid : el("p", { class: "note", text: none }),
    more,
  );
  mark();
}

/** The row of what is chosen on the map. */
function mark() {
  const { selected } = app.state.get();
  for (const row of byId("hotspots-table").querySelectorAll("tbody tr"))
    row.setAttribute("aria-selected", String(selected?.layer === question.layer() && row.dataset.code === selected.key));
}
