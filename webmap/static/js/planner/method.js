// How an answer was worked out, and the files of it.

import { t } from "../core/i18n.js";
import { el, icon, put } from "../ui/dom.js";
import { popover } from "../ui/popover.js";
import * as question from "./plan.js";
import * as scenarios from "./scenarios.js";

const FORMATS = [
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
  ["gpkg", "GPKG"],
];

/** Files of who is reached.
 * @param {Record<string, string>} words */
export const coverageFile = (words) => `/api/coverage/export?${question.query(words)}`;

/** `file(words)` is the address of a file; where it is `folded`, how it was worked out is told on demand.
 * @param {App} app
 * @param {HTMLElement} box
 * @param {Pick<Api.CoverageAnswer, "method" | "notes" | "editions" | "demo">} answer
 * @param {{file: (words: Record<string, string>) => string, folded?: boolean}} how */
export function draw(app, box, answer, { file, folded = false }) {
  const save = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-haspopup": "dialog",
      on: { click: (event) => downloads(event.currentTarget, file) },
    },
    icon("download", "s"),
    t("导出"),
  );
  const share = el(
    "button",
    { type: "button", class: "button button-small", on: { click: () => app.controls.share() } },
    icon("link", "s"),
    t("复制链接"),
  );
  const editions = Object.entries(answer.editions).map(([layer, edition]) =>
    el("li", {}, `${app.layers.entry(layer)?.title ?? layer} `, el("code", { text: edition })),
  );
  const title = el("h3", { text: t("怎么算的") });
  const told = [
    el("p", { class: "note", text: answer.method }),
    answer.notes.map((one) => el("p", { class: "note", text: one })),
    el("ul", { class: "note planner-editions", "aria-label": t("数据版本") }, editions),
  ];
  put(
    box,
    el("div", { class: "card-actions" }, save, share),
    folded ? el("details", { class: "planner-needs" }, el("summary", {}, title), told) : [title, told],
    answer.demo ? el("p", {}, el("span", { class: "mark-demo", text: t("演示数据") })) : null,
  );
}

/** The name of the scenario that is open, for the files.
 * @returns {Record<string, string>} */
const named = () => {
  const name = scenarios.openName();
  return name ? { scenario: name } : {};
};

/** @param {HTMLElement} anchor
 * @param {(words: Record<string, string>) => string} file */
function downloads(anchor, file) {
  popover(
    anchor,
    (close) => ({
      title: t("导出"),
      body: el(
        "div",
        { class: "menu" },
        FORMATS.map(([format, title]) =>
          el(
            "a",
            {
              href: file({ format, ...named() }),
              download: "",
              on: { click: () => setTimeout(close, 100) },
            },
            icon("file-down", "s"),
            title,
          ),
        ),
        el("p", { class: "menu-note", text: t("各村的表，附方法和数据版本。") }),
      ),
    }),
    { width: 220 },
  );
}
