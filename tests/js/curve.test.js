// The share of a threshold read off the curve, and edges that neighbours share.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";
import "./tree.js";

const { Slider } = await load("planner/slider.js");
const question = await load("planner/plan.js");
const { boundaries } = await load("map/edges.js");
const { decode } = await load("map/shapes.js");

const answer = {
  parameters: { unit: "m" },
  curve: { limits: [1000, 2000, 4000], shares: [0.2, 0.6, 0.7] },
  detours: { factors: [], shares: [] },
};
const slider = new Slider({ coverage: { answer, on() {} } });
const ask = (plan) => question.init({ state: { get: () => ({ plan }) } }, { within: "2000m", services: "clinics" });

test("between two points of the curve the share lies between theirs", () => {
  ask(null);
  for (const [limit, share] of [
    [1000, 0.2],
    [1500, 0.4],
    [2000, 0.6],
    [3000, 0.65],
    [4000, 0.7],
    [9000, 0.7],
    [500, 0.1],
  ])
    assert.ok(Math.abs(slider.shareAt(limit) - share) < 1e-9, `${limit}`);
});

test("it tells nothing of another unit or of full centres", () => {
  ask({ within: "15min" });
  assert.equal(slider.shareAt(15), null);
  ask({ capacity: "1" });
  assert.equal(slider.shareAt(2000), null);
});

test("the slider reaches what is asked, however far", () => {
  ask({ within: "9000m" });
  assert.deepEqual(slider.range(), { least: 200, most: 9000, step: 50 });
  ask({ within: "1234m" });
  assert.equal(slider.range().step, 10);
  ask({ within: "0.5min" });
  assert.deepEqual(slider.range(), { least: 0.5, most: 60, step: 0.5 });
});

/** Two squares side by side, and one that stands alone. */
const squares = decode({
  z: 10,
  mode: "whole",
  kind: "polygon",
  count: 3,
  key: ["a", "b", "c"],
  name: ["", "", ""],
  cls: [0, 0, 0],
  geom: [[[0, 0, 10, 0, 0, 10, -10, 0]], [[10, 0, 10, 0, 0, 10, -10, 0]], [[50, 50, 10, 0, 0, 10, -10, 0]]],
});
const length = (lines) =>
  lines.reduce((sum, line) => {
    for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
    return sum;
  }, 0);

test("an edge between neighbours is found once, the outside is all that is left", () => {
  const { inner, outer } = boundaries(squares);
  assert.equal(length(inner), 10);
  assert.equal(length(outer), 60 + 40);
});

test("edges are joined into lines that run on", () => {
  const { inner, outer } = boundaries(squares);
  assert.equal(inner.length, 1);
  assert.equal(outer.length, 2);
  for (const line of outer) assert.deepEqual(line.slice(0, 2), line.slice(-2), "closed");
});
