// What the sheet shows: the words of the page's permalink and those of the dialog, as the server reads them.

import { depth } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { keep, kept, paperOf, titleOf } from "./kept.js";

const OF_THE_SCREEN = [
  "at",
  "sel",
  "panels",
  "table",
  "sort",
  "add",
  "objective",
  "scenario",
  "candidates",
  "v",
  "cases",
  "lang",
  "frame",
  "swipe",
];
/** @typedef {Record<string, string | string[] | null> & {
 *   paper: string, orientation: string, scale: string, parts: string[] | null, handling: string, title: string, code: string, show?: string,
 *   layers: string[] | null
 * }} Sheet the words of the dialog */

/** @type {Sheet} */
const USUAL = {
  paper: "A3",
  orientation: "landscape",
  scale: "",
  parts: null,
  layers: null, // as on the page
  handling: "internal",
  review_number: "",
  confirmed: "",
  reason: "",
  title: "",
  code: "",
};
const KEPT = ["paper", "orientation", "parts"]; // what the next sheet of the theme begins with
const OF_THE_FILE = ["dated", "show", "lang", "atlas", "only", "format", "name"];
const OF_THE_TIME = ["since", "until", "period", "compare"];
const OF_THE_CONDITIONS = ["hide", "all"];
const PLAIN = ["theme", "layers", "code", "heat"]; // of the page, and no condition

/** @typedef {{kind: string, format: string, words: Record<string, string>}} Asked an export that is to be changed and made anew */

/** The plan of one opened dialog; subscribers hear of every change. */
export class Plan {
  /** @param {App} app
   * @param {{code: string | null, asked?: Asked | null}} from */
  constructor(app, { code, asked = null }) {
    this.asked = asked;
    const again = asked && asked.kind !== "report" ? asked.words : null;
    this.page = again ? ofThePage(again) : pageWords(app);
    this.otherwise = otherwise(app);
    this.lang = app.state.get().lang;
    const found = kept(this.page.theme);
    const place = code ?? app.state.get().area ?? ownArea(app);
    /** @type {Sheet} */
    this.now = again
      ? { ...USUAL, ...ofTheDialog(again), show: again.show ?? "" }
      : { ...USUAL, ...paperOf(found), code: place, title: titleOf(found, place, this.of()), show: shown(this.page) };
    if (this.now.show) delete this.page.heat; // a choice of the dialog
    /** @type {Set<(changed: string[]) => void>} */
    this.subscribers = new Set();
  }

  /** @param {Partial<Sheet>} patch */
  set(patch) {
    const changed = Object.keys(patch).filter((name) => patch[name] !== this.now[name]);
    if (!changed.length) return;
    Object.assign(this.now, patch);
    if (changed.includes("title")) this.keepTitle("", null); // until it is known of what it speaks
    keep(this.page.theme, Object.fromEntries(KEPT.map((name) => [name, this.now[name]])));
    for (const fn of this.subscribers) fn(changed);
  }

  /** @param {(changed: string[]) => void} fn */
  on(fn) {
    this.subscribers.add(fn);
  }

  /** What the sheet is of, beside its place: by this a title that was kept is judged.
   * @returns {import("./kept.js").Asked} */
  of() {
    const words = Object.entries(this.page).filter(([name]) => !PLAIN.includes(name));
    const some = (/** @type {(name: string) => boolean} */ which) => JSON.stringify(words.filter(([name]) => which(name)).sort());
    const condition = (/** @type {string} */ name) => OF_THE_CONDITIONS.includes(name) || name.startsWith("f.");
    const time = (/** @type {string} */ name) => OF_THE_TIME.includes(name);
    return { question: some((name) => !condition(name) && !time(name)), time: some(time), conditions: some(condition), lang: this.lang };
  }

  /** Keep the title for the next sheet, with the place and the words of which it may speak.
   * @param {string} name of the place
   * @param {string[] | null} said */
  keepTitle(name, said) {
    const { title, code } = this.now;
    keep(this.page.theme, { titled: title ? { title, place: code, name, asked: this.of(), said } : null });
  }

  /** Query string of the sheet; `more` stands over the plan, an empty word leaves one out. */
  query(more = {}) {
    const { parts, layers, ...own } = this.now;
    const all = {
      ...this.page,
      ...own,
      layers: layers === null ? this.page.layers : layers.join(",") || "none",
      parts: parts === null ? "" : parts.join(",") || "none",
      dated: own.title ? "1" : "",
      lang: this.lang === "zh" ? "" : this.lang,
      ...more,
    };
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) if (value) words.set(name, value);
    return words.toString();
  }

  /** The words of the sheet as an object, for a job. */
  words(more = {}) {
    return Object.fromEntries(new URLSearchParams(this.query(more)));
  }
}

/** Words of an export that the page has.
 * @param {Record<string, string>} words
 * @returns {Record<string, string>} */
const ofThePage = (words) =>
  Object.fromEntries(Object.entries(words).filter(([name]) => !(name in USUAL && name !== "layers") && !OF_THE_FILE.includes(name)));

/** Words of an export that the dialog has.
 * @param {Record<string, string>} words
 * @returns {Partial<Sheet>} */
function ofTheDialog(words) {
  const own = Object.fromEntries(Object.entries(words).filter(([name]) => name in USUAL && name !== "layers"));
  const parts = words.parts === undefined ? null : words.parts.split(",").filter((part) => part !== "none");
  return { ...own, parts };
}

/** What the hotspot page shows now, which begins with hot spots, and the coverage page where it is not who is reached.
 * @param {Record<string, string>} page */
function shown({ theme, heat, show = "spots" }) {
  if (theme === "coverage" && show === "access") return show;
  if (theme !== "disputes") return "";
  return heat ? "density" : show;
}

/** @param {App} app */
const entries = (app) => app.layers.theme.groups.flatMap(({ layers }) => layers);

/** A grid worker sees the own grid; everyone else the whole county.
 * @param {App} app */
function ownArea(app) {
  const { scope = "" } = app.layers.theme.viewer ?? {};
  return depth(scope) > 0 ? scope : "";
}

/** Which two periods the hotspot page sets against each other, also where nobody chose them.
 * @param {App} app */
const pair = (app) =>
  app.hotspots?.question
    .pair()
    .map((period) => period?.id)
    .filter(Boolean)
    .join(",") ?? "";

/** What the screen shows and a sheet shows otherwise, in words.
 * @param {App} app */
function otherwise(app) {
  const { opacity } = app.state.get();
  return Object.values(opacity).some((value) => value !== 1) ? [t("屏幕上的不透明度不上图，照原色画。")] : [];
}

/** What the address of the page says, which leaves out what sheets leave out too: conditions that nobody chose.
 * @param {App} app
 * @returns {Record<string, string>} */
function pageWords(app) {
  const query = new URL(app.state.permalink()).searchParams;
  /** @type {Record<string, string>} */
  const words = { theme: app.state.get().theme };
  const symbols = entries(app).some(({ id, geometry }) => id === "disputes" && geometry === "point");
  const cases = app.counted?.() ? app.layers.theme.time?.layer : null; // an answer about areas has no single cases
  if (words.theme === "disputes" && symbols) words.layers = (app.state.get().layers ?? []).filter((id) => id !== cases).join(","); // else its sheet leaves the symbols out
  for (const [name, value] of query) if (!OF_THE_SCREEN.includes(name) && !name.startsWith("op.")) words[name] = value;
  delete words.code; // the dialog has it
  if (words.show === "compare" && !words.compare) words.compare = pair(app);
  if (words.theme !== "disputes") delete words.compare; // elsewhere two saved plans, not two periods
  return words;
}
