// Reports in the form of official documents: which one, of when, of where, as what file.

import * as api from "../core/api.js";
import { t } from "../core/i18n.js";
import { debounce, el, icon, put } from "../ui/dom.js";
import { problem } from "../ui/states.js";
import { areaRows, cards, choice, fillChoice, part } from "./fields.js";
import { FirstPage } from "./first-page.js";
import { JobCard } from "./job.js";
import { keep, kept } from "./kept.js";

const QUESTION = ["services", "within", "match", "mode", "travel", "detour", "demand", "by", "place", "close", "capacity", "snap", "link"]; // of a coverage
const WAIT_MS = 400;
const FORMATS = () => [
  ["docx", "DOCX", t("可在文档软件里改")],
  ["pdf", "PDF", t("排好版，直接送印")],
  ["xlsx", "XLSX", t("只要附表")],
];

export class Report {
  /** @type {AbortController | undefined} */
  abort;
  /** @type {Api.ReportChoices | undefined} */
  options;
  /** @type {HTMLSelectElement} */
  kind;
  /** @type {HTMLSelectElement} */
  period;
  /** @type {HTMLSelectElement} */
  area;
  /** @type {HTMLDivElement} */
  files;
  /** @type {HTMLDivElement} */
  contents;
  /** @type {HTMLDivElement} */
  when;
  /** @type {HTMLDivElement} */
  where;
  /** @type {HTMLInputElement} */
  number;
  /** @type {HTMLInputElement} */
  maker;
  /** @type {HTMLDivElement} */
  signs;
  /** @type {HTMLParagraphElement} */
  said;

  /** @param {App} app
   * @param {import("./plan.js").Plan} plan
   * @param {import("./preview.js").Preview} preview */
  constructor(app, plan, preview) {
    this.app = app;
    this.plan = plan;
    this.preview = preview;
    const asked = plan.asked?.kind === "report" ? plan.asked.words : null;
    const { number = "", maker = "" } = asked ?? kept("report");
    this.now = {
      kind: asked?.report ?? "",
      period: asked?.period ?? "",
      code: asked?.code ?? "",
      number: String(number),
      maker: String(maker),
    };
    this.question = asked ?? plan.page; // of a coverage
    this.chosen = this.now.code; // an area that was chosen here; else it is that of the sheet
    this.format = asked?.format ?? "docx";
    this.active = false;
    this.page = new FirstPage(preview, (words, wrong = false) => this._say(words, wrong));
    this.job = new JobCard("report", () => this._words());
    this.fields = el("div", { class: "export-fields", tabindex: "0", role: "group", "aria-label": t("设置") });
    this.nodes = [this.fields, this.job.node];
    this._build();
  }

  async show() {
    this.job.label(t("做报告"), !this.options);
    this.job.resume();
    this.active = true;
    this.preview.instead(this.contents);
    this.page.asked = "";
    this.now.code = this.chosen || this.plan.now.code;
    return this._load();
  }

  /** Another tab is seen: its sheet stands where the first page would. */
  leave() {
    this.active = false;
    this.page.stop();
  }

  stop() {
    this.leave();
    this.abort?.abort();
    this.job.stop();
  }

  /** What there is, and the areas around the chosen one; the first of them unless one is chosen. */
  async _load() {
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    /** @type {Api.ReportChoices} */
    let options;
    try {
      options = await api.get(`/api/sheets/reports?lang=${document.documentElement.dataset.lang}&code=${this.now.code}`, {
        signal: abort.signal,
      });
    } catch (error) {
      if (abort.signal.aborted) return;
      return void this.preview.instead(problem(t("报告的种类没有取到"), error, () => this.show()));
    }
    this.options = options;
    this.now.kind ||= options.kinds[0].id;
    if (!options.areas.some(({ code }) => code === this.now.code)) this.now.code = options.areas[0]?.code ?? "";
    this._draw();
  }

  _build() {
    this.kind = choice("report-kind", [], "", (kind) => {
      Object.assign(this.now, { kind, period: "" });
      this._draw();
    });
    this.period = choice("report-period", [], "", (period) => {
      this.now.period = period;
      this._draw();
    });
    this.area = choice("report-code", [], "", (code) => {
      this.chosen = this.now.code = code;
      this._load();
    });
    this.number = this._line("number", t("如 万社工〔2026〕12号"));
    this.maker = this._line("maker", "");
    this.signs = el("div", { class: "export-signs", hidden: true }, part(t("文号"), this.number), part(t("单位"), this.maker));
    this.said = el("p", { class: "export-waits note", role: "status" });
    this.files = el("div");
    this.contents = el("div", { class: "export-contents" });
    this.when = part(t("时段"), this.period);
    this.where = part(t("区域"), this.area);
    put(this.fields, part(t("报告"), this.kind), this.when, this.where, this.signs, part(t("格式"), this.files));
  }

  /** A line that somebody writes and that is remembered.
   * @param {"number" | "maker"} name
   * @param {string} placeholder */
  _line(name, placeholder) {
    const set = (/** @type {Event} */ event) => {
      this.now[name] = /** @type {HTMLInputElement} */ (event.target).value.trim();
      keep("report", { [name]: this.now[name] });
      this._look();
    };
    const on = { input: debounce(set, WAIT_MS), change: set };
    return el("input", { type: "text", class: "field", value: this.now[name], placeholder, data: { name: `report-${name}` }, on });
  }

  /** What the first page is waiting for, or why there is none.
   * @param {string} words
   * @param {boolean} wrong */
  _say(words, wrong) {
    this.said.textContent = words;
    if (words) this.preview.old(words, wrong);
  }

  /** Show the first page; a workbook has none, there stands what is in it. */
  _look() {
    if (!this.active || !this.now.kind) return;
    if (this.format !== "xlsx") return this.page.ask(this._words());
    this.page.stop();
    this.preview.instead(this.contents);
  }

  _draw() {
    const { kinds = [], areas = [] } = this.options ?? {};
    const kind = kinds.find((one) => one.id === this.now.kind);
    if (!kind) return;
    fillChoice(
      this.kind,
      kinds.map(({ id, title }) => [id, title]),
      kind.id,
    );
    this.when.hidden = !kind.periods.length;
    this.now.period = kind.periods.some(({ id }) => id === this.now.period) ? this.now.period : (kind.periods[0]?.id ?? "");
    fillChoice(
      this.period,
      kind.periods.map(({ id, title }) => [id, title]),
      this.now.period,
    );
    this.where.hidden = !kind.area;
    fillChoice(this.area, areaRows(areas), this.now.code);
    put(
      this.files,
      cards("report-format", t("格式"), FORMATS(), this.format, (format) => {
        this.format = format;
        this._look();
      }),
    );
    this._drawSigns();
    put(
      this.contents,
      el("span", { class: "state-icon" }, icon("file-text")),
      el("h3", { text: kind.title }),
      el("p", { text: kind.about }),
      el(
        "ul",
        {},
        kind.contents.map((one) => el("li", { text: one })),
      ),
      document.documentElement.dataset.lang === "zh" ? null : el("p", { class: "note", text: t("报告按公文格式，用中文写。") }),
      this.said,
    );
    this.job.label(t("做报告"), false);
    this._look();
  }

  /** Number and unit, for whoever may write them. */
  _drawSigns() {
    const { may_sign = false, most_number = 0, most_maker = 0, maker = "" } = this.options ?? {};
    this.signs.hidden = !may_sign;
    this.number.maxLength = most_number;
    this.maker.maxLength = most_maker;
    this.maker.placeholder = maker;
  }

  _words() {
    const { kind, period, code, number, maker } = this.now;
    const own = this.options?.kinds.find((one) => one.id === kind);
    /** @type {Record<string, string>} */
    const words = {
      report: kind,
      period: own?.periods.length ? period : "",
      code: own?.area ? code : "",
      ...(this.options?.may_sign ? { number, maker } : {}),
      format: this.format,
      lang: document.documentElement.dataset.lang ?? "",
    };
    if (kind === "coverage") for (const name of QUESTION) words[name] = this.question[name];
    return Object.fromEntries(Object.entries(words).filter(([, word]) => word));
  }
}
