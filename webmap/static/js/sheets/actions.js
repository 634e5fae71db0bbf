// What is done with the sheet: a file, a picture for a slide, the printer.

import { t } from "../core/i18n.js";
import { el, icon, put } from "../ui/dom.js";
import { bytes, EXPORTS, save, sizeWords } from "./ask.js";
import { print } from "./print.js";

const SLIDE_DPI = 144;
/** @type {Record<string, string>} */
const SIGNS = { done: "circle-check", failed: "circle-alert", undrawn: "circle-alert", told: "info" };

/** @typedef {import("./preview.js").Told} Told */
/** @typedef {{paper?: string, orientation?: string, scale?: string}} Slide what makes a slide of another sheet; nothing of one */

export class Actions {
  /** @type {AbortController | undefined} */
  abort;
  /** @type {HTMLButtonElement | null} */
  busy = null;
  good = false;

  /** @param {import("./plan.js").Plan} plan
   * @param {import("./preview.js").Preview} preview */
  constructor(plan, preview) {
    this.plan = plan;
    this.preview = preview;
    this.kind = "pdf";
    this.size = 0;
    this.main = el("button", {
      type: "button",
      class: "button button-primary export-main",
      on: { click: () => this._file() },
    });
    this.copy = el("button", { type: "button", class: "button", on: { click: () => this._copy() } }, icon("copy", "s"), t("复制图片"));
    this.press = el("button", { type: "button", class: "button", on: { click: () => this._print() } }, icon("printer", "s"), t("直接打印"));
    this.said = el("p", { class: "export-done", role: "status", "aria-live": "polite" });
    this.node = el("footer", { class: "export-actions" }, this.main, el("div", { class: "export-pair" }, this.copy, this.press), this.said);
    this._draw();
  }

  /** @param {string} kind */
  format(kind) {
    this.kind = kind;
    this._draw();
  }

  /** What the preview told of the sheet; null where it could not be drawn, with what is wrong: on a phone the sheet may be out of sight.
   * @param {Told | null} told
   * @param {Failure} [error] */
  told(told, error) {
    if (error) this._say("undrawn", error.message);
    else if (this.said.dataset.state === "undrawn") put(this.said);
    this.size = told?.bytes ?? 0;
    this.good = Boolean(told);
    this._draw();
  }

  stop() {
    this.abort?.abort();
  }

  _draw() {
    const size = this.kind === "pdf" && this.size ? t("（约 {size}）", { size: sizeWords(this.size) }) : "";
    if (!this.busy) put(this.main, icon("download", "s"), t("导出 {format}{size}", { format: this.kind.toUpperCase(), size }));
    for (const button of [this.main, this.copy, this.press]) button.disabled = !this.good || Boolean(this.busy);
  }

  /** @param {string} kind
   * @param {...import("../ui/dom.js").Child} words */
  _say(kind, ...words) {
    this.said.dataset.state = kind;
    put(this.said, icon(SIGNS[kind], "s"), el("span", {}, words));
  }

  /** Run one of the three, with the words kept and a spinner beside them.
   * @param {HTMLButtonElement} button
   * @param {(signal: AbortSignal) => Promise<void>} work */
  async _run(button, work) {
    this.busy = button;
    const { signal } = (this.abort = new AbortController());
    button.querySelector(".icon")?.replaceWith(el("i", { class: "export-spinner" }));
    put(this.said);
    this._draw();
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted)
        this._say(
          "failed",
          error.message,
          " ",
          el("span", { class: "source", text: t("错误码 {code}", { code: error.code ?? "browser" }) }),
        );
    }
    this.busy = null;
    button
      .querySelector(".export-spinner")
      ?.replaceWith(icon(button === this.copy ? "copy" : button === this.press ? "printer" : "download", "s"));
    this._draw();
  }

  /** @param {string} format */
  _address(format, more = {}) {
    return `/api/sheets/file?${this.plan.query(more)}&format=${format}`;
  }

  _file() {
    return this._run(this.main, async (signal) => {
      const file = await bytes(this._address(this.kind), { signal });
      const way = save(file);
      if (way) return this._instead({}, way, t("看图片，长按保存"));
      return this._say(
        "done",
        t("已导出 {size}，留存在", { size: sizeWords(file.blob.size) }),
        el("a", { href: EXPORTS, text: t("制图导出") }),
      );
    });
  }

  _copy() {
    const { paper } = this.plan.now;
    /** @type {Slide} */
    const slide = ["slide", "figure"].includes(paper) ? {} : { paper: "slide", orientation: "", scale: "" };
    if (!window.isSecureContext || !window.ClipboardItem || !navigator.clipboard?.write) return void this._instead(slide);
    return this._run(this.copy, async (signal) => {
      const picture = bytes(`${this._address("png", slide)}&dpi=${SLIDE_DPI}`, { signal });
      picture.catch(() => null); // the browser tells only that it could not copy; what happened is told below
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": picture.then(({ blob }) => blob) })]);
      } catch (error) {
        await picture;
        this._instead(slide, t("浏览器没有让复制。"));
        console.warn("clipboard", error);
        return;
      }
      this._say("done", slide.paper ? t("已按幻灯片大小复制，可以直接粘贴。") : t("已复制，可以直接粘贴。"));
    });
  }

  /** Where the browser forbids it: why, and a picture as another way.
   * @param {Slide} slide */
  _instead(slide, why = t("没有用 HTTPS 打开，浏览器不让复制图片。"), words = t("下载 PNG 再插入")) {
    const link = el("button", {
      type: "button",
      class: "link-button",
      text: words,
      on: {
        click: () =>
          this._run(this.copy, async (signal) => void save(await bytes(`${this._address("png", slide)}&dpi=${SLIDE_DPI}`, { signal }))),
      },
    });
    this._say("told", why, " ", link);
  }

  _print() {
    return this._run(this.press, async (signal) => {
      const { blob } = await bytes(this._address("png"), { signal });
      await print(blob, this.preview.size);
    });
  }
}
