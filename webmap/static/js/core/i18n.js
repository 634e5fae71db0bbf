// Words in the page's language. The Chinese text is the key, so a Chinese page loads nothing.

const root = document.documentElement;
export const lang = root.dataset.lang === "en" ? "en" : "zh";

/** @type {Record<string, string>} */
let catalog = {};

/** Settles once t() speaks the page's language: a page waits for it before it says anything. It is not awaited here, or the
 * painter, which the frame needs at once, would wait with all the others. */
export const ready = load(root.dataset.i18n);

/** @param {string | undefined} url */
async function load(url) {
  if (!url) return;
  try {
    const answer = await fetch(url);
    if (answer.ok) catalog = await answer.json();
  } catch {
    // Chinese words are better than no page
  }
}

/** The text in the page's language, its {name} places filled in.
 * @param {string} text
 * @param {Record<string, any>} [values] */
export function t(text, values) {
  const found = catalog[text] ?? text;
  if (!values) return found;
  const words = lang === "en" ? agreeing(found, values) : found;
  const said = lang === "en" ? unitsAgreeing(found, values) : values;
  return words.replace(/\{(\w+)\}/g, (place, name) => (name in said ? isolated(String(said[name])) : place));
}

const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** What fills a place turns nothing around it: a name written from right to left, or with marks of direction, stands for itself,
 * as in a <bdi>.
 * @param {string} value */
export const isolated = (value) => (TURNS.test(value) ? `\u2068${value}\u2069` : value);

// Number forms of English, as layers/language/numbers.py has them: messages stand in the plural, and behind a 1 in the singular.

/** @type {Record<string, string>} */
const IRREGULAR = { people: "person", series: "series", classes: "class" };
const NOT_PLURAL = ["is", "was", "has", "as", "this", "its", "less", "across", "always", "plus", "does"];
/** @type {Record<string, string>} */
const VERBS = { have: "has", are: "is", were: "was", do: "does", lie: "lies", hold: "holds", need: "needs", take: "takes" };
const LINKS = "of in and or to from for with at by per on out than the a has have is are was were".split(" ");

/** One of what a plural names; what is no plural stays as it is.
 * @param {string} noun */
export function singular(noun) {
  if (IRREGULAR[noun]) return IRREGULAR[noun];
  if (NOT_PLURAL.includes(noun) || !noun.endsWith("s") || noun.endsWith("ss")) return noun;
  if (noun.endsWith("ies")) return `${noun.slice(0, -3)}y`;
  return /(sses|shes|ches|xes)$/.test(noun) ? noun.slice(0, -2) : noun.slice(0, -1);
}

/** A message whose nouns stand in the singular behind each number that is 1.
 * @param {string} message
 * @param {Record<string, any>} values */
export function agreeing(message, values) {
  return message.replace(/(\{(\w+)\})((?: [a-z][a-z-]*)+)/g, (whole, place, name, words) =>
    String(values[name]) === "1" ? place + singularWords(words) : whole,
  );
}

/** The values, with the unit behind each number that is 1 in the singular.
 * @param {string} message
 * @param {Record<string, any>} values */
export function unitsAgreeing(message, values) {
  const ones = [...message.matchAll(/\{(\w+)\} \{(unit|units|kind|of|what)\}/g)].filter(([, name]) => String(values[name]) === "1");
  return { ...values, ...Object.fromEntries(ones.map(([, , unit]) => [unit, singular(String(values[unit]))])) };
}

/** What a number counts, as it is said behind it: the last word but for what stands in brackets is the noun. Of “0 / 1” the last
 * number decides.
 * @param {string} number as it is written
 * @param {string} name unit in the page's language */
export const counted = (number, name) => (lang === "en" && /(^|[ +−])1$/.test(number) ? name.replace(/[^ ]+(?= \(|$)/, singular) : name);

/** A number, as it is written, and what it counts: 2 villages, 1 village.
 * @param {string} number
 * @param {string} name unit in the page's language */
export const quantity = (number, name) => `${number} ${counted(number, name)}`.trim();

/** @param {string} words */
function singularWords(words) {
  const parts = words.split(" ");
  const end = parts.findIndex((word) => LINKS.includes(word));
  const noun = parts.findIndex((word) => singular(word) !== word);
  if (noun < 0 || (end >= 0 && end < noun)) return words;
  parts[noun] = singular(parts[noun]);
  if (parts[noun + 1]) parts[noun + 1] = VERBS[parts[noun + 1]] ?? parts[noun + 1];
  return parts.join(" ");
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** 2026-11 or 2026-11-20 as 2026年11月(20日), in English (20) Nov 2026; other periods as they are.
 * @param {string | null | undefined} text */
export function day(text) {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text ?? "");
  if (!parts) return text || "—";
  const [, year, month, date] = parts;
  if (lang === "en") return `${date ? `${Number(date)} ` : ""}${MONTHS[Number(month) - 1]} ${year}`;
  return `${year}年${Number(month)}月${date ? `${Number(date)}日` : ""}`;
}

/** “期：… · 源：…”; the line under every figure.
 * @param {any} period
 * @param {string | null | undefined} source */
export function sourceLine(period, source) {
  const parts = [];
  if (period) parts.push(t("期：{period}", { period: day(String(period)) }));
  if (source) parts.push(t("源：{source}", { source }));
  return parts.join(" · ");
}
