// What else is where the chosen one lies, as a list in its card.

import { t } from "../core/i18n.js";
import { nameOf } from "../map/choose.js";
import { around, listen, take } from "../map/here.js";
import { el, put } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { section } from "./profile.js";

/** @type {App} */
let app;
let box = el("div", { class: "here", hidden: true });
let refocus = false; // whoever chose in the list stays in it

/** @param {App} house */
export function init(house) {
  app = house;
  listen(draw);
  app.layers.on("ready", draw);
}

/** The list for a card that is about to be shown. */
export function hereBox() {
  box = el("div", { class: "here", hidden: true });
  draw();
  return box;
}

function draw() {
  const { selected } = app.state.get();
  const own = app.layers.theme.id === "coverage"; // its cards are of what was pointed at, nothing is selected
  const found = (selected || own) && app.painter.view ? around(app, selected) : null;
  box.hidden = !found?.list.length;
  if (!found || box.hidden) return put(box);
  const rows = found.list.map((one) => el("li", {}, row(one, found)));
  put(box, section(t("这里还有 {n} 处", { n: found.list.length }), null, el("ul", { class: "places here-list" }, rows)));
  if (refocus) requestAnimationFrame(focus);
  return undefined;
}

function focus() {
  if (!box.isConnected) return;
  refocus = false;
  box.querySelector("button")?.focus({ preventScroll: true });
}

/** @param {Found} one
 * @param {NonNullable<ReturnType<typeof around>>} found */
function row(one, { at, touch }) {
  const { entry, shapes, index } = one;
  const paint = one.kind === "point" ? one.paint : entry.classes[shapes.cls[index]]?.paint;
  return el(
    "button",
    {
      type: "button",
      class: "place",
      on: {
        click: () => {
          refocus = true;
          take(app, one, { at, touch, screen: "" });
        },
      },
    },
    swatch(paint, entry.kind, app.layers.theme.symbols),
    el("span", { class: "place-name", text: nameOf(one) }),
    el("span", { class: "place-value note", text: entry.title }),
  );
}
