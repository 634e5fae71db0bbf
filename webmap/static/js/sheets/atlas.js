// The atlas: an index page, then a page for each township or village, with the breaks and colours of one sheet.

import * as api from "../core/api.js";
import { atMost, whole } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { debounce, el, icon, put } from "../ui/dom.js";
import { problem } from "../ui/states.js";
import { areaRows, cards, check, choice, fillChoice, known, part, segments } from "./fields.js";
import { JobCard } from "./job.js";

const A4 = { width: 210, height: 297 };
const NAME = "{number:02d}-{name}";
const WAIT_MS = 300;

export class Atlas {
  /** @type {HTMLDivElement} */
  kind;
  /** @type {HTMLSelectElement} */
  area;
  /** @type {HTMLDivElement} */
  all;
  /** @type {HTMLDivElement} */
  list;
  /** @type {HTMLDivElement} */
  files;
  /** @type {HTMLInputElement} */
  name;
  /** @type {HTMLDivElement} */
  names;
  /** @type {HTMLDivElement} */
  fields;
  /** @type {AbortController | undefined} */
  abort;

  /** @param {App} app
   * @param {import("./plan.js").Plan} plan
   * @param {import("./preview.js").Preview} preview */
  constructor(app, plan, preview) {
    this.app = app;
    this.plan = plan;
    this.preview = preview;
    const asked = plan.asked?.kind === "atlas" ? plan.asked.words : {};
    this.by = asked.atlas ?? "township";
    this.format = asked.format ?? "pdf";
    /** @type {Set<string> | null} */
    this.only = asked.only ? new Set(asked.only.split(",")) : null; // codes; null for all of them
    this.named = asked.name ?? NAME;
    this.at = 0;
    /** @type {Api.AtlasPage[]} */
    this.pages = [];
    this.job = new JobCard("atlas", () => this._words());
    this._build();
    this.nodes = [this.fields, this.job.node];
  }

  show() {
    this.job.resume();
    this._load();
  }

  stop() {
    this.abort?.abort();
    this.job.stop();
  }

  _build() {
    this.kind = el("div");
    this.area = choice("atlas-code", [["", whole()]], this.plan.now.code, (code) => {
      this.plan.set({ code });
      this.only = null;
      this.at = 0;
      this._load();
    });
    this.all = el("div");
    this.list = el("div", { class: "export-list", tabindex: "0", role: "group", "aria-label": t("哪些页") });
    this.files = el("div");
    this.name = el("input", {
      type: "text",
      class: "field",
      value: this.named,
      spellcheck: false,
      data: { name: "atlas-name" },
    });
    this.names = part(t("文件名"), this.name, {
      note: el("p", {
        class: "note",
        text: t("可用 {number} 幅号、{name} 名称、{code} 代码、{title} 标题、{date} 日期。"),
      }),
    });
    this.fields = el("div", { class: "export-fields", tabindex: "0", role: "group", "aria-label": t("设置") });
    put(
      this.fields,
      el("div", { class: "export-part" }, el("span", { class: "export-label", text: t("每幅的范围") }), this.kind),
      part(t("范围"), this.area),
      part(t("哪些页"), this.all),
      this.list,
      part(t("格式"), this.files),
      this.names,
    );
  }

  /** The pages that there are, then the picture of the one that is looked at. */
  async _load() {
    this.abort?.abort();
    this.abort = new AbortController();
    this._drawKind();
    this._drawFiles();
    try {
      /** @type {Api.SheetChoices} */
      const found = await api.get(`/api/sheets/options?${this.plan.query({ ...this._sheet(), atlas: this.by })}`, {
        signal: this.abort.signal,
      });
      fillChoice(
        this.area,
        areaRows(found.areas.filter(({ code }) => code === atMost(code, "township"))),
        this._sheet().code || found.areas[0].code,
      );
      this.pages = found.atlas?.pages ?? [];
    } catch (error) {
      if (!(error instanceof api.ApiError)) return;
      this.pages = [];
      this.preview.instead(problem(t("图册的页没有取到"), error, () => this._load()));
    }
    this._drawPages();
    if (this.pages.length) this._look(Math.min(this.at, this.pages.length - 1));
  }

  /** Look at one page.
   * @param {number} at */
  _look(at) {
    this.at = at;
    const { code } = this.pages[at];
    const step = (/** @type {number} */ by, /** @type {string} */ symbol, /** @type {string} */ label) =>
      el(
        "button",
        {
          type: "button",
          class: "button button-small export-zoom",
          "aria-label": label,
          title: label,
          disabled: !this.pages[at + by],
          on: { click: () => this._look(at + by) },
        },
        icon(symbol, "s"),
      );
    const where = el("span", { text: t("第 {n} 幅 / 共 {all} 幅", { n: at + 1, all: this.pages.length }) });
    const note = [step(-1, "chevron-left", t("上一幅")), where, step(1, "chevron-right", t("下一幅"))];
    this.preview.ask(this.plan.query({ ...this._sheet(), atlas: this.by, page: code }), { size: A4, note });
  }

  /** The atlas has its own paper, and a scale for each page; of a village or a grid it is that of its township. */
  _sheet() {
    return { paper: "", orientation: "", scale: "", title: "", code: atMost(this.plan.now.code, "township") };
  }

  _words() {
    const chosen = this.only;
    const only = chosen
      ? this.pages
          .filter(({ code }) => chosen.has(code))
          .map(({ code }) => code)
          .join(",")
      : "";
    return this.plan.words({
      ...this._sheet(),
      atlas: this.by,
      only,
      format: this.format,
      name: this.format === "zip" ? this.name.value.trim() : "",
    });
  }

  // ---- drawing ----

  _drawKind() {
    const choose = (/** @type {string} */ by) => {
      this.by = by;
      this.only = null;
      this.at = 0;
      this._load();
    };
    const inside = this.kind.contains(document.activeElement);
    put(this.kind, segments("atlas-by", t("每幅的范围"), { township: t("一个乡镇"), village: t("一个村（社区）") }, this.by, choose));
    if (inside) this.kind.querySelector("[aria-checked=true]").focus();
  }

  _drawFiles() {
    const rows = [
      ["pdf", "PDF", t("一个文件，首页是索引")],
      ["zip", "ZIP", t("每幅一个 PDF")],
    ];
    if (!known(this.files, rows))
      put(
        this.files,
        cards("atlas-format", t("格式"), rows, this.format, (format) => {
          this.format = format;
          this.names.hidden = format !== "zip";
        }),
      );
    this.names.hidden = this.format !== "zip";
  }

  _drawPages() {
    const chosen = this.only ?? new Set(this.pages.map(({ code }) => code));
    const total = this.pages.length;
    put(
      this.all,
      check("atlas-all", t("全部 {n} 幅", { n: number(total) }), this.only === null, (on) => {
        this.only = on ? null : new Set();
        this._drawPages();
      }),
    );
    const change = debounce(() => this._label(), WAIT_MS);
    put(
      this.list,
      this.pages.map(({ code, name }) =>
        check(`atlas-page-${code}`, name, chosen.has(code), (on) => {
          const only = (this.only ??= new Set(chosen));
          if (on) only.add(code);
          else only.delete(code);
          this.all.querySelector("input").checked = only.size === total;
          change();
        }),
      ),
    );
    this.list.hidden = this.only === null || !total;
    this._label();
  }

  _label() {
    const count = this.only?.size ?? this.pages.length;
    this.job.label(t("做图册（索引 + {n} 幅）", { n: number(count) }), !count);
  }
}
