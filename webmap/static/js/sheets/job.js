// Long work of the dialog: asked for, watched, stopped at will; what it made is given out and is kept.

import * as api from "../core/api.js";
import { t } from "../core/i18n.js";
import { address, PAGE, queued } from "../core/jobs.js";
import { send } from "../core/send.js";
import { number } from "../core/units.js";
import { el, icon, put } from "../ui/dom.js";
import { toast } from "../ui/toast.js";
import { bytes, EXPORTS, save, sizeWords } from "./ask.js";

const POLL_MS = 400;
const LOST_MS = 3000;
/** @type {Map<string, string>} */
const going = new Map(); // kind → id of the work that goes on, also while the dialog is closed

/** One button and the card below it; `begin` gives the plan of what is asked for. */
export class JobCard {
  off = false;

  /** @param {string} kind
   * @param {() => Record<string, string>} begin */
  constructor(kind, begin) {
    this.kind = kind;
    this.begin = begin;
    /** @type {string | null} */
    this.id = null;
    this.main = el("button", {
      type: "button",
      class: "button button-primary export-main",
      on: { click: () => this._start() },
    });
    this.card = el("div", { class: "export-job", role: "status", "aria-live": "polite", hidden: true });
    this.node = el("footer", { class: "export-actions" }, this.main, this.card);
  }

  /** Words of the button; without them it cannot be pressed.
   * @param {string} words */
  label(words, off = false) {
    put(this.main, icon("download", "s"), words);
    this.off = off;
    this.main.disabled = off || Boolean(this.id);
  }

  /** The work that was begun before the dialog was opened again. */
  resume() {
    const known = going.get(this.kind);
    if (this.id || !known) return;
    this.late = true; // what ended unseen is not given out unasked
    this._follow(Promise.resolve(known));
  }

  /** The dialog is closed: the work goes on, and what it makes is found under the exports. */
  stop() {
    if (this.id)
      toast(t("还在做，做好后留在制图导出。"), {
        action: { label: t("制图导出"), run: () => location.assign(EXPORTS) },
      });
    this.id = null;
  }

  _start() {
    this.late = false;
    return this._follow(send("/api/jobs", { kind: this.kind, plan: this.begin(), page: PAGE }).then(({ id }) => id));
  }

  /** @param {Promise<string>} begun */
  async _follow(begun) {
    this.main.disabled = true;
    this._say({ state: "waiting", ahead: 0, worker: true, done: 0, message: "" });
    try {
      const id = await begun;
      going.set(this.kind, id);
      this.id = id;
      await this._watch(id);
    } catch (error) {
      this._failed(error.message, error.code);
    }
  }

  /** @param {string} id */
  async _watch(id) {
    let pause = POLL_MS;
    while (this.id === id) {
      await new Promise((done) => setTimeout(done, pause));
      if (this.id !== id) return;
      const job = await this._asked(id);
      if (this.id !== id) return;
      pause = job ? POLL_MS : LOST_MS;
      if (!job)
        this._show(
          "running",
          el(
            "p",
            { class: "export-job-title" },
            el("i", { class: "export-spinner" }),
            el("b", { text: t("没有连上服务器，连上后接着看进度。") }),
          ),
        );
      else if (["waiting", "running"].includes(job.state)) {
        this.late = false;
        this._say(job);
      } else this._ended(job);
    }
  }

  /** How far it is; null while the server is out of reach, where the work goes on all the same.
   * @param {string} id
   * @returns {Promise<Api.WatchedJob | null>} */
  async _asked(id) {
    try {
      return await api.get(address(id));
    } catch (error) {
      if (error.status >= 400 && error.status < 500) throw error;
      return null;
    }
  }

  /** @param {Pick<Api.WatchedJob, "state" | "ahead" | "worker" | "done" | "message"> & {wait_s?: number | null}} job */
  _say({ state, ahead, wait_s, worker, done, message }) {
    const lost = state === "waiting" && !worker;
    const title = lost ? t("没有任务进程在运行") : state === "waiting" ? queued({ ahead, wait_s }) : message || t("正在准备");
    const stop = el("button", {
      type: "button",
      class: "button button-small button-text",
      text: t("取消"),
      disabled: !this.id,
      on: { click: () => this._cancel() },
    });
    this._show(
      "running",
      el(
        "p",
        { class: "export-job-title" },
        lost ? icon("circle-alert", "s") : el("i", { class: "export-spinner" }),
        el("b", { text: title }),
        state === "running" ? el("span", { class: "note", text: t("{n} %", { n: number(done * 100, 0) }) }) : null,
        el("span", { class: "grow" }),
        stop,
      ),
      lost
        ? el("p", {
            class: "note",
            text: t("任务已排队。用 serve 启动会自带任务进程，或另外运行 python -m webmap worker。"),
          })
        : el("progress", { max: 1, value: state === "waiting" ? null : done, "aria-label": t("进度") }),
    );
  }

  async _cancel() {
    const { id } = this;
    if (!id) return;
    try {
      await send(`/api/jobs/${id}`, null, "DELETE");
    } catch (error) {
      this._failed(error.message, error.code);
    }
  }

  /** @param {Api.WatchedJob} job */
  _ended({ state, result, error }) {
    this._free();
    if (state === "failed") return void this._failed(error?.message ?? "", error?.code);
    const made = /** @type {Api.Made | null} */ (result);
    const token = made?.export;
    if (!token)
      return void this._show("done", el("p", { class: "export-job-title" }, icon("circle-x", "s"), el("b", { text: t("已取消") })));
    const failed = made.failed ?? [];
    const whole = this.kind === "atlas" ? t("做好了，共 {n} 页", { n: number(made.pages) }) : t("做好了"); // an editable report has no fixed pages
    const title = failed.length ? t("做好了 {n} 页，{m} 页没有画出来", { n: number(made.pages), m: number(failed.length) }) : whole;
    const get = el(
      "button",
      { type: "button", class: "button button-small", on: { click: () => this._get(token) } },
      icon("download", "s"),
      t("下载 {size}", { size: sizeWords(made.size ?? 0) }),
    );
    this._show(
      failed.length ? "part" : "done",
      el(
        "p",
        { class: "export-job-title" },
        icon(failed.length ? "circle-alert" : "circle-check", "s"),
        el("b", { text: title }),
        el("span", { class: "grow" }),
        get,
      ),
      failed.length
        ? el(
            "ul",
            { class: "note export-failed" },
            failed.map(({ name, error: why }) => el("li", { text: t("{name}：{message}", { name, message: why.message }) })),
          )
        : null,
      el("p", { class: "note" }, t("已留存在"), el("a", { href: EXPORTS, text: t("制图导出") })),
    );
    if (!this.late) this._get(token);
  }

  /** @param {string} token */
  async _get(token) {
    const words = await bytes(`/api/exports/${token}/file`).then(save, (error) => error.message);
    this.card.querySelector(".export-kept")?.remove();
    if (words) this.card.append(el("p", { class: "note export-kept", text: words }));
  }

  /** @param {string} message
   * @param {string | undefined} code */
  _failed(message, code) {
    this._free();
    this._show(
      "failed",
      el("p", { class: "export-job-title" }, icon("circle-alert", "s"), el("b", { text: t("没有做出来") })),
      el("p", { class: "note", text: message }),
      el("p", { class: "source", text: t("错误码 {code}", { code }) }),
    );
  }

  _free() {
    this.id = null;
    going.delete(this.kind);
    this.main.disabled = this.off;
  }

  /** @param {string} state
   * @param {...import("../ui/dom.js").Child} children */
  _show(state, ...children) {
    this.card.hidden = false;
    this.card.dataset.state = state;
    put(this.card, children);
  }
}
