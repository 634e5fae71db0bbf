// All that a pointer meets, what is meant most first: as it is painted, then what is in reach, then outlines, ground, roads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { find, hits } = await load("map/hit.js");
const { decode } = await load("map/shapes.js");
const VIEW = { zoom: 10, x: 0, y: 0, width: 800, height: 600, ratio: 1 }; // a pixel is four units of band 10

const FILL = [{ paint: { fill: "#B9D98A" } }];
const OUTLINE = [{ paint: { line: "#AEB8B9" } }];

/** A layer of one shape at pixels: a square [x, y, side], the corners of an area, or the places of a line, each from the last. */
function layer(id, kind, [x, y, ...steps], more = {}) {
  const [side] = steps;
  const around = steps.length === 1 ? [side, 0, 0, side, -side, 0] : steps;
  const geom = (kind === "polygon" ? [x, y, ...around] : [x, y, ...steps]).map((one) => one * 4);
  const shapes = decode({ z: 10, mode: "whole", kind, count: 1, key: [`${id}-1`], name: [""], cls: [0], geom: [[geom]] });
  return { id, kind, order: 20, group: "industry", classes: FILL, hidden: new Set(), shapes: [shapes], ...more };
}

/** A symbol of a layer at pixels. */
function symbol(id, px, py, more = {}) {
  return { entry: { id }, shapes: { keys: [`${id}-1`] }, index: 0, cluster: null, px, py, size: 10, ...more };
}

const met = (entries, point, placed = []) => hits(VIEW, { entries, placed }, point).map(({ entry }) => entry.id);
const first = (...scene) => met(...scene)[0] ?? null;
const large = layer("large", "polygon", [100, 100, 200]);
const small = layer("small", "polygon", [150, 150, 50], { order: 19 });
const road = layer("road", "line", [100, 160, 200, 0], { group: "base" });
const village = layer("village", "polygon", [0, 0, 400], { order: 22, classes: OUTLINE });
const county = layer("county", "polygon", [0, 0, 600], { order: 24, classes: OUTLINE });

test("of filled areas the one that is painted last, however large it is", () => {
  assert.deepEqual(met([large, small], { x: 160, y: 190 }), ["large", "small"]);
  assert.deepEqual(met([large, { ...small, order: 21 }], { x: 160, y: 190 }), ["small", "large"]);
  assert.deepEqual(met([large, { ...small, order: 20 }], { x: 160, y: 190 }), ["small", "large"]);
  assert.deepEqual(met([large, small], { x: 90, y: 120 }), []);
});

test("of areas painted alike the smaller one, its own area and not that of its box", () => {
  const strip = [8, 0, 192, 192, 0, 8, -200, -200].map((one) => one * 4); // a band along the diagonal of the square
  const square = [60, 0, 0, 60, -60, 0].map((one) => one * 4);
  const geom = [[[400, 400, ...strip]], [[560, 560, ...square]]];
  const shapes = decode({ z: 10, mode: "whole", kind: "polygon", count: 2, key: ["strip", "square"], name: ["", ""], cls: [0, 0], geom });
  const entry = { ...large, shapes: [shapes] };
  const keys = (point) => hits(VIEW, { entries: [entry], placed: [] }, point).map(({ index }) => shapes.keys[index]);
  assert.deepEqual(keys({ x: 170, y: 166 }), ["strip", "square"]);
  assert.deepEqual(keys({ x: 190, y: 150 }), ["square"]);
});

test("a later class of a layer lies above an earlier one", () => {
  const geom = [[[400, 400, 400, 0, 0, 400, -400, 0]], [[400, 400, 800, 0, 0, 800, -800, 0]]];
  const shapes = decode({ z: 10, mode: "whole", kind: "polygon", count: 2, key: ["below", "above"], name: ["", ""], cls: [0, 1], geom });
  const found = hits(VIEW, { entries: [{ ...large, classes: [...FILL, ...FILL], shapes: [shapes] }], placed: [] }, { x: 150, y: 150 });
  assert.deepEqual(
    found.map(({ index }) => shapes.keys[index]),
    ["above", "below"],
  );
});

test("one looks through outlines: the smallest comes after what is filled", () => {
  assert.deepEqual(met([county, village, large], { x: 120, y: 120 }), ["large", "village", "county"]);
  assert.deepEqual(met([county, village, large], { x: 500, y: 500 }), ["county"]);
});

test("ground answers after all other areas, roads and rivers after the ground", () => {
  const ground = { ...small, id: "ground", order: 5 };
  assert.deepEqual(met([road, ground, large, village], { x: 160, y: 160 }), ["large", "village", "ground", "road"]);
  assert.deepEqual(met([road], { x: 160, y: 162 }), ["road"]);
});

test("a line of a layer's own is met where it is drawn, else it is in reach", () => {
  const works = { ...road, id: "works", group: "environment", classes: [{ paint: { line_mm: 1 } }] };
  assert.deepEqual(met([works, large], { x: 160, y: 161 }), ["works", "large"]);
  assert.deepEqual(met([works, large, village], { x: 160, y: 163 }), ["large", "works", "village"]);
});

test("symbols before everything, the one drawn last before those below it", () => {
  const placed = [symbol("clinic", 160, 160), symbol("centre", 160, 160)];
  assert.deepEqual(met([large, road], { x: 160, y: 160 }, placed), ["centre", "clinic", "large", "road"]);
});

test("a symbol in reach comes after what is filled under the pointer, before an outline around it", () => {
  const beside = { x: 168, y: 170 };
  assert.deepEqual(met([large, village], beside, [symbol("centre", 160, 170)]), ["large", "centre", "village"]);
  assert.deepEqual(met([village], { ...beside, x: 170 }, [symbol("centre", 160, 170)]), ["village"]);
});

test("a finger reaches further than a mouse, and means a symbol that is close", () => {
  const placed = [symbol("centre", 160, 170)];
  assert.equal(first([road], { x: 160, y: 170 }), null);
  assert.equal(first([road], { x: 160, y: 170, touch: true }), "road");
  assert.deepEqual(met([large], { x: 171, y: 170, touch: true }, placed), ["centre", "large"]);
  assert.deepEqual(met([large], { x: 173, y: 170, touch: true }, placed), ["large", "centre"]);
  assert.deepEqual(met([large], { x: 180, y: 170, touch: true }, placed), ["large"]);
});

test("beside several symbols the nearest", () => {
  const placed = [symbol("left", 160, 160), symbol("right", 174, 160)];
  for (const touch of [false, true]) {
    assert.equal(first([], { x: 166.5, y: 160, touch }, placed), "left");
    assert.equal(first([], { x: 167.5, y: 160, touch }, placed), "right");
  }
});

test("with one symbol all are met that were moved from its spot, and all from the spot itself", () => {
  const group = [symbol("north", 160, 145), symbol("south", 160, 175)].map((one) => ({ ...one, from: { x: 160, y: 160 } }));
  for (const one of group) one.together = group;
  assert.deepEqual(met([large], { x: 160, y: 145 }, group), ["north", "south", "large"]);
  assert.deepEqual(met([village], { x: 160, y: 160 }, group), ["south", "north", "village"]);
  assert.deepEqual(met([village], { x: 160, y: 130 }, group), ["village"]);
});

test("a row that lies in two tiles is met once, as large as both of its parts", () => {
  const tiled = (x, side) => layer("parts", "polygon", [x, 100, side]).shapes.map((shapes) => ({ ...shapes, tile: { x: 0, y: 0 } }));
  const parts = { ...large, id: "parts", shapes: [...tiled(100, 60), ...tiled(120, 200)] };
  assert.deepEqual(met([parts], { x: 130, y: 130 }), ["parts"]);
});

test("a road is met along its whole way, whichever way it runs", () => {
  for (const [x, y] of [
    [200, 100],
    [-200, 100],
    [0, -200],
  ]) {
    const way = layer("way", "line", [400, 300, x, y]);
    for (const part of [0, 0.3, 1]) assert.equal(first([way], { x: 400 + x * part, y: 300 + y * part }), "way");
    assert.equal(first([way], { x: 400 - x * 0.3 + 9, y: 300 - y * 0.3 + 9 }), null);
    for (const part of [0, 1]) assert.equal(first([way], { x: 400 + x * part - 3, y: 300 + y * part }), "way");
  }
});

test("hidden classes, ghosts and what is silent let the pointer through", () => {
  for (const more of [{ hidden: new Set([0]) }, { ghost: true }, { silent: true }])
    assert.equal(first([{ ...small, order: 30, ...more }, large], { x: 160, y: 190 }), "large");
});

test("the length of a road ends with it", () => {
  assert.equal(first([road], { x: 303, y: 160 }), "road");
  assert.equal(first([road], { x: 310, y: 160 }), null);
});

test("a feature is found in every part of its layer, also in a ghost", () => {
  const ghost = { ...large, ghost: true, shapes: [...large.shapes, ...large.shapes] };
  assert.equal(find([ghost, small], "large", "large-1").length, 2);
  assert.deepEqual(find([ghost], "small", "large-1"), []);
  assert.deepEqual(find([ghost], "large", "other"), []);
});

test("of two sides only that is met which is seen there", () => {
  const [left, right] = ["left", "right"].map((side) => ({ ...large, id: side, side }));
  const at = (x, seam) => hits({ ...VIEW, seam }, { entries: [left, right], placed: [] }, { x, y: 150 }).map(({ entry }) => entry.id);
  assert.deepEqual(at(150, 200), ["left"]);
  assert.deepEqual(at(250, 200), ["right"]);
  assert.deepEqual(at(150, undefined).length, 2);
});
