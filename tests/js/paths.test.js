// Paths of classes: every ring once and closed, in pieces that make one path; kept when most of a class is in view.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

globalThis.Path2D = class {
  steps = [];
  moveTo(x, y) {
    this.steps.push(`M${x} ${y}`);
  }
  lineTo(x, y) {
    this.steps.push(`L${x} ${y}`);
  }
  rect(x, y, width, height) {
    this.steps.push(`R${x} ${y} ${width} ${height}`);
  }
  closePath() {
    this.steps.push("Z");
  }
  addPath({ steps }) {
    this.steps.push(...steps);
  }
};

const { classPath, featurePath } = await load("map/paths.js");
const { decode } = await load("map/shapes.js");
const EVERYWHERE = [-Infinity, -Infinity, Infinity, Infinity];
const SQUARE = "M0 0 L4 0 L4 4 L0 4 Z";

/** Squares in a row, ten units apart, of these classes. */
function row(cls, kind = "polygon") {
  const geom = cls.map((_, i) => [[i * 10, 0, 4, 0, 0, 4, -4, 0]]);
  return decode({ z: 12, mode: "whole", kind, count: cls.length, key: cls, name: cls, cls, geom });
}
const text = (path) => path.steps.join(" ");

test("rings are closed, lines are not", () => {
  assert.equal(text(featurePath(row([0]), 0)), SQUARE);
  assert.equal(text(featurePath(row([0], "line"), 0)), SQUARE.slice(0, -2));
});

test("what is smaller than the grid of the coordinates is a square of one unit", () => {
  const shapes = decode({ z: 12, mode: "whole", kind: "polygon", count: 1, key: ["k"], name: ["n"], cls: [0], geom: [[[7, 9]]] });
  assert.equal(text(classPath(shapes, 0, EVERYWHERE)), "R0 0 1 1");
});

test("a path of many pieces has every ring of its class once, in order", () => {
  const cls = Array.from({ length: 1000 }, (_, i) => i % 3);
  const starts = classPath(row(cls), 1, EVERYWHERE).steps.filter((step) => step.startsWith("M"));
  assert.deepEqual(
    starts,
    cls.flatMap((one, i) => (one === 1 ? [`M${i * 10} 0`] : [])),
  );
});

test("a class mostly in view is whole and kept; otherwise it is what is seen", () => {
  const shapes = row([0, 0, 0, 0]);
  const part = classPath(shapes, 0, [0, 0, 5, 5]);
  assert.equal(text(part), SQUARE);
  const most = classPath(shapes, 0, [0, 0, 25, 5]);
  assert.equal(most.steps.length, 4 * 5);
  assert.equal(classPath(shapes, 0, [0, 0, 5, 5]), most);
});

test("nothing is no path", () => {
  assert.equal(classPath(row([0]), 1, EVERYWHERE), null);
  assert.equal(classPath(row([0]), 0, [50, 50, 60, 60]), null);
});
