// What a map page hands over to the other pages by its links: where and when it is, what is chosen, and what was asked. A
// question that the next theme does not know goes along for the way back.

import { PLAN } from "./permalink.js";

const KEPT = ["at", "sel", "code", "since", "until", "period", "v", "lang"]; // panels are of the page
const ASKED = "ask.";
const ASKING = ["coverage", "disputes"]; // themes with a question of their own
const LEFT = "theme"; // which theme was left, for pages without a map

/** The words for a link to another page of ours.
 * @param {URLSearchParams} now words of this page
 * @param {string} theme of this page
 * @param {string | null} next theme of the link; null for a page without a map */
export function carried(now, theme, next) {
  const out = new URLSearchParams();
  for (const name of KEPT) if (now.has(name)) out.set(name, now.get(name) ?? "");
  if (theme === next) for (const [name, word] of now) out.set(name, word);
  else {
    const questions = asked(now, theme);
    for (const [name, word] of new URLSearchParams(questions[next ?? ""] ?? "")) out.set(name, word);
    for (const [of, words] of Object.entries(questions)) if (of !== next) out.set(`${ASKED}${of}`, words);
    if (next === null) out.set(LEFT, theme);
  }
  if (out.size && !out.has("v")) out.set("v", "2");
  return out;
}

/** The questions of all themes, as query strings.
 * @param {URLSearchParams} now
 * @param {string} theme
 * @returns {Record<string, string>} */
function asked(now, theme) {
  const others = [...now].filter(([name]) => name.startsWith(ASKED)).map(([name, words]) => [name.slice(ASKED.length), words]);
  const all = Object.fromEntries(others);
  if (!ASKING.includes(theme)) return all;
  const own = [...now].filter(([name]) => PLAN.includes(name) || name.startsWith(`f.${theme}.`) || name === "all");
  if (own.length) all[theme] = new URLSearchParams(own).toString();
  return all;
}

/** The theme of an address of ours; null for a page without a map.
 * @param {string} path */
export function themeOf(path) {
  if (path === "/") return "overview";
  return /^\/map\/([a-z0-9-]+)$/.exec(path)?.[1] ?? null;
}
