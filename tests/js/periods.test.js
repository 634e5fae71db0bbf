// Months, quarters and the window of the time bar.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { load, root } from "./page.js";

const { lastDay, periodName, monthWords, rangeWords, timeOf, windowOf } = await load("core/periods.js");
const MONTHS = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"].map((month) => ({ month }));

test("months end on their last day, leap years too", () => {
  assert.deepEqual(["2026-01", "2026-02", "2024-02", "2000-02", "2100-02", "2026-04", "2026-12"].map(lastDay), [
    "2026-01-31",
    "2026-02-28",
    "2024-02-29",
    "2000-02-29",
    "2100-02-28",
    "2026-04-30",
    "2026-12-31",
  ]);
});

test("words of months, ranges and periods", () => {
  assert.equal(root.dataset.lang, "zh");
  assert.equal(monthWords("2026-03"), "2026年3月");
  assert.equal(rangeWords("2026-06", "2026-06"), "2026年6月");
  assert.equal(rangeWords("2026-06", "2026-11"), "2026年6–11月");
  assert.equal(rangeWords("2025-12", "2026-03"), "2025年12月–2026年3月");
  assert.equal(periodName("2026Q3"), "2026年3季度");
  assert.equal(periodName("2026"), "2026年");
});

test("a time is a window among the months", () => {
  const window = (since, until) => windowOf(MONTHS, { since, until });
  assert.deepEqual(windowOf(MONTHS, null), [0, 4]);
  assert.deepEqual(window("2025-12-01", "2026-01-31"), [1, 2]);
  assert.deepEqual(window("2025-12-15", null), [1, 4]);
  assert.deepEqual(window(null, "2026-02-10"), [0, 3]);
  assert.deepEqual(window("2020-01-01", "2030-01-01"), [0, 4]);
});

test("a time outside the months is the nearest one", () => {
  assert.deepEqual(windowOf(MONTHS, { since: "2027-01-01", until: null }), [4, 4]);
  assert.deepEqual(windowOf(MONTHS, { since: null, until: "2020-01-01" }), [0, 0]);
  assert.deepEqual(windowOf(MONTHS, { since: "2026-02-01", until: "2025-12-31" }), [3, 3]);
});

test("every window comes back from its time", () => {
  const { whole } = chance(7);
  for (let round = 0; round < 200; round += 1) {
    const year = whole(2000, 2030);
    const months = Array.from({ length: whole(2, 60) }, (_, i) => ({
      month: `${year + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
    }));
    const first = whole(0, months.length - 1);
    const last = whole(first, months.length - 1);
    assert.deepEqual(windowOf(months, timeOf(months, first, last)), [first, last]);
  }
});

test("the whole range is no filter", () => {
  assert.equal(timeOf(MONTHS, 0, 4), null);
  assert.deepEqual(timeOf(MONTHS, 0, 3), { since: "2025-11-01", until: "2026-02-28" });
});

test("quarters and years of the hot spots have their first and last day", async () => {
  const { periodOf } = await load("hotspots/question.js");
  const days = (id) => [periodOf(id).since, periodOf(id).until];
  assert.deepEqual(days("2026-02"), ["2026-02-01", "2026-02-28"]);
  assert.deepEqual(days("2024Q1"), ["2024-01-01", "2024-03-31"]);
  assert.deepEqual(days("2026Q4"), ["2026-10-01", "2026-12-31"]);
  assert.deepEqual(days("2026"), ["2026-01-01", "2026-12-31"]);
});
