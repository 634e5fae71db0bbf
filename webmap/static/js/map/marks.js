// What is chosen and what is under the pointer, outlined on a pane of its own, so that a hover repaints nothing else.

import { inside, plain, scaleOf } from "./canvas.js";
import { find } from "./hit.js";
import { PRIMARY } from "./inks.js";
import { featurePath } from "./paths.js";
import { symbolSize } from "./symbols.js";

const TINT = "rgba(11, 100, 112, 0.12)";
const CHOSEN_PX = 3;
const HOVER_PX = 2;
const HALO_PX = 2.5;

/** `hover` and `selected` are {layer, key}; a hovered cluster comes as {point}.
 * @param {import("./canvas.js").CanvasPane} pane
 * @param {Sight} view
 * @param {{entries: Drawn[], placed: Placed[]} & Marked} what */
export function drawMarks(pane, view, { entries, placed, hover, selected, lit }) {
  const chosen = selected ? find(entries, selected.layer, selected.key) : [];
  const same = hover && selected && hover.key === selected.key && hover.layer === selected.layer;
  const under = hover && !same && !hover.point ? find(entries, hover.layer, hover.key) : [];
  const pointed = lit ? find(entries, lit.layer, lit.key) : [];
  if (!chosen.length && !under.length && !pointed.length && !hover?.point) return pane.clear();
  const context = pane.start(view);
  for (const part of under) outline(context, view, { ...part, placed, width: HOVER_PX, tint: null });
  for (const part of pointed) outline(context, view, { ...part, placed, width: CHOSEN_PX, tint: null });
  if (hover?.point) ring(context, view, hover.point);
  for (const part of chosen) outline(context, view, { ...part, placed, width: CHOSEN_PX, tint: TINT });
  return undefined;
}

/** @param {CanvasRenderingContext2D} context
 * @param {Sight} view
 * @param {Part & {placed: Placed[], width: number, tint: string | null}} part */
function outline(context, view, { entry, shapes, index, placed, width, tint }) {
  if (shapes.kind === "point") {
    const point = placed.find((one) => one.shapes === shapes && one.index === index);
    return ring(context, view, point ?? spot(view, { entry, shapes, index }));
  }
  const path = featurePath(shapes, index);
  inside(context, view, {
    shapes,
    work(scale) {
      if (tint && shapes.kind === "polygon") {
        context.fillStyle = tint;
        context.fill(path);
      }
      context.lineJoin = "round";
      for (const { colour, wider } of [
        { colour: "#FFFFFF", wider: HALO_PX },
        { colour: entry.mark ?? PRIMARY, wider: 0 },
      ]) {
        context.strokeStyle = colour;
        context.lineWidth = (width + wider) / scale;
        context.stroke(path);
      }
    },
  });
  return undefined;
}

/** A chosen point that is not drawn by itself: inside a cluster, or its layer is off.
 * @param {Sight} view
 * @param {Part<PointShapes>} part */
function spot(view, { entry, shapes, index }) {
  const scale = scaleOf(view, shapes.band);
  const at = [shapes.xy[index * 2] + shapes.ox, shapes.xy[index * 2 + 1] + shapes.oy];
  const paint = entry.classes[shapes.cls[index]]?.paint ?? {};
  return { px: at[0] * scale - view.x, py: at[1] * scale - view.y, size: symbolSize(paint) };
}

/** @param {CanvasRenderingContext2D} context
 * @param {Sight} view
 * @param {Pick<Placed, "px" | "py" | "size">} point */
function ring(context, view, { px, py, size }) {
  plain(context, view);
  context.beginPath();
  context.arc(px, py, size / 2 + 5, 0, 2 * Math.PI);
  context.fillStyle = "#FFFFFF";
  context.fill();
  context.lineWidth = CHOSEN_PX;
  context.strokeStyle = PRIMARY;
  context.stroke();
}
