// What a public sheet needs: the number of its review, or why it needs none.

import { t } from "../core/i18n.js";
import { el, put } from "../ui/dom.js";
import { check, part } from "./fields.js";

export class Open {
  /** @param {import("./plan.js").Plan} plan
   * @param {(name: string) => import("../ui/dom.js").Listeners} typed listeners of a text */
  constructor(plan, typed) {
    this.plan = plan;
    this.typed = typed;
    this.node = el("div", { class: "export-open" });
  }

  /** Its fields, once the mark says that it is public; who may say so confirms that no review is needed.
   * @param {Api.SheetChoices | null} options */
  draw(options) {
    const { now } = this.plan;
    this.node.hidden = now.handling !== "public";
    if (this.node.hidden || this.node.childElementCount) return;
    const review = this._line("review_number", t("如 晋S（2026）012号"), String(now.review_number ?? ""));
    const reason = this._line("reason", t("为什么不用审图"), String(now.reason ?? ""));
    reason.setAttribute("aria-label", t("为什么不用审图"));
    reason.hidden = !now.confirmed;
    const may = options?.may_confirm;
    const confirm = (/** @type {boolean} */ on) => {
      reason.hidden = !on;
      this.plan.set({ confirmed: on ? "1" : "" });
    };
    const note = may
      ? t("没有审图号，就要确认为什么不用；公开的图上不画村界和乡镇界，除非这样确认。")
      : t("公开的图要有审图号；系统管理员可以确认不用。");
    put(
      this.node,
      part(t("审图号"), review, { note: el("p", { class: "note", text: note }) }),
      check("confirmed", t("确认不用审图号"), Boolean(now.confirmed), confirm, !may),
      reason,
    );
  }

  /** @param {string} name
   * @param {string} placeholder
   * @param {string} value */
  _line(name, placeholder, value) {
    return el("input", { type: "text", class: "field", placeholder, value, data: { name }, on: this.typed(name) });
  }
}
