// Before the page is printed: how large the map and its legend are, so that css/print.css can fit all on one page; and the legend
// tells of all that is on the map, for the tree beside it is not printed.

import { byId } from "../ui/dom.js";

const ROW_PX = 24;
const COLUMN_PX = 190;
const HEAD_PX = 76;
const root = document.documentElement;

/** @param {App} app */
export function init(app) {
  addEventListener("beforeprint", () => measure(app));
  addEventListener("afterprint", () => {
    delete root.dataset.printing;
    app.relegend?.();
  });
}

/** @param {App} app */
function measure({ map, relegend }) {
  root.dataset.printing = "";
  relegend?.();
  const { x, y } = map.getSize();
  const legend = HEAD_PX + ROW_PX * legendRows(Math.max(1, Math.floor(x / COLUMN_PX)));
  for (const [name, px] of Object.entries({ width: x, height: y, legend })) root.style.setProperty(`--print-${name}`, `${px}px`);
}

/** How many rows the legend has where it stands in columns; a block of it is not divided.
 * @param {number} columns */
function legendRows(columns) {
  const blocks = [...byId("legend").querySelectorAll(".legend-block")].map((one) => 1 + one.querySelectorAll(".class-row, h3, p").length);
  return Math.max(Math.ceil((1.3 * blocks.reduce((sum, n) => sum + n, 0)) / columns), ...blocks);
}
