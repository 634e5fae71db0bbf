// Through whose eyes: the switch exists only while all data are demo data.

import { isSmallest, levelOf, whole } from "../core/divisions.js";
import * as history from "../core/history.js";
import { lang, t } from "../core/i18n.js";
import { byId, el, icon } from "../ui/dom.js";
import { closePopover, popover } from "../ui/popover.js";

const root = document.documentElement;

/** @type {Record<Api.ThemeViewer["role"], () => [title: string, sees: string]>} */
export const ROLES = {
  public: () => [t("公众"), t("设施、产业和各村纠纷件数")],
  grid_worker: () => [t("网格员"), t("一个网格，含本网格纠纷明细")],
  planner: () => [t("规划人员"), t("{whole}，纠纷归到网格", { whole: whole() })],
  mediator: () => [t("调解人员"), t("{whole}，含纠纷明细", { whole: whole() })],
  operator: () => [t("系统管理员"), t("{whole}，除个人信息外的全部", { whole: whole() })],
};

/** @type {App} */
let app;

/** @param {App} house */
export function init(house) {
  app = house;
  const button = byId("viewer");
  if (!button) return;
  button.addEventListener("click", () => openViewer(button));
  history.door("viewer", { open: () => openViewer(button), shut: closePopover });
}

export const canSwitch = () => Boolean(byId("viewer"));

/** The choice of viewers; also the way out of a “no permission” state.
 * @param {HTMLElement} anchor */
export function openViewer(anchor) {
  const now = app.layers.theme.viewer;
  popover(
    anchor,
    () => {
      const rows = Object.entries(ROLES).map(([role, words]) => {
        const [title, sees] = words();
        const here = role === now.role;
        const row = el(
          "button",
          { type: "button", role: "menuitemradio", "aria-checked": String(here) },
          el("span", { class: "place-name" }, title, el("small", { text: here && now.scope_name ? `${now.scope_name}` : sees })),
          here ? icon("check", "s") : null,
        );
        row.addEventListener("click", () => (role === "grid_worker" ? chooseGrid(menu) : become(role, "")));
        return row;
      });
      const menu = el("div", { class: "menu", role: "menu" }, rows);
      return {
        title: t("查看身份"),
        body: [menu, el("p", { class: "note", text: t("只在全部是演示数据时可以切换。") })],
      };
    },
    { width: 280, name: "viewer" },
  );
}

/** Township, village, grid: three steps, each list from the profile of the one above.
 * @param {HTMLElement} menu */
async function chooseGrid(menu) {
  const steps = el("div", { class: "filter-block" });
  menu.after(steps);
  menu.remove();
  const go = el("button", {
    type: "button",
    class: "button button-primary button-small",
    disabled: true,
    text: t("看这个网格"),
  });
  let code = root.dataset.county ?? "";
  const add = async (/** @type {string} */ label) => {
    const area = await app.api.area(code, "");
    const pick = el(
      "select",
      { class: "field field-small", "aria-label": label },
      el("option", { value: "", text: label }),
      area.children.map((one) => el("option", { value: one.code, text: one.name })),
    );
    pick.addEventListener("change", async () => {
      while (pick.parentElement?.nextElementSibling?.matches(".step")) pick.parentElement.nextElementSibling.remove();
      code = pick.value;
      go.disabled = !isSmallest(code);
      if (code && !isSmallest(code)) await add(levelOf(code) === "township" ? t("选村（社区）") : t("选网格"));
    });
    go.before(el("div", { class: "step filter-option" }, pick));
    pick.focus();
  };
  go.addEventListener("click", () => become("grid_worker", code));
  steps.append(go);
  await add(t("选乡镇"));
}

/** @param {string} role
 * @param {string} scope */
function become(role, scope) {
  /** @type {HTMLFormElement & {elements: Record<"role" | "scope" | "next", HTMLInputElement>}} */
  const form = byId("viewer-form");
  form.elements.role.value = role;
  form.elements.scope.value = scope;
  const address = new URL(app.state.permalink());
  address.searchParams.set("lang", lang);
  form.elements.next.value = `${address.pathname}${address.search}`;
  closePopover();
  history.afterwards(() => form.submit());
}
