// Screen shapes: steps become places, holes run against their rings, everything counts from the layer's corner.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { load } from "./page.js";

const { decode, inRing } = await load("map/shapes.js");
const head = { z: 12, mode: "whole", count: 1, key: ["k"], name: ["n"], cls: [0] };
const SQUARE = [100, 200, 40, 0, 0, 40, -40, 0];
const HOLE = [110, 210, 10, 0, 0, 10, -10, 0];

/** Twice the signed area of a ring. */
function turn({ xy, ring }, r) {
  let sum = 0;
  for (let i = ring[r], j = ring[r + 1] - 1; i < ring[r + 1]; j = i, i += 1) sum += xy[j * 2] * xy[i * 2 + 1] - xy[i * 2] * xy[j * 2 + 1];
  return sum;
}

test("steps become places counted from the corner", () => {
  const shapes = decode({ ...head, kind: "line", geom: [[[100, 200, 5, -3, -7, 4]]] });
  assert.deepEqual([shapes.ox, shapes.oy], [98, 197]);
  assert.deepEqual([...shapes.xy], [2, 3, 7, 0, 0, 4]);
  assert.deepEqual([...shapes.ring], [0, 3]);
  assert.deepEqual([...shapes.feature], [0, 1]);
  assert.deepEqual([...shapes.boxes], [0, 0, 7, 4]);
});

for (const geom of [
  [SQUARE, HOLE],
  [HOLE, SQUARE],
]) {
  test("a hole runs against its ring", () => {
    const shapes = decode({ ...head, kind: "polygon", geom: [geom] });
    const outer = geom.indexOf(SQUARE);
    assert.equal(turn(shapes, outer), 2 * 40 * 40);
    assert.equal(turn(shapes, 1 - outer), -2 * 10 * 10);
  });
}

test("rings of one feature count from its first", () => {
  const shapes = decode({ ...head, kind: "polygon", cls: [0, 3], geom: [[SQUARE, HOLE], [SQUARE]] });
  assert.deepEqual([...shapes.feature], [0, 2, 3]);
  assert.deepEqual([...shapes.ring], [0, 4, 8, 12]);
  assert.deepEqual([...shapes.cls], [0, 3]);
});

test("a place is in a ring or not", () => {
  const { xy, ring } = decode({ ...head, kind: "polygon", geom: [[SQUARE]] });
  assert.ok(inRing(xy, ring[0], ring[1], 20, 20));
  assert.ok(!inRing(xy, ring[0], ring[1], 41, 20));
});

test("points, names and counts", () => {
  const shapes = decode({ ...head, kind: "point", cls: [1, 2], geom: [[7, 9], [[5, 12]]], n: [4, 1], period: "2026" });
  assert.deepEqual([...shapes.xy], [2, 0, 0, 3]);
  assert.deepEqual([shapes.ox, shapes.oy], [5, 9]);
  assert.deepEqual([...shapes.n], [4, 1]);
  assert.equal(shapes.boxes, null);
  assert.equal(shapes.period, "2026");
});

test("names stand where the answer says, or nowhere", () => {
  const shapes = decode({ ...head, kind: "polygon", geom: [[SQUARE], [SQUARE]], label: [[120, 220], null] });
  assert.deepEqual([...shapes.labels], [120, 220, -1, -1]);
});

test("an answer without shapes is no shapes", () => {
  const shapes = decode({ ...head, kind: "polygon", count: 0, cls: [], geom: [] });
  assert.deepEqual([shapes.size, shapes.ox, shapes.oy], [0, 0, 0]);
});

test("over a picture in GCJ-02 shapes and names move together", () => {
  const place = [3_391_000, 1_657_000];
  const answer = { ...head, kind: "polygon", geom: [[[...place, 40, 0, 0, 40, -40, 0]]], label: [place] };
  const [here, there] = [decode(answer), decode(answer, { datum: "gcj02" })];
  const moved = [there.ox - here.ox, there.oy - here.oy];
  assert.ok(Math.hypot(...moved) > 10);
  assert.deepEqual([...there.labels], [place[0] + moved[0], place[1] + moved[1]]);
});

test("any line comes back from its steps", () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const { whole } = chance(seed);
    const places = Array.from({ length: whole(2, 30) }, () => [whole(0, 1e6), whole(0, 1e6)]);
    const steps = places.flatMap(([x, y], i) => (i ? [x - places[i - 1][0], y - places[i - 1][1]] : [x, y]));
    const { xy, ox, oy, boxes } = decode({ ...head, kind: "line", geom: [[steps]] });
    assert.deepEqual(
      places.map((_, i) => [xy[i * 2] + ox, xy[i * 2 + 1] + oy]),
      places,
    );
    assert.deepEqual([boxes[0], boxes[1]], [0, 0]);
  }
});
