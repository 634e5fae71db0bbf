// What stands under “more” on a phone and in a menu of the bar on a desk: text size; on a phone who looks, sharing, offline.

import { t } from "../core/i18n.js";
import { choose, SIZES, size } from "../core/text-size.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { popover } from "../ui/popover.js";
import { segmentsOf } from "../ui/segments.js";
import { init as wechat } from "../ui/wechat.js";
import * as offline from "./offline.js";
import { canSwitch, openViewer } from "./viewer.js";

/** The sizes of text, beside the button that asked.
 * @param {HTMLElement} button */
export const openSizes = (button) => popover(button, () => ({ title: t("文字大小"), body: sizes() }), { width: 260 });

/** @param {App} app */
export function init(app) {
  wechat();
  offline.init(app);
  more(app);
}

/** The sizes of text; the chosen one is marked at once. */
function sizes() {
  const box = el("div", { class: "text-sizes" });
  const draw = () => {
    const words = Object.fromEntries(Object.entries(SIZES).map(([id, told]) => [id, told()]));
    const pick = (/** @type {string} */ wanted) => {
      choose(wanted);
      draw();
      box.querySelector("[aria-checked=true]")?.focus();
    };
    put(box, segmentsOf("text", t("文字大小"), words, { value: size(), choose: pick }));
  };
  draw();
  return box;
}

/** @param {App} app */
export function more(app) {
  const box = byId("more-viewer");
  const parts = [
    canSwitch()
      ? el(
          "button",
          { type: "button", class: "button", "aria-haspopup": "dialog", on: { click: ({ currentTarget }) => openViewer(currentTarget) } },
          icon("user-round"),
          t("{name}：{message}", { name: t("查看身份"), message: byId("viewer-name").textContent }),
        )
      : null,
    el("button", { type: "button", class: "button", on: { click: () => app.controls.share() } }, icon("share-2"), t("分享")),
    el(
      "button",
      {
        type: "button",
        class: "button",
        "aria-haspopup": "dialog",
        on: { click: ({ currentTarget }) => app.controls.bookmarks(currentTarget) },
      },
      icon("bookmark"),
      t("书签"),
    ),
  ];
  put(box, el("div", { class: "card-actions" }, parts));
  put(byId("more-text"), el("h3", { text: t("文字大小") }), sizes());
  offline.draw();
}
