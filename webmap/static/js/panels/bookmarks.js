// The dialog of bookmarks: save what is seen under a name, open one, give it another name, remove it.

import * as bookmarks from "../core/bookmarks.js";
import { t } from "../core/i18n.js";
import { el, icon, put } from "../ui/dom.js";
import { popover } from "../ui/popover.js";
import { empty } from "../ui/states.js";
import { announce } from "../ui/toast.js";

/** @typedef {import("../core/bookmarks.js").Bookmark} Bookmark */

/** @param {App} app
 * @param {HTMLElement} anchor */
export function open(app, anchor) {
  popover(anchor, () => ({ title: t("书签"), body: body(app) }), { width: 340, name: "bookmarks" });
}

/** @param {App} app */
function body(app) {
  const said = el("p", { class: "note bookmarks-said", role: "status" });
  const list = el("ul", { class: "bookmarks" });
  const draw = () =>
    put(
      list,
      rows(draw, (text) => tell(said, text)),
    );
  draw();
  const note = bookmarks.allowed()
    ? t("书签存在这个浏览器里，别人看不到。")
    : t("这个浏览器不让网页存东西，书签留不住。可以复制链接自己保存。");
  return [form(app, draw, (text) => tell(said, text)), said, list, el("p", { class: "note", text: note })];
}

/** @param {HTMLElement} said
 * @param {string} text */
function tell(said, text) {
  said.textContent = text;
  announce(text);
}

/** @param {App} app
 * @param {() => void} draw
 * @param {(text: string) => void} tell */
function form(app, draw, tell) {
  const field = el("input", { type: "text", class: "field field-small", maxlength: 60, "aria-label": t("书签名称") });
  field.value = usualName();
  const go = el("button", { type: "submit", class: "button button-primary button-small", text: t("保存") });
  const node = el("form", { class: "bookmarks-form" }, field, go);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = bookmarks.clean(field.value);
    if (!name) return tell(t("书签要有名称。"));
    const { pathname, search } = new URL(app.state.link());
    if (!bookmarks.add({ name, path: pathname + search })) return tell(unkept());
    draw();
    return tell(t("已保存“{name}”", { name }));
  });
  return node;
}

/** What is seen, in the words of the map's title. */
function usualName() {
  const words = [document.querySelector("#map-title"), document.querySelector(".drawer-title h2")].map((one) => one?.textContent ?? "");
  return bookmarks.clean([...new Set(words.filter(Boolean))].join(" · "));
}

const unkept = () =>
  bookmarks.allowed()
    ? t("浏览器的存储满了，没有保存。删掉几个书签再试，或复制链接自己保存。")
    : t("这个浏览器不让网页存东西，没有保存。可以复制链接自己保存。");

/** @param {() => void} draw
 * @param {(text: string) => void} tell */
function rows(draw, tell) {
  const all = bookmarks.all();
  if (!all.length) return el("li", {}, empty(t("还没有书签"), t("给现在看到的起个名字，点“保存”。"), [], "bookmark"));
  return all.map((one) => row(one, draw, tell));
}

/** @param {Bookmark} one
 * @param {() => void} draw
 * @param {(text: string) => void} tell */
function row(one, draw, tell) {
  const line = el("li", { class: "bookmark" });
  const act = (/** @type {string} */ symbol, /** @type {string} */ label, /** @type {() => void} */ run) =>
    el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: run } }, icon(symbol, "s"));
  const remove = () => {
    tell(bookmarks.remove(one.name) ? t("已删除“{name}”", { name: one.name }) : unkept());
    draw();
  };
  // The entry of this dialog gives way to the page that is opened from it
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    location.replace(one.path);
  };
  put(
    line,
    el("a", { class: "bookmark-open", href: one.path, on: { click: go } }, icon("bookmark", "s"), el("bdi", { text: one.name })),
    act("pencil", t("给“{name}”改名", { name: one.name }), () => put(line, renaming(one, draw, tell))),
    act("trash-2", t("删除“{name}”", { name: one.name }), remove),
  );
  return line;
}

/** @param {Bookmark} one
 * @param {() => void} draw
 * @param {(text: string) => void} tell */
function renaming(one, draw, tell) {
  const field = el("input", { type: "text", class: "field field-small", maxlength: 60, "aria-label": t("书签名称") });
  field.value = one.name;
  const node = el(
    "form",
    { class: "bookmarks-form" },
    field,
    el("button", { type: "submit", class: "button button-small", text: t("改名") }),
  );
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!bookmarks.clean(field.value)) return tell(t("书签要有名称。"));
    tell(bookmarks.rename(one.name, field.value) ? t("已改名为“{name}”", { name: bookmarks.clean(field.value) }) : unkept());
    return draw();
  });
  setTimeout(() => field.select());
  return node;
}
