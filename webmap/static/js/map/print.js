// Before the page is printed: the map takes the size of the paper, and its legend says its own, so that css/print.css can fit
// all on one page; and the legend tells of all that is on the map, for the tree beside it is not printed.

import { byId } from "../ui/dom.js";

const PAPER = { x: 1040, y: 940 }; // a map that fills A4 with its legend beside or below it
const MARGIN_PX = 12;
const TITLE_PX = 84; // below the title card
const ROW_PX = 24;
const COLUMN_PX = 190;
const HEAD_PX = 76;
const root = document.documentElement;

/** @param {App} app */
export function init(app) {
  addEventListener("beforeprint", () => prepare(app));
  addEventListener("afterprint", () => {
    delete root.dataset.printing;
    app.relegend?.();
    const { view } = app.state.get();
    app.layers.resized(() => {
      app.map.invalidateSize({ animate: false, pan: false });
      if (view) app.view.set(view);
    });
  });
}

/** What is in sight fills the paper, however narrow the screen is.
 * @param {App} app */
function prepare(app) {
  const { map, painter, layers, relegend } = app;
  const box = app.view.sight();
  root.dataset.printing = "";
  relegend?.();
  measure(PAPER);
  layers.quiet = true; // what is drawn is enough
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(box, { paddingTopLeft: [MARGIN_PX, TITLE_PX], paddingBottomRight: [MARGIN_PX, MARGIN_PX], animate: false });
  painter.onRemove(); // a canvas that was cleared prints as white paper
  painter.onAdd(map);
  painter.paint();
}

/** @param {{x: number, y: number}} size of the map */
function measure({ x, y }) {
  const legend = HEAD_PX + ROW_PX * legendRows(Math.max(1, Math.floor(x / COLUMN_PX)));
  for (const [name, px] of Object.entries({ width: x, height: y, legend })) root.style.setProperty(`--print-${name}`, `${px}px`);
}

/** How many rows the legend has where it stands in columns; a block of it is not divided.
 * @param {number} columns */
function legendRows(columns) {
  const blocks = [...byId("legend").querySelectorAll(".legend-block")].map((one) => 1 + one.querySelectorAll(".class-row, h3, p").length);
  return Math.max(Math.ceil((1.3 * blocks.reduce((sum, n) => sum + n, 0)) / columns), ...blocks);
}
