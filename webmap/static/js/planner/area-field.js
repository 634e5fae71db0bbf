// The choice of the area that is asked about.

import { layerOf, layerOfCode, whole } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { el, put } from "../ui/dom.js";
import { areaName } from "./words.js";

let drawn = ""; // what the list of areas says, so that an open one is not taken away

/** The county and its townships, as the map knows them, and the area of a link that is none of these.
 * @param {App} app
 * @param {HTMLElement} box
 * @param {Api.CoverageAnswer | null} answer */
export function draw(app, box, answer) {
  const { area } = app.state.get();
  const known = app.layers.names(layerOf("township")).sort((a, b) => a.key.localeCompare(b.key));
  const other = area && !known.some(({ key }) => key === area) ? [{ key: area, name: otherName(app, area, answer) }] : [];
  const options = [{ key: "", name: whole() }, ...other, ...known];
  const text = JSON.stringify([options, area]);
  if (text === drawn && box.childElementCount) return;
  drawn = text;
  const field = el(
    "select",
    { class: "field", "aria-label": t("范围"), data: { name: "area" } },
    options.map(({ key, name }) => el("option", { value: key, text: name })),
  );
  field.value = area ?? "";
  field.addEventListener("change", () => app.state.set({ area: field.value || null }));
  put(box, field);
}

/** What an area is called that is no township.
 * @param {App} app
 * @param {string} code
 * @param {Api.CoverageAnswer | null} answer */
function otherName(app, code, answer) {
  if (answer?.parameters.code === code) return areaName(app, answer);
  return app.layers.nameOf(layerOfCode(code), code) ?? code;
}
