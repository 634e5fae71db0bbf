// The export dialog: the sheet on the left as it will be, its settings on the right. One sheet, an atlas, or a report.

import { t } from "../core/i18n.js";
import { TOUCH } from "../core/screen.js";
import { el, icon, put, rove, targetOf } from "../ui/dom.js";
import { Atlas } from "./atlas.js";
import { Form } from "./form.js";
import { Plan } from "./plan.js";
import { Preview } from "./preview.js";
import { Report } from "./report.js";

const root = document.documentElement;
/** @typedef {"sheet" | "atlas" | "report"} Tab */

/** @type {Record<Tab, () => string>} */
const TABS = { sheet: () => t("单幅图"), atlas: () => t("图册"), report: () => t("报告") };

/** @type {HTMLDialogElement | null} */
let dialog = null;

/** Open it over the map as it is now; `code` is another area than the page's.
 * @param {App} app
 * @param {{code?: string | null, asked?: import("./plan.js").Asked | null}} [at] `asked`: an export that is changed and made anew */
export function open(app, { code = null, asked = null } = {}) {
  dialog?.close();
  const plan = new Plan(app, { code, asked });
  const preview = new Preview(plan);
  const parts = {
    sheet: new Form(app, plan, preview),
    atlas: new Atlas(app, plan, preview),
    report: new Report(app, plan, preview),
  };
  const node = (dialog = frame());
  const [stage, side] = node.querySelectorAll(".export-stage, .export-side");
  stage.append(...preview.nodes);
  wire(node, [...Object.values(parts), preview]);
  const show = (/** @type {Tab} */ name) => {
    for (const button of node.querySelectorAll("[role=tab]")) {
      button.setAttribute("aria-selected", String(button.dataset.tab === name));
      button.tabIndex = button.dataset.tab === name ? 0 : -1;
    }
    side.setAttribute("aria-labelledby", `export-tab-${name}`);
    node.dataset.tab = name;
    if (name !== "report") parts.report.leave();
    put(side, parts[name].nodes);
    parts[name].show();
  };
  node.addEventListener("click", (event) => {
    const name = targetOf(event).closest("[data-tab][role=tab]")?.dataset.tab;
    if (name && name !== node.dataset.tab) show(name);
  });
  document.body.append(node);
  node.showModal();
  root.dataset.export = "open";
  show(/** @type {Tab} */ (asked?.kind ?? "sheet"));
  node.querySelector("[role=tab][tabindex='0']").focus();
  return node;
}

function frame() {
  const tabs = Object.entries(TABS).map(([id, words]) =>
    el("button", {
      type: "button",
      role: "tab",
      id: `export-tab-${id}`,
      "aria-controls": "export-side",
      data: { tab: id },
      text: words(),
    }),
  );
  const list = el("div", { class: "segments export-tabs", role: "tablist", "aria-label": t("导出什么") }, tabs);
  rove(list, "button", { vertical: false });
  const close = el(
    "button",
    { type: "button", class: "icon-button export-close", "aria-label": t("关闭"), title: TOUCH.matches ? t("关闭") : `${t("关闭")} Esc` },
    icon("x"),
  );
  return el(
    "dialog",
    { class: "export", "aria-labelledby": "export-title" },
    el(
      "header",
      { class: "export-head" },
      el("h2", { id: "export-title", text: t("导出图件") }),
      root.dataset.demo ? el("span", { class: "mark-demo", text: root.dataset.demo === "all" ? t("演示数据") : t("含演示数据") }) : null,
      el("span", { class: "grow" }),
      list,
      close,
    ),
    el(
      "div",
      { class: "export-body" },
      el("section", { class: "export-stage", "aria-label": t("预览") }),
      el("section", { class: "export-side", id: "export-side", role: "tabpanel" }),
    ),
  );
}

/** The browser keeps the focus inside and gives it back; what was asked for stops with the dialog.
 * @param {HTMLDialogElement} node
 * @param {{stop(): void}[]} parts */
function wire(node, parts) {
  const from = document.activeElement;
  node.querySelector(".export-close").addEventListener("click", () => node.close());
  node.addEventListener("pointerdown", (event) => event.target === node && node.close());
  node.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
  node.addEventListener("close", () => {
    for (const part of parts) part.stop();
    node.remove();
    if (dialog === node) dialog = null;
    delete root.dataset.export;
    if (from?.isConnected) /** @type {HTMLElement} */ (from).focus({ preventScroll: true });
  });
}
