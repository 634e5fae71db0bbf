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
  const percent = { n: number(better.share * 100, 0), m: number(chosen.share * 100, 0) };
  return better.orientation === "landscape"
    ? t("横向更合适：范围占图框 {n} %，现在 {m} %。", percent)
    : t("纵向更合适：范围占图框 {n} %，现在 {m} %。", percent);
}
