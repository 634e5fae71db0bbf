// Boundaries of a mosaic: every edge once, in the lines that a plain definition gives.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { load } from "./page.js";

const { boundaries } = await load("map/edges.js");
const { decode } = await load("map/shapes.js");

/** Cells of a shaken grid that share corners; some are left out, some have a corner twice. */
function mosaic({ next, whole }) {
  const [wide, high] = [whole(1, 7), whole(1, 7)];
  const corner = Array.from({ length: (wide + 1) * (high + 1) }, (_, i) => [
    (i % (wide + 1)) * 100 + whole(0, 40) + 1000,
    Math.floor(i / (wide + 1)) * 100 + whole(0, 40) + 2000,
  ]);
  const geom = [];
  for (let x = 0; x < wide; x += 1)
    for (let y = 0; y < high; y += 1) {
      if (next() < 0.2) continue;
      const at = y * (wide + 1) + x;
      const ring = [at, at + 1, at + wide + 2, at + wide + 1].map((i) => corner[i]);
      if (next() < 0.1) ring.push(ring[3]);
      geom.push([ring.flatMap(([u, v], i) => (i ? [u - ring[i - 1][0], v - ring[i - 1][1]] : [u, v]))]);
    }
  const keys = geom.map((_, i) => `k${i}`);
  return decode({ z: 12, mode: "whole", kind: "polygon", count: geom.length, key: keys, name: keys, cls: keys.map(() => 0), geom });
}

/** The same lines by words: places, edges and ways in maps. */
function plainly({ xy, ring }) {
  const places = [];
  const uses = new Map();
  for (let i = 0; i < xy.length; i += 2) if (!places.includes(`${xy[i]},${xy[i + 1]}`)) places.push(`${xy[i]},${xy[i + 1]}`);
  const id = (i) => places.indexOf(`${xy[i * 2]},${xy[i * 2 + 1]}`);
  for (let r = 0; r + 1 < ring.length; r += 1)
    for (let i = ring[r]; i < ring[r + 1]; i += 1) {
      const [a, b] = [id(i > ring[r] ? i - 1 : ring[r + 1] - 1), id(i)].sort((one, other) => one - other);
      if (a !== b) uses.set(`${a} ${b}`, (uses.get(`${a} ${b}`) ?? 0) + 1);
    }
  const lines = (shared) => joined([...uses].filter(([, times]) => times > 1 === shared).map(([name]) => name));
  const toNumbers = (list) => list.map((line) => line.flatMap((node) => places[node].split(",").map(Number)));
  return { inner: toNumbers(lines(true)), outer: toNumbers(lines(false)) };
}

function joined(names) {
  const ways = new Map();
  const left = new Set(names);
  const ends = (name) => name.split(" ").map(Number);
  for (const name of names) for (const [a, b] of [ends(name), ends(name).reverse()]) ways.set(a, [...(ways.get(a) ?? []), b]);
  const walk = (from, to) => {
    const line = [from];
    for (let [last, at] = [from, to]; left.delete(`${Math.min(last, at)} ${Math.max(last, at)}`); ) {
      line.push(at);
      const on = ways.get(at);
      if (on.length !== 2) break;
      [last, at] = [at, on.find((node) => node !== last)];
    }
    return line;
  };
  const open = [...ways].filter(([, to]) => to.length !== 2).flatMap(([node, to]) => to.map((other) => walk(node, other)));
  return [...open, ...names.map((name) => walk(...ends(name)))].filter((line) => line.length > 1);
}

test("the lines of any mosaic are those of the plain definition", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const shapes = mosaic(chance(seed));
    assert.deepEqual(boundaries(shapes), plainly(shapes), `seed ${seed}`);
  }
});

test("two squares side by side share one edge", () => {
  const { inner, outer } = boundaries({
    xy: Int32Array.of(0, 0, 9, 0, 9, 9, 0, 9, 9, 0, 18, 0, 18, 9, 9, 9),
    ring: Int32Array.of(0, 4, 8),
  });
  assert.deepEqual(inner, [[9, 0, 9, 9]]);
  assert.deepEqual(
    outer.map((line) => line.length / 2),
    [7],
  );
});

test("no shapes have no boundaries", () => {
  assert.deepEqual(boundaries({ xy: new Int32Array(0), ring: new Int32Array(1) }), { inner: [], outer: [] });
});
