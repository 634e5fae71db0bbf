// Filters of one layer in a popover: code lists, text, dates, area. Legend, table and map follow the state.

import * as history from "../core/history.js";
import { t } from "../core/i18n.js";
import { PHONE } from "../core/screen.js";
import { el } from "../ui/dom.js";
import { closePopover, popover } from "../ui/popover.js";
import { clearFilters } from "./filtered.js";

const SHOWN_VALUES = 8;
const NAME = "filters"; // among the places to come back to

/** @typedef {Record<string, string[]>} Draft chosen values by field */

/** @type {App} */
let app;

/** @param {App} house */
export function init(house) {
  app = house;
  history.door(NAME, { open: reopen, shut: closePopover });
}

/** By a step forward, beside its button as far as that is there.
 * @param {string} layerId */
function reopen(layerId) {
  openFilters(layerId, document.querySelector(`[data-layer="${CSS.escape(layerId)}"] [data-action=filter]`) ?? document.body);
}

/** Open the filters of a layer beside the button that asked.
 * @param {string} layerId
 * @param {HTMLElement} anchor */
export function openFilters(layerId, anchor) {
  const entry = app.layers.entry(layerId);
  if (!entry) return;
  popover(
    anchor,
    (close) => {
      const draft = structuredClone(app.state.get().filters?.[layerId] ?? {});
      const body = el("div", {});
      const fields = entry.filters ?? [];
      body.append(textBlock(draft), ...fields.map((field) => codesBlock(field, draft)));
      if (entry.time_field) body.append(timeBlock());
      if (entry.style?.heat) body.append(heatBlock(layerId));
      const apply = () => {
        close(); // first: what is set on the way back is kept, what was set before it is undone
        save(layerId, draft);
        if (entry.time_field) saveTime(body);
      };
      body.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && /** @type {HTMLElement} */ (event.target).matches("input[type=text], input[type=date]")) apply();
      });
      return {
        title: t("筛选{layer}", { layer: entry.title }),
        body,
        foot: [
          el("button", {
            type: "button",
            class: "button button-small",
            text: t("清除筛选"),
            on: {
              click: () => {
                close();
                clearFilters(app, layerId);
              },
            },
          }),
          el("button", {
            type: "button",
            class: "button button-small button-primary",
            text: t("应用"),
            on: { click: apply },
          }),
        ],
      };
    },
    { name: PHONE.matches ? NAME : "", detail: layerId },
  );
}

/** @param {string} layerId
 * @param {Draft} draft */
function save(layerId, draft) {
  const kept = Object.fromEntries(Object.entries(draft).filter(([, values]) => values.length));
  const { [layerId]: _old, ...rest } = app.state.get().filters ?? {};
  app.state.set({ filters: Object.keys(kept).length ? { ...rest, [layerId]: kept } : rest });
}

/** @param {Draft} draft */
function textBlock(draft) {
  const input = el("input", {
    type: "text",
    class: "field field-small",
    autocomplete: "off",
    "aria-label": t("文字包含"),
    placeholder: t("文字包含"),
  });
  input.value = [draft.q ?? []].flat().join(" ");
  input.addEventListener("input", () => {
    draft.q = input.value.trim() ? [input.value.trim()] : [];
  });
  return el("div", { class: "filter-block" }, input);
}

/** @param {Api.LayerField} field
 * @param {Draft} draft */
function codesBlock(field, draft) {
  const values = field.codes ?? [
    { value: "true", title: t("是") },
    { value: "false", title: t("否") },
  ];
  const options = values.map((item) => option(field.name, item, draft));
  const rest = options.slice(SHOWN_VALUES);
  for (const one of rest) one.hidden = !one.querySelector("input").checked;
  const more = rest.some((one) => one.hidden)
    ? el("button", {
        type: "button",
        class: "link-button",
        text: t("再显示 {n} 类", { n: rest.filter((one) => one.hidden).length }),
        on: {
          click: () => {
            for (const one of rest) one.hidden = false;
            more?.remove();
          },
        },
      })
    : null;
  return el("div", { class: "filter-block" }, el("fieldset", {}, el("legend", { text: field.title }), options, more));
}

/** @param {string} name
 * @param {Api.Code} item
 * @param {Draft} draft */
function option(name, item, draft) {
  const box = el("input", { type: "checkbox", class: "check", checked: (draft[name] ?? []).includes(item.value) });
  box.addEventListener("change", () => {
    const rest = (draft[name] ?? []).filter((value) => value !== item.value);
    draft[name] = box.checked ? [...rest, item.value] : rest;
  });
  return el("label", { class: "filter-option" }, box, el("span", { text: item.title }));
}

function timeBlock() {
  const { since, until } = app.state.get().time ?? {};
  const one = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string | null | undefined} */ value) =>
    el("label", {}, label, el("input", { type: "date", class: "field field-small", name, value: value ?? "" }));
  return el(
    "div",
    { class: "filter-block" },
    el("h3", { text: t("日期") }),
    el("div", { class: "filter-dates" }, one("since", t("从"), since), one("until", t("到"), until)),
  );
}

/** @param {HTMLElement} body */
function saveTime(body) {
  const since = body.querySelector("[name=since]").value || null;
  const until = body.querySelector("[name=until]").value || null;
  app.state.set({ time: since || until ? { since, until } : null });
}

/** @param {string} layerId */
function heatBlock(layerId) {
  const box = el("input", {
    type: "checkbox",
    class: "check",
    checked: (app.state.get().heat ?? []).includes(layerId),
  });
  box.addEventListener("change", () => {
    const rest = (app.state.get().heat ?? []).filter((id) => id !== layerId);
    app.state.set({ heat: box.checked ? [...rest, layerId] : rest });
  });
  return el("div", { class: "filter-block" }, el("label", { class: "filter-option" }, box, el("span", { text: t("显示密度") })));
}
