// How an answer was worked out, and the files of it.

import { t } from "../core/i18n.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { popover } from "../ui/popover.js";
import * as question from "./plan.js";
import * as scenarios from "./scenarios.js";

const FORMATS = [
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
  ["gpkg", "GPKG"],
];

/** @param {App} app
 * @param {Api.CoverageAnswer} answer */
export function draw(app, answer) {
  const save = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-haspopup": "dialog",
      on: { click: (event) => downloads(event.currentTarget) },
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
  put(
    byId("planner-method"),
    el("div", { class: "card-actions" }, save, share),
    el("h3", { text: t("怎么算的") }),
    el("p", { class: "note", text: answer.method }),
    answer.notes.map((one) => el("p", { class: "note", text: one })),
    el("ul", { class: "note planner-editions", "aria-label": t("数据版本") }, editions),
    answer.demo ? el("p", {}, el("span", { class: "mark-demo", text: t("演示数据") })) : null,
  );
}

/** The name of the scenario that is open, for the files.
 * @returns {Record<string, string>} */
const named = () => {
  const name = scenarios.openName();
  return name ? { scenario: name } : {};
};

/** @param {HTMLElement} anchor */
function downloads(anchor) {
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
              href: `/api/coverage/export?${question.query({ format, ...named() })}`,
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
