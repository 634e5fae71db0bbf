// Settings of one sheet: title, area, mark, paper, scale, what stands on it, format.

import * as api from "../core/api.js";
import { whole } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { debounce, el, icon, put } from "../ui/dom.js";
import { Actions } from "./actions.js";
import { Drawn } from "./drawn.js";
import { areaRows, cards, check, choice, fillChoice, known, part, segments } from "./fields.js";
import { saidOf } from "./kept.js";
import { Open } from "./public.js";
import { turnWords } from "./turns.js";

const WAIT_MS = 300;
const PIXELS_PER_MM = 300 / 25.4;

export class Form {
  /** @type {AbortController | undefined} */
  abort;
  /** @type {HTMLSpanElement} */
  count;
  /** @type {HTMLTextAreaElement} */
  title;
  /** @type {HTMLSelectElement} */
  area;
  /** @type {HTMLSelectElement} */
  handling;
  /** @type {Open} */
  open;
  /** @type {HTMLDivElement} */
  looks;
  /** @type {HTMLDivElement} */
  paper;
  /** @type {HTMLDivElement} */
  turn;
  /** @type {HTMLSelectElement} */
  scale;
  /** @type {HTMLParagraphElement} */
  scaleNote;
  /** @type {HTMLDivElement} */
  parts;
  /** @type {HTMLDivElement} */
  formats;
  /** @type {HTMLUListElement} */
  locked;
  /** @type {HTMLParagraphElement} */
  better;

  /** @param {App} app
   * @param {import("./plan.js").Plan} plan
   * @param {import("./preview.js").Preview} preview */
  constructor(app, plan, preview) {
    this.app = app;
    this.plan = plan;
    this.preview = preview;
    /** @type {Api.SheetChoices | null} */
    this.options = null;
    /** @type {import("./preview.js").Told | null} */
    this.told = null;
    this.format = plan.asked?.kind === "sheet" ? plan.asked.format : "pdf";
    this.drawn = new Drawn(app, plan);
    this.active = false;
    this.actions = new Actions(plan, preview);
    this.fields = el("div", { class: "export-fields", tabindex: "0", role: "group", "aria-label": t("设置") });
    this.nodes = [this.fields, this.actions.node];
    this.asked = debounce(() => this._options(), 50);
    plan.on((changed) => this.active && this._changed(changed));
    preview.on((told, error) => this.active && this._told(told, error));
    this._build();
  }

  /** Become the tab that is seen. */
  show() {
    this.active = true;
    this._options();
    this._ask(true);
  }

  stop() {
    this.active = false;
    this.abort?.abort();
    this.actions.stop();
  }

  /** @param {string[]} changed */
  _changed(changed) {
    if (changed.includes("paper") && !this._paper()?.turns && this.plan.now.orientation !== "landscape")
      return void this.plan.set({ orientation: "landscape" });
    if (changed.some((name) => ["paper", "orientation", "code"].includes(name)) && this.plan.now.scale)
      return void this.plan.set({ scale: "" });
    this._draw();
    this._ask();
    this.asked();
  }

  _ask(now = false) {
    const size = this._size();
    this.preview.ask(this.plan.query(), { size, now });
  }

  async _options() {
    this.abort?.abort();
    this.abort = new AbortController();
    const query = this.plan.query();
    try {
      this.options = await api.get(`/api/sheets/options?${query}`, { signal: this.abort.signal });
    } catch (error) {
      if (!(error instanceof api.ApiError)) return; // overtaken; what is wrong with the plan stands left, in place of the sheet
    }
    this._draw();
  }

  /** What the sheet came out as: its title and scale where they were left to it.
   * @param {import("./preview.js").Told | null} told
   * @param {Failure | undefined} error */
  _told(told, error) {
    this.told = told ?? this.told;
    if (told && this.plan.now.title) this.plan.keepTitle(this._place(), saidOf(told.locked));
    this.actions.told(told, error);
    if (told && !this.options) this._options(); // the line is back
    this._draw();
  }

  /** What the place of the sheet is called. */
  _place() {
    const { code } = this.plan.now;
    return this.options?.areas.find((one, at) => (code ? one.code === code : !at))?.name ?? "";
  }

  _paper() {
    return this.options?.papers.find((one) => one.id === this.plan.now.paper) ?? null;
  }

  _size() {
    const { width, height } = this._paper() ?? { width: 420, height: 297 };
    return this.plan.now.orientation === "portrait" ? { width: height, height: width } : { width, height };
  }

  // ---- drawing ----

  _build() {
    const set = (/** @type {string} */ name) => (/** @type {string} */ value) => this.plan.set({ [name]: value });
    this.count = el("span", { class: "note" });
    this.title = el("textarea", {
      class: "field",
      rows: 2,
      data: { name: "title" },
      on: { blur: () => this._draw(), ...this._typed("title") },
    });
    this.title.addEventListener("input", () => this._count());
    this.title.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.locked = el("ul", { class: "export-locked", "aria-label": t("题里不能去掉的"), hidden: true });
    this.area = choice("code", [["", whole()]], this.plan.now.code, set("code"));
    this.handling = choice(
      "handling",
      [
        ["internal", this.app.layers.theme.viewer.role === "public" ? t("供公众查看") : t("内部用图")],
        ["public", t("公开")],
      ],
      this.plan.now.handling,
      set("handling"),
    );
    this.open = new Open(this.plan, (name) => this._typed(name));
    this.looks = el("div");
    this.paper = el("div");
    this.turn = el("div");
    this.better = el("p", { class: "export-better", role: "status", hidden: true });
    this.scale = choice("scale", [["", t("自动")]], "", set("scale"));
    this.scaleNote = el("p", { class: "note" });
    this.parts = el("div", { class: "export-checks" });
    this.formats = el("div");
    put(
      this.fields,
      part(t("标题"), this.title, { aside: this.count, note: this.locked }),
      el("div", { class: "export-pair" }, part(t("范围"), this.area), part(t("标记"), this.handling)),
      this.open.node,
      this.plan.otherwise.length
        ? el(
            "ul",
            { class: "export-otherwise note" },
            this.plan.otherwise.map((words) => el("li", { text: words })),
          )
        : null,
      this.looks,
      el("div", { class: "export-part" }, el("span", { class: "export-label", text: t("纸张") }), this.paper, this.turn, this.better),
      part(t("比例尺"), this.scale, { note: this.scaleNote }),
      this.drawn.node,
      part(t("图面内容"), this.parts),
      part(t("格式"), this.formats),
    );
    this.open.draw(this.options);
  }

  /** Listeners of a text: it counts when the writer rests, and when the field is left. Signs without ink are not kept.
   * @param {string} name */
  _typed(name) {
    const set = (/** @type {Event} */ event) =>
      this.plan.set({ [name]: /** @type {HTMLInputElement} */ (event.target).value.replace(/\p{Cf}/gu, "").trim() });
    return { input: debounce(set, WAIT_MS), change: set };
  }

  _draw() {
    const { options } = this;
    const { now } = this.plan;
    if (!options) return;
    this.title.placeholder = now.title ? "" : (this.told?.own ?? "");
    this._drawLocked();
    if (document.activeElement !== this.title) this.title.value = now.title || this.title.placeholder;
    this.title.maxLength = options.title_most;
    this._count();
    fillChoice(this.area, areaRows(options.areas), now.code || options.areas[0].code);
    this._drawLooks();
    this._drawPaper(options);
    this.better.textContent = turnWords(options.turns, now.orientation);
    this.better.hidden = !this.better.textContent;
    this.drawn.draw(options.layers);
    this._drawScale(options);
    this._drawParts(options);
    this._drawFormats();
    this.open.draw(options);
  }

  _count() {
    const most = this.options?.title_most ?? 40;
    this.count.textContent = t("{n} / {most} 字", { n: this.title.value.trim().length, most });
  }

  /** What stands behind any title: which rows only, and the time. */
  _drawLocked() {
    const locked = this.told?.locked ?? [];
    if (known(this.locked, locked)) return;
    put(
      this.locked,
      locked.map((words) => el("li", {}, icon("lock", "s"), words)),
    );
    this.locked.hidden = !locked.length;
  }

  /** On the page of disputes: as what they are shown. */
  _drawLooks() {
    const { show } = this.plan.now;
    if (!show || this.plan.page.theme !== "disputes" || known(this.looks, show)) return;
    const focus = this._focus();
    /** @type {Record<string, string>} */
    const looks = { rate: t("发生率"), spots: t("热点"), density: t("密度") };
    /** @type {Record<string, string>} */
    const others = { compare: t("对比"), off: t("不用") };
    const ofThePage = others[this.plan.page.show];
    if (ofThePage) looks[this.plan.page.show] = ofThePage;
    put(
      this.looks,
      part(
        t("表现方式"),
        segments("show", t("表现方式"), looks, show, (next) => this.plan.set({ show: next })),
      ),
    );
    this._focus(focus);
  }

  /** The name of the field that has the focus; given one, the focus goes back to it after it was drawn anew. */
  _focus(name = "") {
    if (name) this.fields.querySelector(`[data-name="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
    return /** @type {HTMLElement} */ (document.activeElement)?.dataset.name;
  }

  /** @param {Api.SheetChoices} options */
  _drawPaper(options) {
    const { now } = this.plan;
    if (known(this.paper, [now.paper, now.orientation])) return;
    const focus = this._focus();
    put(
      this.paper,
      segments("paper", t("纸张"), Object.fromEntries(options.papers.map(({ id, title }) => [id, title])), now.paper, (paper) =>
        this.plan.set({ paper }),
      ),
    );
    const { width, height, turns } = this._paper() ?? options.papers[0];
    const words = (/** @type {number} */ a, /** @type {number} */ b) =>
      t("{width} × {height} 毫米", { width: number(a), height: number(b) });
    /** @type {Record<string, string>} */
    const seen = { landscape: t("横向"), portrait: t("纵向") };
    seen[now.orientation] += ` ${now.orientation === "landscape" ? words(width, height) : words(height, width)}`;
    put(
      this.turn,
      segments(
        "orientation",
        t("方向"),
        seen,
        now.orientation,
        (orientation) => this.plan.set({ orientation }),
        turns ? {} : { portrait: t("这种纸只有横向") },
      ),
    );
    this._focus(focus);
  }

  /** @param {Api.SheetChoices} options */
  _drawScale(options) {
    const { scales } = options;
    const best = scales.find(({ fits }) => fits)?.scale;
    const scale = Number(this.plan.now.scale) || best;
    const words = (/** @type {number | undefined} */ n) => `1:${number(n).replaceAll(",", " ")}`;
    /** @type {import("./fields.js").Row[]} */
    const rows = scales.map(({ scale: n, fits }) => [String(n), `${words(n)} ${fits ? t("放得下") : t("放不下")}`, !fits]);
    fillChoice(this.scale, [["", t("自动 {scale}", { scale: best ? words(best) : "" })], ...rows], this.plan.now.scale);
    const large = scales.filter(({ fits }) => !fits).at(-1);
    const { width, height } = this._paper() ?? options.papers[0];
    const larger = options.papers.some((one) => one.width * one.height > width * height);
    const out = larger
      ? t("{scale} 放不下，换大一些的纸，或做成图册。", { scale: words(large?.scale) })
      : t("{scale} 放不下，缩小范围，或做成图册。", { scale: words(large?.scale) });
    this.scaleNote.textContent = large ? out : t("图上 1 厘米是实地 {n} 米。", { n: number(Number(scale) / 100) });
  }

  /** @param {Api.SheetChoices} options */
  _drawParts(options) {
    const chosen = new Set(this.plan.now.parts ?? options.parts.filter(({ usual }) => usual).map(({ id }) => id));
    const rows = options.parts.map(({ id, title }) => ({ id, title, on: chosen.has(id) }));
    if (known(this.parts, rows)) return;
    const focus = this._focus();
    const change = (/** @type {string} */ id, /** @type {boolean} */ on) => {
      if (on) chosen.add(id);
      else chosen.delete(id);
      this.plan.set({ parts: options.parts.map((one) => one.id).filter((one) => chosen.has(one)) });
    };
    put(
      this.parts,
      rows.map(({ id, title, on }) => check(id, title, on, (next) => change(id, next))),
    );
    this._focus(focus);
  }

  _drawFormats() {
    const { width, height } = this._size();
    const px = (/** @type {number} */ mm) => Math.floor(mm * PIXELS_PER_MM + 1e-6);
    const rows = [
      ["pdf", "PDF", t("矢量，文字可搜索")],
      ["png", "PNG", t("高清 {width} × {height}", { width: px(width), height: px(height) })],
      ["svg", "SVG", t("可在绘图软件里改")],
    ];
    if (!known(this.formats, [rows, this.format])) {
      const inside = this.formats.contains(document.activeElement);
      put(
        this.formats,
        cards("format", t("格式"), rows, this.format, (format) => {
          this.format = format;
          this._drawFormats();
        }),
      );
      if (inside) this.formats.querySelector("input:checked").focus();
    }
    this.actions.format(this.format);
  }
}
