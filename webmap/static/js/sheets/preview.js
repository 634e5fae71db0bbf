// The live sheet: asked for after each change, shown at any size, with what is and what is not printed on it.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { debounce, el, icon, put } from "../ui/dom.js";
import { problem } from "../ui/states.js";
import { bytes } from "./ask.js";

const WAIT_MS = 250;
const MARGIN_PX = 28;
const MM = 96 / 25.4;
const STEPS = [25, 33, 50, 67, 75, 90, 100, 125, 150, 200, 300];
const TICK_MS = 1000;
const LONG_S = 3;
const PX_STEP = 200;
const LEAST_PX = 400;
const MOST_PX = 3200;

/** @typedef {{width: number, height: number}} Size of a paper in millimetres */
/** @typedef {{title: string, own: string, locked: string[], scale: number, named: number, dropped: number, bytes: number, fingerprint: string}} Told of a sheet */
/** @typedef {(told: Told | null, error?: Failure) => void} Listener */

/** What stands left. `ask(query)` draws another sheet; `listeners hear the headers of the one that is shown, or what is wrong. */
export class Preview {
  /** @type {string | null} */
  query;
  /** @type {HTMLImageElement} */
  image;
  /** @type {HTMLElement} */
  paper;
  /** @type {HTMLDivElement} */
  state;
  /** @type {HTMLDivElement} */
  scroll;
  /** @type {HTMLParagraphElement} */
  said;
  /** @type {HTMLDivElement} */
  turn;
  /** @type {HTMLParagraphElement} */
  names;
  /** @type {HTMLSpanElement} */
  level;
  /** @type {HTMLDivElement} */
  foot;
  /** @type {ResizeObserver} */
  watch;
  /** @type {HTMLElement[]} */
  nodes;
  /** @type {AbortController | undefined} */
  abort;
  /** @type {number | undefined} */
  clock;

  /** @param {import("./plan.js").Plan} plan */
  constructor(plan) {
    this.plan = plan;
    this.now = 50; // per cent of the paper's size, as it is seen
    /** @type {number | null} */
    this.zoom = null; // per cent of the paper's size; null fits the window
    this.size = { width: 420, height: 297 };
    /** @type {Told | null} */
    this.told = null;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    this.later = debounce(() => this._ask(), WAIT_MS);
    this._build();
  }

  /** @param {Listener} fn */
  on(fn) {
    this.listeners.add(fn);
  }

  /** Draw the sheet of a query string on a paper of `size` mm; `note` stands beside what is printed.
   * @param {string} query
   * @param {{size?: Size, note?: import("../ui/dom.js").Child, now?: boolean}} [how] */
  ask(query, { size, note = null, now = false } = {}) {
    if (size) this.size = size;
    this._turned(note);
    this._fit();
    this.query = query;
    this.abort?.abort();
    this._busy();
    if (now) this._ask();
    else this.later();
  }

  /** What leads to other sheets; the focus stays on the same button, or on the one beside it at the end.
   * @param {import("../ui/dom.js").Child} note */
  _turned(note) {
    const buttons = () => [...this.turn.querySelectorAll("button")];
    const at = buttons().indexOf(document.activeElement);
    put(this.turn, note);
    if (at >= 0) (buttons()[at].disabled ? buttons().find((one) => !one.disabled) : buttons()[at])?.focus();
  }

  /** Show something else than a sheet.
   * @param {...import("../ui/dom.js").Child} children */
  instead(...children) {
    this.abort?.abort();
    this.query = null;
    this._say("");
    this.paper.hidden = true;
    put(this.state, children);
    this.state.hidden = false;
    this.foot.hidden = true;
  }

  stop() {
    this.abort?.abort();
    this.query = null;
    clearInterval(this.clock);
    this.watch.disconnect();
    URL.revokeObjectURL(this.image.src);
  }

  _build() {
    this.image = el("img", { alt: "", hidden: true });
    this.paper = el("figure", { class: "export-paper" }, el("span", { class: "skeleton" }), this.image);
    this.state = el("div", { class: "export-state", hidden: true });
    this.scroll = el("div", { class: "export-scroll", tabindex: "0", role: "group", "aria-label": t("图件") }, this.paper, this.state);
    this.said = el("p", { class: "export-said", role: "status", "aria-live": "polite" });
    this.turn = el("div", { class: "export-turn" });
    this.names = el("p", { class: "export-names" });
    this.level = el("span", { class: "export-level" });
    const step = (/** @type {number} */ by, /** @type {string} */ symbol, /** @type {string} */ label) =>
      el(
        "button",
        {
          type: "button",
          class: "button button-small export-zoom",
          "aria-label": label,
          title: label,
          on: { click: () => this._step(by) },
        },
        icon(symbol, "s"),
      );
    const fit = el("button", { type: "button", class: "button button-small button-text", on: { click: () => this._step(0) } }, this.level);
    this.foot = el(
      "div",
      { class: "export-foot" },
      this.said,
      this.names,
      this.turn,
      el("span", { class: "export-size" }, step(-1, "minus", t("缩小")), fit, step(1, "plus", t("放大"))),
    );
    this.watch = new ResizeObserver(() => this._fit());
    this.watch.observe(this.scroll);
    this.nodes = [this.scroll, this.foot];
  }

  // ---- asking ----

  async _ask() {
    const { query } = this;
    if (query === null) return;
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const started = performance.now();
    this._busy();
    try {
      const { blob, headers } = await bytes(`/api/sheets/preview?${query}&px=${this._px()}`, { signal: abort.signal });
      if (this.abort !== abort || this.query !== query) return;
      this._shown(blob, headers, (performance.now() - started) / 1000);
    } catch (error) {
      if (this.abort !== abort || abort.signal.aborted) return;
      this._failed(error);
    }
  }

  _busy() {
    this.paper.setAttribute("aria-busy", "true");
    if (this.said.dataset.state === "busy") return;
    const words = el("span", { "aria-hidden": "true" });
    this._say("busy", el("i", { class: "export-spinner" }), el("span", {}, t("正在画预览"), words));
    let seconds = 0;
    this.clock = setInterval(() => {
      seconds += 1;
      words.textContent = t("，已用 {n} 秒", { n: seconds });
      if (seconds === LONG_S) put(this.names, t("第一次画要先读字体和数据"));
    }, TICK_MS);
  }

  /** The line below the sheet.
   * @param {string} state
   * @param {...import("../ui/dom.js").Child} words */
  _say(state, ...words) {
    clearInterval(this.clock);
    this.said.dataset.state = state;
    put(this.said, words);
  }

  /** @param {Blob} blob
   * @param {Headers} headers
   * @param {number} seconds */
  _shown(blob, headers, seconds) {
    this._put(blob);
    const text = (/** @type {string} */ name) => decodeURIComponent(headers.get(name) ?? "");
    const tell = (/** @type {string} */ name) => Number(headers.get(name) ?? 0);
    this.told = {
      title: text("Sheet-Title"),
      own: text("Sheet-Title-Own"),
      locked: text("Sheet-Title-Locked").split("\n").filter(Boolean),
      scale: tell("Sheet-Scale"),
      named: tell("Sheet-Named"),
      dropped: tell("Sheet-Dropped"),
      bytes: tell("Sheet-Bytes"),
      fingerprint: headers.get("Sheet-Fingerprint") ?? "",
    };
    this.image.alt = this.told.title;
    this._say(
      "done",
      icon("circle-check", "s"),
      el(
        "span",
        {},
        t("预览已更新"),
        seconds < 0.1 ? null : el("span", { class: "export-took", text: t("，用时 {n} 秒", { n: number(seconds, 1) }) }),
      ),
    );
    const { named, dropped } = this.told;
    put(this.names, named || dropped ? namesWords(named, dropped) : t("没有地名"));
    for (const fn of this.listeners) fn(this.told);
  }

  /** @param {Blob} blob */
  _put(blob) {
    URL.revokeObjectURL(this.image.src);
    this.image.src = URL.createObjectURL(blob);
    for (const node of [this.image, this.paper, this.foot]) node.hidden = false;
    this.state.hidden = true;
    this.paper.removeAttribute("aria-busy");
    delete this.paper.dataset.old;
  }

  /** Show a page of `size` mm that was made elsewhere.
   * @param {Blob} blob
   * @param {Size} size
   * @param {string} words what it is */
  page(blob, size, words) {
    this.abort?.abort();
    this.query = null;
    this.size = size;
    this._put(blob);
    this.image.alt = words;
    this._turned(null);
    put(this.names);
    this._fit();
    this._say("done", icon("circle-check", "s"), el("span", {}, words));
  }

  /** The page that stands there is not the one that was asked for: why.
   * @param {string} why
   * @param {boolean} wrong whether it will not come */
  old(why, wrong) {
    if (this.paper.hidden) return;
    this.paper.dataset.old = "";
    const note = el("span", { class: "export-took", text: t("，上面是改动前的首页") });
    this._say(wrong ? "failed" : "busy", icon(wrong ? "circle-alert" : "refresh-cw", "s"), el("span", {}, why.replace(/[。.]$/, ""), note));
  }

  /** @param {Failure} error */
  _failed(error) {
    this.paper.removeAttribute("aria-busy");
    this.paper.hidden = true;
    this._say("failed", icon("circle-alert", "s"), t("没有画出来"));
    put(this.names);
    put(
      this.state,
      problem(t("这一幅没有画出来"), error, () => this._ask()),
    );
    this.state.hidden = false;
    this.told = null;
    for (const fn of this.listeners) fn(null, error);
  }

  /** Pixels across for the size at which it is seen; in steps, so that a window's few pixels ask for nothing new. */
  _px() {
    const wanted = this.size.width * MM * (this.now / 100) * Math.min(devicePixelRatio, 2);
    return Math.max(LEAST_PX, Math.min(MOST_PX, Math.ceil(wanted / PX_STEP) * PX_STEP));
  }

  // ---- size ----

  _fit() {
    const room = { width: this.scroll.clientWidth - 2 * MARGIN_PX, height: this.scroll.clientHeight - 2 * MARGIN_PX };
    const whole = (Math.min(room.width / this.size.width, room.height / this.size.height) / MM) * 100;
    const level = this.zoom ?? Math.max(5, whole);
    const px = (/** @type {number} */ mm) => `${Math.round(mm * MM * (level / 100))}px`;
    this.paper.style.setProperty("width", px(this.size.width));
    this.paper.style.setProperty("height", px(this.size.height));
    put(
      this.level,
      this.zoom === null ? [el("span", { class: "export-fitted", text: t("适合窗口") }), " "] : null,
      t("{n} %", { n: Math.round(level) }),
    );
    this.now = level;
  }

  /** @param {number} by */
  _step(by) {
    const next = by > 0 ? STEPS.find((one) => one > this.now + 1) : STEPS.findLast((one) => one < this.now - 1);
    this.zoom = by === 0 ? null : (next ?? this.zoom);
    const before = this._px();
    this._fit();
    if (this._px() > before && this.query) this.later();
  }
}

/** Figures stand out.
 * @param {string} text */
const figures = (text) => text.split(/(\d[\d,]*)/).map((part, i) => (i % 2 ? el("b", { text: part }) : part));

/** @param {number} named
 * @param {number} dropped */
function namesWords(named, dropped) {
  return figures(
    [t("地名 {n} 个已注", { n: number(named) }), dropped ? t("{n} 个没有注出", { n: number(dropped) }) : null]
      .filter(Boolean)
      .join(t("，")),
  );
}
