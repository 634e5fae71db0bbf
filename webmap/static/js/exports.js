// The list of exports: made again as they were or from today's data, and removed.

import * as api from "./core/api.js";
import { momentOf } from "./core/days.js";
import { ready, t } from "./core/i18n.js";
import { address, queued } from "./core/jobs.js";
import { send } from "./core/send.js";
import { number } from "./core/units.js";
import { byId, el, icon, put } from "./ui/dom.js";
import { init as wechat } from "./ui/wechat.js";

const POLL_MS = 400;
const SURE_MS = 5000;

wechat();
byId("exports").addEventListener("click", ({ target }) => {
  const at = /** @type {HTMLElement} */ (target);
  const button = at.closest("button");
  const row = at.closest(".made");
  if (!button || !row) return;
  if (button.dataset.again) again(row, button);
  else if (button.dataset.delete === "sure") remove(row);
  else sure(button);
});

// Until here a press would have been lost.
await ready;
for (const button of byId("exports").querySelectorAll(".made button")) button.disabled = false;

// Times stand in the page as the server knows them; here they are the county's.
for (const time of document.querySelectorAll("time[datetime]")) {
  time.textContent = momentOf(new Date(time.dateTime));
}

/** @param {HTMLElement} row
 * @param {HTMLButtonElement} button */
async function again(row, button) {
  const token = row.dataset.token;
  button.disabled = true;
  say(row, "busy", t("正在重做"));
  try {
    const made = await send(`/api/exports/${token}/again`, { data: button.dataset.again });
    const { same, fingerprint, changed, ...result } = made.job ? await watched(row, made.job) : made;
    const link = el("a", { href: `/api/exports/${result.token}/file`, download: "", text: t("下载") });
    const words = same
      ? t("重做好了，与原来一字节不差。")
      : changed.length
        ? t("重做好了，数据更新过，指纹成了 {fingerprint}。", { fingerprint })
        : t("重做好了，程序更新过，指纹成了 {fingerprint}。", { fingerprint });
    say(row, "done", icon("circle-check", "s"), words, link, el("a", { href: "/exports", text: t("刷新列表") }));
  } catch (error) {
    say(row, "failed", icon("circle-alert", "s"), error.message);
  }
  button.disabled = false;
}

/** An atlas or a report is work for a while.
 * @param {HTMLElement} row
 * @param {string} id */
async function watched(row, id) {
  for (;;) {
    await new Promise((done) => setTimeout(done, POLL_MS));
    const job = await api.get(address(id));
    if (job.state === "failed") throw new api.ApiError(job.error);
    if (job.result?.export)
      return {
        ...(await api.get(`/api/exports/${job.result.export}`)),
        same: job.result.same,
        changed: job.result.changed,
      };
    if (job.state === "cancelled") throw new api.ApiError({ code: "cancelled", message: t("已取消") });
    say(
      row,
      "busy",
      job.state === "waiting" ? queued(job) : job.message || t("正在准备"),
      el("progress", { max: 1, value: job.done, "aria-label": t("进度") }),
      t("{n} %", { n: number(job.done * 100, 0) }),
    );
  }
}

/** The second press within a while is meant.
 * @param {HTMLButtonElement} button */
function sure(button) {
  const words = button.querySelector("span");
  const before = words.textContent;
  button.dataset.delete = "sure";
  words.textContent = t("确认删除");
  setTimeout(() => {
    button.dataset.delete = "";
    words.textContent = before;
  }, SURE_MS);
}

/** @param {HTMLElement} row */
async function remove(row) {
  try {
    await send(`/api/exports/${row.dataset.token}`, null, "DELETE");
  } catch (error) {
    return void say(row, "failed", icon("circle-alert", "s"), error.message);
  }
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (next) return void next.querySelector("button").focus();
  return location.reload();
}

/** @param {HTMLElement} row
 * @param {string} state
 * @param {...import("./ui/dom.js").Child} words */
function say(row, state, ...words) {
  const box = row.querySelector(".made-said");
  box.dataset.state = state;
  put(box, words);
}
