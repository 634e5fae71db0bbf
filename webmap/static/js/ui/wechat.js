// In WeChat's browser nothing can be saved as a file: a picture is shown to be pressed long, for all else another browser is named.

import { t } from "../core/i18n.js";
import { WECHAT } from "../core/screen.js";
import { el } from "./dom.js";
import { closeButton } from "./popover.js";
import { toast } from "./toast.js";

/** Links to files say what to do instead. */
export function init() {
  if (!WECHAT) return;
  document.addEventListener(
    "click",
    (event) => {
      if (!(/** @type {Element} */ (event.target).closest("a[download]"))) return;
      event.preventDefault();
      elsewhere();
    },
    true,
  );
}

const words = () => t("微信里不能下载。点右上角“…”，选“在浏览器打开”，再下载。");
const elsewhere = () => toast(words(), { kind: "warning" });

/** A file that was made: a picture is shown, for another one the way to it is returned in words.
 * @param {Blob} blob */
export function instead(blob) {
  if (!blob.type.startsWith("image/png")) return words();
  show(blob);
  return "";
}

/** @param {Blob} blob */
async function show(blob) {
  const node = el(
    "dialog",
    { class: "press-picture", "aria-label": t("图片") },
    el(
      "div",
      { class: "popover-head" },
      el("h2", { text: t("长按图片保存") }),
      closeButton(() => node.close()),
    ),
    el("img", { src: await read(blob), alt: t("导出的图") }),
  );
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
}

/** As an address that WeChat can save, which it cannot with one of this page alone.
 * @param {Blob} blob
 * @returns {Promise<string>} */
function read(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(/** @type {string} */ (reader.result));
    reader.onerror = fail;
    reader.readAsDataURL(blob);
  });
}
