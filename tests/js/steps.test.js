// Which changes make a history entry, and which only write over the one of now.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./page.js";

const { isStep, openedBy, closes, rest } = await load("core/steps.js");
const BARE = {
  layers: ["villages"],
  view: { lat: 35, lng: 110, zoom: 10 },
  selected: null,
  area: null,
  filters: {},
  time: null,
  period: null,
  hidden: {},
  heat: [],
  opacity: {},
  panels: { left: true, right: false, table: false },
  table: null,
  sort: "",
  plan: null,
};
const VILLAGE = { layer: "villages", key: "140822100001" };
const OTHER = { layer: "villages", key: "140822100002" };

/** How many entries a walk through states makes, `gap` ms from one to the next. */
function steps(gap, ...patches) {
  rest();
  let [state, now, made] = [BARE, 0, 0];
  for (const patch of patches) {
    const next = { ...state, ...patch };
    if (isStep(state, next, now)) made += 1;
    state = next;
    now += gap;
  }
  return made;
}

beforeEach(rest);

test("what a person opens or asks makes an entry", () => {
  for (const patch of [
    { selected: VILLAGE },
    { area: "140822101" },
    { table: "villages" },
    { layers: [] },
    { hidden: { villages: [1] } },
    { filters: { orchards: { crop: ["apple"] } } },
    { time: { since: "2026-01-01", until: null } },
    { period: "2026Q1" },
    { plan: { scenario: "a" } },
  ])
    assert.equal(steps(5000, patch), 1, JSON.stringify(patch));
});

test("what flows makes none", () => {
  for (const patch of [
    { view: { lat: 36, lng: 110, zoom: 10 } },
    { opacity: { 0: 0.4 } },
    { panels: { left: false, right: false, table: false } },
    { sort: "-name" },
    { selected: null },
  ])
    assert.equal(steps(5000, patch), 0, JSON.stringify(patch));
});

test("one drag or one text is one entry, two are two", () => {
  const drag = [400, 500, 600, 700].map((metres) => ({ plan: { within: `${metres}m` } }));
  assert.equal(steps(100, ...drag), 1);
  assert.equal(steps(1500, ...drag), 4);
  const text = ["苹", "苹果"].map((q) => ({ filters: { orchards: { q: [q] } } }));
  assert.equal(steps(300, ...text), 1);
  assert.equal(steps(100, ...drag, ...text), 2);
});

test("things that are chosen are never run together", () => {
  assert.equal(steps(10, { selected: VILLAGE }, { selected: OTHER }, { table: "villages" }, { layers: [] }), 4);
  assert.equal(steps(10, { plan: { scenario: "a" } }, { plan: { scenario: "b" } }), 2);
});

test("after a step in the history the next change is its own", () => {
  const [before, after] = [
    { ...BARE, plan: { within: "1m" } },
    { ...BARE, plan: { within: "2m" } },
  ];
  assert.equal(isStep(BARE, before, 0), true);
  rest();
  assert.equal(isStep(before, after, 10), true);
});

test("only what was opened by itself is closed by going back", () => {
  const open = { ...BARE, selected: VILLAGE };
  assert.equal(openedBy(BARE, open), "selected");
  assert.equal(openedBy(open, { ...open, selected: OTHER }), "");
  assert.equal(openedBy(BARE, { ...open, table: "villages" }), "");
  const shut = { ...BARE, panels: { ...BARE.panels, right: true } };
  assert.equal(closes("selected", ["selected", "panels"], shut), true);
  assert.equal(closes("selected", ["selected", "area"], shut), false);
  assert.equal(closes("table", ["selected"], shut), false);
  assert.equal(closes("", ["selected"], shut), false);
});
