// What a pointer meets: symbols before lines before areas, the smaller area first, the ground last.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { find, hit } = await load("map/hit.js");
const { decode } = await load("map/shapes.js");
const VIEW = { zoom: 10, x: 0, y: 0, width: 800, height: 600, ratio: 1 }; // a pixel is four units of band 10

/** A layer of one shape at pixels: a square [x, y, side], or the places of a line. */
function layer(id, kind, [x, y, ...steps], more = {}) {
  const side = steps[0] * 4;
  const geom = kind === "polygon" ? [x * 4, y * 4, side, 0, 0, side, -side, 0] : [x, y, ...steps].map((one) => one * 4);
  const shapes = decode({ z: 10, mode: "whole", kind, count: 1, key: [`${id}-1`], name: [""], cls: [0], geom: [[geom]] });
  return { id, kind, order: 20, hidden: new Set(), shapes: [shapes], ...more };
}

const met = (entries, point, placed = []) => hit(VIEW, { entries, placed }, point)?.entry.id ?? null;
const large = layer("large", "polygon", [100, 100, 200]);
const small = layer("small", "polygon", [150, 150, 50]);
const road = layer("road", "line", [100, 160, 200, 0]);
const symbol = { entry: { id: "symbol" }, index: 0, px: 160, py: 160, size: 10 };

test("the smallest area that holds the point", () => {
  assert.equal(met([large, small], { x: 160, y: 190 }), "small");
  assert.equal(met([small, large], { x: 160, y: 190 }), "small");
  assert.equal(met([large, small], { x: 120, y: 120 }), "large");
  assert.equal(met([large, small], { x: 90, y: 120 }), null);
});

test("ground answers only where nothing else does, however small it is", () => {
  const ground = { ...small, id: "ground", order: 5 };
  assert.equal(met([ground, large], { x: 160, y: 190 }), "large");
  assert.equal(met([ground], { x: 160, y: 190 }), "ground");
});

test("symbols before lines before areas", () => {
  assert.equal(met([large, road], { x: 160, y: 160 }, [symbol]), "symbol");
  assert.equal(met([large, road], { x: 160, y: 162 }), "road");
  assert.equal(met([large, road], { x: 160, y: 170 }), "large");
});

test("a finger reaches further than a mouse", () => {
  const near = { x: 160, y: 170 };
  assert.equal(met([road], near), null);
  assert.equal(met([road], { ...near, touch: true }), "road");
  assert.equal(met([], { x: 175, y: 160 }, [symbol]), null);
  assert.equal(met([], { x: 175, y: 160, touch: true }, [symbol]), "symbol");
});

test("of symbols the one drawn last, else the nearest", () => {
  const upper = { ...symbol, entry: { id: "upper" }, px: 164 };
  assert.equal(met([], { x: 162, y: 160 }, [symbol, upper]), "upper");
  assert.equal(met([], { x: 154, y: 160 }, [symbol, upper]), "symbol");
});

test("a road is met along its whole way, whichever way it runs", () => {
  for (const [x, y] of [
    [200, 100],
    [-200, 100],
    [0, -200],
  ]) {
    const way = layer("way", "line", [400, 300, x, y]);
    for (const part of [0, 0.3, 1]) assert.equal(met([way], { x: 400 + x * part, y: 300 + y * part }), "way");
    assert.equal(met([way], { x: 400 - x * 0.3 + 9, y: 300 - y * 0.3 + 9 }), null);
    for (const part of [0, 1]) assert.equal(met([way], { x: 400 + x * part - 3, y: 300 + y * part }), "way");
  }
});

test("hidden classes, ghosts and what is silent let the pointer through", () => {
  for (const more of [{ hidden: new Set([0]) }, { ghost: true }, { silent: true }])
    assert.equal(met([{ ...small, ...more }, large], { x: 160, y: 190 }), "large");
});

test("the length of a road ends with it", () => {
  assert.equal(met([road], { x: 303, y: 160 }), "road");
  assert.equal(met([road], { x: 310, y: 160 }), null);
});

test("a feature is found in every part of its layer, also in a ghost", () => {
  const ghost = { ...large, ghost: true, shapes: [...large.shapes, ...large.shapes] };
  assert.equal(find([ghost, small], "large", "large-1").length, 2);
  assert.deepEqual(find([ghost], "small", "large-1"), []);
  assert.deepEqual(find([ghost], "large", "other"), []);
});
