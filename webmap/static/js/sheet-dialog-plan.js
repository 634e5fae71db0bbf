// What the sheet shows: the words of the page's permalink and those of the dialog, as the server reads them.

const OF_THE_SCREEN = ["at", "sel", "heat", "panels", "table", "sort", "add", "objective", "scenario", "compare", "lang"];
const SHOWN = ["rate", "spots", "density"]; // what the sheet of disputes can show; the page begins with hot spots
const USUAL = { paper: "A3", orientation: "landscape", scale: "", parts: null, handling: "internal", review_number: "", confirmed: "", reason: "", title: "", code: "" };
const KEPT = ["paper", "orientation", "parts"]; // what the next sheet begins with

const remembered = {};

/** The plan of one opened dialog; subscribers hear of every change. */
export class Plan {
  constructor(app, { code }) {
    this.page = pageWords(app);
    this.lang = app.state.get().lang;
    this.now = { ...USUAL, ...remembered, code: code ?? app.state.get().area ?? "", show: shown(this.page) };
    this.subscribers = new Set();
  }

  set(patch) {
    const changed = Object.keys(patch).filter((name) => patch[name] !== this.now[name]);
    if (!changed.length) return;
    Object.assign(this.now, patch);
    for (const name of KEPT) remembered[name] = this.now[name];
    for (const fn of this.subscribers) fn(changed);
  }

  on(fn) {
    this.subscribers.add(fn);
  }

  /** Query string of the sheet; `more` stands over the plan, an empty word leaves one out. */
  query(more = {}) {
    const { parts, ...own } = this.now;
    const all = { ...this.page, ...own, parts: parts === null ? "" : parts.join(",") || "none", lang: this.lang === "zh" ? "" : this.lang, ...more };
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) if (value) words.set(name, value);
    return words.toString();
  }

  /** The words of the sheet as an object, for a job. */
  words(more = {}) {
    return Object.fromEntries(new URLSearchParams(this.query(more)));
  }
}

/** What the hotspot page shows now, as far as a sheet can show it; nothing on another page. */
function shown({ theme, show = "spots" }) {
  if (theme !== "disputes") return "";
  return SHOWN.includes(show) ? show : SHOWN[0];
}

function pageWords(app) {
  const query = new URL(app.state.permalink()).searchParams;
  const words = { theme: app.state.get().theme };
  for (const [name, value] of query) if (!OF_THE_SCREEN.includes(name) && !name.startsWith("op.")) words[name] = value;
  delete words.code; // the dialog has it
  return words;
}
