// Symbols and names on the screen: where they lie, what is left out, nothing over another.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { load } from "./page.js";

const { decode } = await load("map/shapes.js");
const { place } = await load("map/placing.js");
const { gather } = await load("map/spots.js");
const { symbolSize } = await load("map/symbols.js");
const { drawLabels } = await load("map/labels.js");

/** At zoom 10 a pixel is four units of band 10. */
const VIEW = { zoom: 10, x: 1000, y: 2000, width: 800, height: 600, ratio: 1 };
const PAINT = { symbol: "circle", size_mm: 2.4 };
const CONTEXT = {
  measureText: (text) => ({ width: text.length * 11 }),
  strokeText() {},
  fillText() {},
};

/** A layer of points at pixels of the view. */
function points(pixels, more = {}) {
  const answer = {
    z: 10,
    mode: "whole",
    kind: "point",
    count: pixels.length,
    key: pixels.map((_, i) => `k${i}`),
    name: pixels.map((_, i) => `名称${i}`),
    cls: pixels.map(() => 0),
    geom: pixels.map(([x, y]) => [(x + VIEW.x) * 4, (y + VIEW.y) * 4]),
  };
  return {
    id: "centres",
    kind: "point",
    group: "services",
    classes: [{ paint: PAINT }],
    hidden: new Set(),
    style: { labels: true, labels_from_zoom: 10 },
    shapes: [decode(answer)],
    ...more,
  };
}

const at = ({ px, py }) => [px, py];
const names = (entries, more = {}) => drawLabels(CONTEXT, VIEW, { entries, symbols: [], selected: null, ...more });
const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

test("symbols lie at their pixels", () => {
  const placed = place(
    points([
      [10, 20],
      [300, 500],
    ]),
    VIEW,
  );
  assert.deepEqual(placed.map(at), [
    [10, 20],
    [300, 500],
  ]);
  assert.deepEqual(
    placed.map(({ count, cluster, index }) => [count, cluster, index]),
    [
      [1, null, 0],
      [1, null, 1],
    ],
  );
});

test("they keep to their places when the map is nearer", () => {
  const near = { ...VIEW, zoom: 11, x: 2 * VIEW.x, y: 2 * VIEW.y };
  assert.deepEqual(place(points([[10, 20]]), near).map(at), [[20, 40]]);
});

test("what is outside, hidden or has no symbol is not placed", () => {
  const entry = points([
    [10, 20],
    [-100, 20],
    [10, 900],
  ]);
  assert.equal(place(entry, VIEW).length, 1);
  assert.equal(place({ ...entry, hidden: new Set([0]) }, VIEW).length, 0);
  assert.equal(place({ ...entry, classes: [{ paint: {} }] }, VIEW).length, 0);
});

test("crowded symbols shrink, to half at most", () => {
  const grid = (step) => points(Array.from({ length: 36 }, (_, i) => [(i % 6) * step + 50, Math.floor(i / 6) * step + 50]));
  const size = (step) => place(grid(step), VIEW)[0].size;
  assert.equal(size(60), symbolSize(PAINT));
  assert.ok(size(25) < symbolSize(PAINT));
  assert.equal(size(4), symbolSize(PAINT) / 2);
});

test("the sign of a cluster holds its number", () => {
  const sizes = [1, 2, 20, 200, 999].map((count) => symbolSize(PAINT, count));
  assert.deepEqual(
    [...sizes].sort((a, b) => a - b),
    sizes,
  );
  assert.ok(sizes[1] >= 1.4 * sizes[0]);
});

/** Symbols of layers of their own at pixels. */
const spots = (places, more = {}) =>
  places.map(([px, py], i) => ({ entry: { id: `layer-${i}`, group: "services" }, shapes: {}, index: 0, cluster: null, px, py, ...more }));

test("points of one spot move apart at the last zooms, whatever their layers, and remember it", () => {
  for (const count of [2, 5, 9, 12, 40]) {
    const group = spots(Array.from({ length: count }, () => [50, 60]));
    gather(group, 17);
    assert.ok(group.every(({ from, together }) => from.x === 50 && from.y === 60 && together.length === count));
    for (let i = 0; i < count; i += 1)
      for (let j = 0; j < i; j += 1) assert.ok(Math.hypot(group[i].px - group[j].px, group[i].py - group[j].py) > 8, `${count}: ${i} ${j}`);
  }
});

test("before that the one on top says how many there are", () => {
  const group = spots([
    [50, 60],
    [50, 60],
    [90, 60],
    [50, 60],
  ]);
  gather(group, 16);
  assert.deepEqual(
    group.map(({ spot, px }) => [spot, px]),
    [
      [undefined, 50],
      [undefined, 50],
      [undefined, 90],
      [3, 50],
    ],
  );
});

test("a row of points, each on the one before, is one spot", () => {
  const group = spots(Array.from({ length: 5 }, (_, i) => [50 + i * 1.4, 60]));
  gather(group, 16);
  assert.deepEqual(
    group.map(({ spot }) => spot),
    [undefined, undefined, undefined, undefined, 5],
  );
});

test("one building is a few metres wide: neighbours are no spot, however far the map is", () => {
  const zooms = [
    [17, 5, true],
    [17, 7, false],
    [16, 1.4, true],
    [16, 1.6, false],
    [13, 0.25, true],
    [13, 0.4, false],
  ];
  for (const [zoom, apart, one] of zooms) {
    const group = spots([
      [50, 60],
      [50 + apart, 60],
    ]);
    gather(group, zoom);
    assert.equal(Boolean(group[1].together), one, `${apart} px at ${zoom}`);
  }
});

test("clusters, circles of amounts, settlements and what lets the pointer through stay where they are", () => {
  for (const more of [
    { cluster: 7 },
    { shapes: { sizes: [9, 9] } },
    { entry: { id: "settlements", group: "base" } },
    { entry: { silent: true } },
  ]) {
    const group = spots(
      [
        [50, 60],
        [50, 60],
      ],
      more,
    );
    gather(group, 18);
    assert.deepEqual(group.map(at), [
      [50, 60],
      [50, 60],
    ]);
  }
});

test("no name stands over another, wherever the points are", () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const { whole } = chance(seed);
    const drawn = names([points(Array.from({ length: 120 }, () => [whole(0, 800), whole(0, 600)]))]);
    assert.ok(drawn.length > 20);
    for (let i = 0; i < drawn.length; i += 1)
      for (let j = 0; j < i; j += 1) assert.ok(apart(drawn[i], drawn[j]), `seed ${seed}: ${drawn[i].text} ${drawn[j].text}`);
  }
});

test("important names come first, what is chosen before all", () => {
  const places = Array.from({ length: 40 }, (_, i) => [400 + (i % 3), 300 + (i % 5)]);
  const minor = points(places, { id: "minor", style: { labels: true, labels_from_zoom: 10 } });
  const major = points(places, { id: "major", style: { labels: true, labels_from_zoom: 8 } });
  assert.equal(names([minor, major])[0].layer, "major");
  const [first] = names([minor, major], { selected: { layer: "minor", key: "k7" } });
  assert.deepEqual([first.layer, first.text], ["minor", "名称7"]);
});

test("a name keeps clear of symbols where it can", () => {
  const entry = points([[400, 300]]);
  const [free] = names([entry]);
  const symbols = [{ px: free.x, py: free.y, size: 20 }];
  const [moved] = names([entry], { symbols });
  assert.notDeepEqual([moved.x, moved.y], [free.x, free.y]);
  assert.ok(moved.y < 300 || moved.x !== 400);
});

test("names wait for their zoom, for layers with names and for the view", () => {
  assert.equal(names([points([[400, 300]], { style: { labels: true, labels_from_zoom: 11 } })]).length, 0);
  assert.equal(names([points([[400, 300]], { style: { labels: false } })]).length, 0);
  assert.equal(names([points([[-5, 300]])]).length, 0);
  assert.equal(names([points([[400, 300]], { hidden: new Set([0]) })]).length, 0);
});

test("a name takes the room that it is measured to need", () => {
  const [{ left, right, top, bottom }] = names([points([[400, 300]])]);
  const width = CONTEXT.measureText("名称0").width;
  assert.ok(right - left >= width && right - left <= width + 6);
  assert.ok(bottom - top > 8 && bottom - top < 24);
});

test("of places that all cover something a name takes the one that covers least", () => {
  const crowd = [
    { px: 400, py: 311, size: 20 },
    { px: 400, py: 287, size: 4 },
    { px: 440, py: 300, size: 20 },
    { px: 360, py: 300, size: 20 },
  ];
  const [{ y }] = names([points([[400, 300]])], { symbols: crowd });
  assert.ok(y < 300, "above, over the small one");
});
