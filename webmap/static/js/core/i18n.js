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
  const words = catalog[text] ?? text;
  if (!values) return words;
  return words.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** 2026-11 or 2026-11-20 as 2026年11月(20日); other periods as they are.
 * @param {string | null | undefined} text */
export function day(text) {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text ?? "");
  if (!parts) return text || "—";
  const [, year, month, date] = parts;
  if (lang === "en") return parts[0].slice(0, date ? 10 : 7);
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
