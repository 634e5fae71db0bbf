// What is filtered: in words, and how to take it off again.

import { t } from "../core/i18n.js";

/** Take every filter off a layer, what is looked for in its table, and the time window when the layer has dates.
 * @param {App} app
 * @param {string} layerId */
export function clearFilters(app, layerId) {
  const { [layerId]: _gone, ...rest } = app.state.get().filters ?? {};
  const dated = app.layers.entry(layerId)?.time_field;
  app.state.set({ filters: rest, find: "", ...(dated ? { time: null } : {}) });
}

/** “类别：邻里纠纷、合同纠纷”, one text per field.
 * @param {App} app
 * @param {string} layerId */
export function filterWords(app, layerId) {
  const fields = app.layers.entry(layerId)?.filters ?? [];
  return Object.entries(app.state.get().filters?.[layerId] ?? {}).map(([name, values]) => {
    if (name === "q") return t("含“{text}”", { text: [values].flat().join(" ") });
    const field = fields.find((one) => one.name === name);
    const titles = [values].flat().map((value) => valueWords(field, value));
    return t("{field}：{values}", { field: field?.title ?? name, values: titles.join(t("、")) });
  });
}

/** @param {Api.LayerField | undefined} field
 * @param {string} value */
function valueWords(field, value) {
  if (value === "") return t("没有填");
  if (field?.type === "boolean") return value === "true" ? t("是") : t("否");
  return field?.codes?.find((item) => item.value === value)?.title ?? value;
}
