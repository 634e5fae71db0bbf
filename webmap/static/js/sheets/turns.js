// Which way the paper had better lie: the choice stays with the person.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";

/** Why the other orientation would be the better one; empty where this one is.
 * @param {Api.TurnChoice[]} turns
 * @param {string} now */
export function turnWords(turns, now) {
  const better = turns.find((turn) => turn.better);
  const chosen = turns.find(({ orientation }) => orientation === now);
  if (!better || !chosen || better === chosen) return "";
  const why = { scale: scaleWords(better.scale), n: percent(better.share), less: scaleWords(chosen.scale), m: percent(chosen.share) };
  return better.orientation === "landscape"
    ? t("横向更合适：{scale}，占图框 {n} %；现在 {less}，占 {m} %。", why)
    : t("纵向更合适：{scale}，占图框 {n} %；现在 {less}，占 {m} %。", why);
}

/** @param {number} share */
const percent = (share) => number(share * 100, 0);

/** “1:200 000”.
 * @param {number} scale */
export const scaleWords = (scale) => `1:${number(scale).replaceAll(",", " ")}`;
