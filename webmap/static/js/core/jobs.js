// Long work as every page asks for it and speaks of it.

import { t } from "./i18n.js";
import { number } from "./units.js";

const AWAY_S = 120; // browsers let a hidden page ask once a minute
const MINUTE_S = 60;
const STEP_S = 5;

/** This page among those of the browser: what it asks for anew takes the place of what it asked before. */
export const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Where the state of a job is asked for; a page that is hidden says that it will ask less often.
 * @param {string} id */
export const address = (id) => `/api/jobs/${id}?lang=${document.documentElement.dataset.lang}${document.hidden ? `&wait=${AWAY_S}` : ""}`;

/** How many come before one that waits, and when it is thought to begin.
 * @param {{ahead: number, wait_s?: number | null}} job */
export function queued({ ahead, wait_s: wait }) {
  if (!ahead) return t("正在排队");
  if (wait === null || wait === undefined) return t("前面还有 {n} 个任务", { n: ahead });
  return t("前面 {n} 个，约 {time}", { n: ahead, time: roughly(wait) });
}

/** @param {number} seconds */
function roughly(seconds) {
  if (seconds < MINUTE_S - STEP_S / 2) return t("{n} 秒", { n: number(Math.max(STEP_S, STEP_S * Math.round(seconds / STEP_S))) });
  return t("{n} 分钟", { n: number(Math.round(seconds / MINUTE_S) || 1) });
}
