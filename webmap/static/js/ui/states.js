// The four states every part has: loading, empty, error, no permission.

import { t } from "../core/i18n.js";
import { TOUCH } from "../core/screen.js";
import { el, icon, put } from "./dom.js";
import { toast } from "./toast.js";

export const NOTHING = "nothing-there"; // the code of an answer that found nothing, which is no fault

/** @typedef {{label: string, run?: (event: Event & {currentTarget: HTMLElement}) => void, href?: string, icon?: string}} Action */

/** Grey lines while something is fetched. */
export function skeleton(rows = 4, { tall = false } = {}) {
  const lines = Array.from({ length: rows }, (_, i) => el("span", { class: `skeleton${i % 3 === 2 ? " skeleton-short" : ""}` }));
  if (tall) lines.unshift(el("span", { class: "skeleton skeleton-wide" }));
  return el("div", { class: "skeletons", "aria-hidden": "true" }, lines);
}

/** Nothing there: why, and a way out. actions: [{label, run}]; the first is the main one.
 * @param {string} title
 * @param {string | string[]} text
 * @param {Action[]} [actions]
 * @param {string} [symbol] */
export function empty(title, text, actions = [], symbol = "calendar-search") {
  return state("empty", symbol, title, text, actions);
}

/** Something failed: what, what still works, the code, retry and copy.
 * @param {string} title
 * @param {Failure | null} error
 * @param {(() => void) | undefined} retry
 * @param {string} [text] */
export function failure(title, error, retry, text = t("其他部分照常可用。")) {
  const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  const code = t("错误码 {code}，{time}", { code: error?.code ?? "network", time });
  const copy = () =>
    copyText(`${title} · ${error?.code ?? "network"} · ${error?.message ?? ""} · ${new Date().toISOString()} · ${location.href}`);
  const actions = [
    { label: t("重试"), run: retry, icon: "refresh-cw" },
    { label: t("复制错误信息"), run: copy },
  ];
  return state("error", "circle-alert", title, [text, code], actions);
}

/** Not allowed: what one may see, whom to ask.
 * @param {string} title
 * @param {string | string[]} text
 * @param {Action[]} [actions] */
export function denied(title, text, actions = []) {
  return state("denied", "lock", title, text, actions);
}

/** What was asked for cannot be: why, and no retry, which would say the same.
 * @param {string} title
 * @param {Failure} error */
function refused(title, error) {
  return state("error", "circle-alert", title, [error.message, t("错误码 {code}", { code: error.code })], []);
}

/** The state that fits an error of the API.
 * @param {string} title
 * @param {Failure} error
 * @param {() => void} [retry] of what may work the next time */
export function problem(title, error, retry) {
  if (error?.status === 403) return denied(t("不在查看范围"), error.message || t("这个身份看不到这里的内容。"));
  if (error?.code === NOTHING) return empty(t("没有记录"), error.message);
  if (error?.status === 404) return empty(t("没有找到"), error.message, [], "search");
  const { status = 0 } = error ?? {};
  if (status >= 400 && status < 500) return refused(title, error);
  return failure(title, error, retry, error?.message);
}

/** @param {string} kind
 * @param {string} symbol
 * @param {string} title
 * @param {string | string[]} text
 * @param {Action[]} actions */
function state(kind, symbol, title, text, actions) {
  const lines = [text]
    .flat()
    .filter(Boolean)
    .map((line) => el("p", { text: line }));
  const buttons = actions.map(({ label, run, href, icon: name }, i) => {
    const look = `button${i === 0 ? " button-primary" : ""} button-small`;
    if (href) return el("a", { class: look, href }, name ? icon(name, "s") : null, label);
    return el("button", { type: "button", class: look, on: { click: (event) => run?.(event) } }, name ? icon(name, "s") : null, label);
  });
  return el(
    "div",
    { class: `state state-${kind}` },
    el("span", { class: "state-icon" }, icon(symbol)),
    el("h3", { text: title }),
    lines,
    buttons.length ? el("div", { class: "state-actions" }, buttons) : null,
  );
}

/** Fill a node from a promise: skeleton meanwhile, the problem state when it fails, nothing when overtaken.
 * @template T
 * @param {HTMLElement & {loading?: symbol}} node
 * @param {() => Promise<T>} load
 * @param {(data: T) => import("./dom.js").Child} draw
 * @param {string} title */
export async function fillFrom(node, load, draw, title) {
  const ticket = Symbol("load");
  node.loading = ticket;
  node.setAttribute("aria-busy", "true");
  put(node, skeleton(6, { tall: true }));
  try {
    const data = await load();
    if (node.loading !== ticket) return;
    put(node, draw(data));
  } catch (error) {
    if (node.loading !== ticket) return;
    put(
      node,
      problem(title, error, () => fillFrom(node, load, draw, title)),
    );
  }
  node.removeAttribute("aria-busy");
}

/** Copy; without HTTPS browsers forbid it, so show the text to copy by hand.
 * @param {string} text */
export async function copyText(text, done = t("已复制")) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    const field = el("input", { class: "field field-small", readonly: true, "aria-label": t("要复制的文字") });
    field.value = text;
    const box = toast(TOUCH.matches ? t("浏览器不让自动复制，按住下面的字再选“复制”") : t("浏览器不让自动复制，选中后按 Ctrl+C"), {
      kind: "warning",
    });
    box.append(field);
    field.select();
  }
}
