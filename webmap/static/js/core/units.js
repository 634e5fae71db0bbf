// Units and notes arrive in Chinese, as they are stored; here they get the page's language.

import { t } from "./i18n.js";

/** @type {Record<string, () => string>} */
const UNITS = {
  人: () => t("人"),
  户: () => t("户"),
  村: () => t("村"),
  乡镇: () => t("乡镇"),
  个: () => t("个"),
  件: () => t("件"),
  处: () => t("处"),
  座: () => t("座"),
  间: () => t("间"),
  册: () => t("册"),
  片: () => t("片"),
  台: () => t("台"),
  亩: () => t("亩"),
  场: () => t("场"),
  辆: () => t("辆"),
  "公里/时": () => t("公里/时"),
  份: () => t("份"),
  米: () => t("米"),
  张: () => t("张"),
  天: () => t("天"),
  万元: () => t("万元"),
  元: () => t("元"),
  次: () => t("次"),
  项: () => t("项"),
  人次: () => t("人次"),
  吨: () => t("吨"),
  公里: () => t("公里"),
  岁: () => t("岁"),
};
/** @type {Record<string, () => string>} */
const NOTES = {
  "位置归到治理网格，不是发生地点。": () => t("位置归到治理网格，不是发生地点。"),
  "只公布整季和整年的各村件数；1–2 件和能反推出它们的数不显示。": () => t("只公布整季和整年的各村件数；1–2 件和能反推出它们的数不显示。"),
};

/** A unit of the data in the page's language; unknown ones as they are.
 * @param {string | null | undefined} name */
export function unit(name) {
  return UNITS[name ?? ""]?.() ?? name ?? "";
}

/** What was withheld, in the page's language.
 * @param {string | null | undefined} text */
export function note(text) {
  return NOTES[text ?? ""]?.() ?? text ?? "";
}
