// Which shapes a layer needs at a position, and how long answers are kept.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { Answers, BANDS, bandFor, needed } = await load("map/requests.js");
const ENTRY = { id: "villages", v: "a b", screen: { 14: { mode: "tiles" } } };

test("shapes are enlarged by less than a third, and are no finer than that asks for", () => {
  for (let tenths = 50; tenths <= 180; tenths += 1) {
    const zoom = tenths / 10;
    const band = bandFor(zoom);
    const finest = band === BANDS.at(-1);
    assert.ok(finest || 2 ** (zoom - band) < 4 / 3, `zoom ${zoom}, band ${band}`);
    const coarser = BANDS[BANDS.indexOf(band) - 1];
    assert.ok(coarser === undefined || 2 ** (zoom - coarser) > 4 / 3, `band ${coarser} would do`);
  }
});

test("a little above a band its shapes still serve", () => {
  assert.deepEqual([10, 10.4, 10.41, 11.4, 13.5, 30].map(bandFor), [10, 10, 11, 11, 14, 16]);
});

test("a layer that is whole takes one address", () => {
  const [request, ...more] = needed(ENTRY, { zoom: 12, box: [0, 0, 10, 10], query: "code=1" });
  assert.deepEqual(request, { url: "v=a%20b&z=12&code=1", tile: null });
  assert.deepEqual(more, []);
});

test("tiles are those that the view touches", () => {
  const found = needed(ENTRY, { zoom: 14, box: [511, 512, 1025, 1023], query: "" });
  assert.deepEqual(
    found.map(({ tile }) => [tile.x, tile.y]),
    [0, 1, 2].map((x) => [x, 1]),
  );
  assert.equal(found[0].url, "v=a%20b&z=14&tile=0,1");
});

test("tiles of a finer band lie in its own pixels", () => {
  const found = needed(ENTRY, { zoom: 13.5, box: [600, 600, 601, 601], query: "" });
  assert.deepEqual(
    found.map(({ tile }) => tile),
    [{ x: 1, y: 1 }],
  );
});

const raw = (points) => ({
  z: 10,
  mode: "whole",
  kind: "point",
  count: points,
  key: [],
  name: [],
  cls: new Array(points).fill(0),
  geom: Array.from({ length: points }, (_, i) => [i, i]),
});

test("one answer on its way serves all who ask, and is kept", async () => {
  let asked = 0;
  const answers = new Answers({ shapes: async () => (asked += 1) && raw(1) }, "wgs84");
  const both = [answers.fetch("a", { url: "z=1", tile: null }), answers.fetch("a", { url: "z=1", tile: null })];
  const [first, second] = await Promise.all(both);
  assert.equal(first, second);
  assert.equal(answers.get("a", { url: "z=1" }), first);
  assert.equal(asked, 1);
});

test("what is no longer wanted is stopped", async () => {
  const api = {
    shapes: (_layer, _url, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason))),
  };
  const answers = new Answers(api, "wgs84");
  const waiting = answers.fetch("a", { url: "z=1", tile: null });
  answers.drop(new Set(["a?z=2"]));
  await assert.rejects(waiting, { name: "AbortError" });
  assert.equal(answers.running.size, 0);
});

test("the longest unused answers go first", async () => {
  const answers = new Answers({ shapes: async () => raw(900_000) }, "wgs84");
  for (const url of ["1", "2"]) await answers.fetch("a", { url, tile: null });
  answers.get("a", { url: "1" });
  await answers.fetch("a", { url: "3", tile: null });
  assert.deepEqual([...answers.known.keys()], ["a?1", "a?3"]);
});
