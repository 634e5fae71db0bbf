// Reports in the form of official documents: which one, of when, of where, as what file.

import * as api from "../core/api.js";
import { t } from "../core/i18n.js";
import { el, icon, put } from "../ui/dom.js";
import { problem } from "../ui/states.js";
import { areaRows, cards, choice, fillChoice, part } from "./fields.js";
import { JobCard } from "./job.js";

const QUESTION = ["services", "within", "match", "mode", "travel", "detour", "demand", "by", "place", "close", "capacity", "snap", "link"]; // of a coverage
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

  /** @param {App} app
   * @param {import("./plan.js").Plan} plan
   * @param {import("./preview.js").Preview} preview */
  constructor(app, plan, preview) {
    this.app = app;
    this.plan = plan;
    this.preview = preview;
    this.now = { kind: "", period: "", code: "" };
    this.chosen = ""; // an area that was chosen here; else it is that of the sheet
    this.format = "docx";
    this.job = new JobCard("report", () => this._words());
    this.fields = el("div", { class: "export-fields", tabindex: "0", role: "group", "aria-label": t("设置") });
    this.nodes = [this.fields, this.job.node];
    this._build();
  }

  async show() {
    this.job.label(t("做报告"), !this.options);
    this.job.resume();
    this.preview.instead(this.contents);
    this.now.code = this.chosen || this.plan.now.code;
    return this._load();
  }

  stop() {
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
    this.files = el("div");
    this.contents = el("div", { class: "export-contents" });
    this.when = part(t("时段"), this.period);
    this.where = part(t("区域"), this.area);
    put(this.fields, part(t("报告"), this.kind), this.when, this.where, part(t("格式"), this.files));
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
      }),
    );
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
    );
    this.job.label(t("做报告"), false);
  }

  _words() {
    const { kind, period, code } = this.now;
    const own = this.options?.kinds.find((one) => one.id === kind);
    /** @type {Record<string, string>} */
    const words = {
      report: kind,
      period: own?.periods.length ? period : "",
      code: own?.area ? code : "",
      format: this.format,
      lang: document.documentElement.dataset.lang ?? "",
    };
    if (kind === "coverage") for (const name of QUESTION) words[name] = this.plan.page[name];
    return Object.fromEntries(Object.entries(words).filter(([, word]) => word));
  }
}
