// Levels of divisions: everything comes from the theme, so counties with other codes work as well.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { load } from "./page.js";

const divisions = await load("core/divisions.js");
const LEVELS = ["county", "township", "village", "grid"];
const LAYERS = ["counties", "townships", "villages", "grids"];

/** The levels of a county whose grids have so many digits. */
function county(digits, layers = LAYERS) {
  const known = LEVELS.map((level, i) => ({
    level,
    layer: layers[i],
    digits: [6, 9, 12, digits][i],
    title: level.toUpperCase(),
    unit: `${level}s`,
    parent_field: i ? `${LEVELS[i - 1]}_code` : null,
  }));
  divisions.init(known);
  return "140822101201123456".slice(0, digits);
}

afterEach(() => divisions.init([]));

for (const digits of [14, 15, 18]) {
  test(`grids of ${digits} digits`, () => {
    const grid = county(digits);
    assert.equal(divisions.digits("grid"), digits);
    assert.deepEqual(["140822", "140822101", "140822101201", grid].map(divisions.levelOf), LEVELS);
    assert.deepEqual(["140822", "140822101", "140822101201", grid].map(divisions.layerOfCode), LAYERS);
    assert.deepEqual(["140822", "140822101", "140822101201", grid].map(divisions.depth), [0, 1, 2, 3]);
    assert.equal(divisions.atMost(grid, "township"), "140822101");
    assert.ok(divisions.isSmallest(grid));
    assert.ok(!divisions.isSmallest("140822101201"));
    for (const other of [14, 15, 18].filter((one) => one !== digits)) assert.equal(divisions.levelOf("1".repeat(other)), null);
  });

  test(`a chosen grid of ${digits} digits opens its profile, and lists set it in`, async () => {
    const grid = county(digits);
    const { subject } = await load("drawer/drawer.js");
    assert.deepEqual(subject({ selected: { layer: "grids", key: grid }, area: null }), { area: grid });
    const orchard = { layer: "orchards", key: "7" };
    assert.deepEqual(subject({ selected: orchard, area: null }), { record: orchard });
    const { areaRows } = await load("sheets/fields.js");
    const rows = areaRows(["", "140822", "140822101", "140822101201", grid].map((code) => ({ code, name: "名" })));
    assert.deepEqual(
      rows.map(([, words]) => words.length - 1),
      [0, 0, 0, 1, 2],
    );
  });
}

test("a level has its own words", () => {
  county(15);
  assert.equal(divisions.unit("township"), "townships");
  assert.equal(divisions.title("townships"), "TOWNSHIP");
  assert.equal(divisions.title("orchards"), "");
});

test("layers may have other names, and come in any order", () => {
  county(15, ["xian", "zhen", "cun", "wangge"]);
  assert.equal(divisions.layerOf("grid"), "wangge");
  assert.ok(divisions.isDivision("zhen"));
  assert.ok(!divisions.isDivision("townships"));
  divisions.init([
    { level: "village", layer: "cun", digits: 12, title: "村", parent_field: null },
    { level: "county", layer: "xian", digits: 6, title: "县", parent_field: null },
  ]);
  assert.equal(divisions.title("cun"), "村");
});

test("what is no code of a division is none", () => {
  county(15);
  for (const code of ["", null, undefined, "1", "1408221"]) {
    assert.equal(divisions.levelOf(code), null);
    assert.equal(divisions.layerOfCode(code), null);
    assert.equal(divisions.depth(code), -1);
    assert.ok(!divisions.isSmallest(code));
  }
  assert.equal(divisions.digits("street"), 0);
});
