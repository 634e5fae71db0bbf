// The planner's and the hotspots' question: what differs from the usual is kept, and asked for as the API reads it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./page.js";

const plan = await load("planner/plan.js");
const spots = await load("hotspots/question.js");
const DEFAULTS = {
  services: "clinics",
  within: "2000m",
  match: "any",
  mode: "straight",
  travel: "walk",
  detour: "1.3",
  demand: "population",
};
let now;
const app = {
  state: {
    get: () => now,
    set: (patch) => {
      now = { ...now, ...patch };
    },
  },
  layers: { theme: { time: { kind: "months", layer: "disputes", periods: [] } }, entry: () => ({ period: "2026-10-31" }) },
};
const asked = (more) => Object.fromEntries(new URLSearchParams(plan.query(more)));

beforeEach(() => {
  now = { plan: null, area: null, time: null, period: null, filters: {} };
  plan.init(app, DEFAULTS);
  spots.init(app, ["2026-08", "2026-09", "2026-10", "2026-11"].map(spots.periodOf));
});

test("only what differs from the usual is kept", () => {
  plan.change({ within: "3000m", demand: "households" });
  assert.deepEqual(now.plan, { within: "3000m", demand: "households" });
  plan.change({ within: "2000m" });
  assert.deepEqual(now.plan, { demand: "households" });
  plan.change({ demand: "population" });
  assert.equal(now.plan, null);
});

test("an old link without a mode meant straight lines", () => {
  const usual = { ...DEFAULTS, mode: "detour" };
  const opened = (words, old = true) => {
    now = { ...now, plan: words };
    const was = plan.init({ ...app, state: { ...app.state, old } }, usual);
    return [was, plan.plan().mode];
  };
  assert.deepEqual(opened({ within: "3000m" }), [true, "straight"]);
  assert.deepEqual(now.plan, { within: "3000m", mode: "straight" });
  assert.deepEqual(opened(null), [true, "straight"]);
  assert.deepEqual(opened({ mode: "road" }), [false, "road"]);
  assert.deepEqual(opened({ scenario: "a".repeat(32) }), [false, "detour"]);
  assert.deepEqual(opened({ within: "3000m" }, false), [false, "detour"]);
});

test("what is changed by hand is no longer the opened scenario", () => {
  plan.change({ scenario: "a".repeat(32), place: "110,35" });
  assert.equal(plan.plan().scenario, "a".repeat(32));
  plan.change({ place: "110,36" });
  assert.equal(plan.plan().scenario, undefined);
});

test("words that mean nothing in a mode are not asked", () => {
  assert.deepEqual(asked(), { services: "clinics", within: "2000m", match: "any", mode: "straight", demand: "population" });
  plan.change({ mode: "detour" });
  assert.equal(asked().detour, "1.3");
  plan.change({ mode: "road" });
  assert.equal(asked().travel, "walk");
  plan.change({ mode: "straight", within: "15min" });
  assert.equal(asked().travel, "walk");
});

test("an area is part of the question, and a part can be replaced", () => {
  now.area = "140822100";
  assert.equal(asked().code, "140822100");
  assert.equal(asked({ by: "township", demand: "area" }).by, "township");
  assert.equal(asked({ demand: "area" }).demand, "area");
});

test("a limit that cannot be read is the usual one", () => {
  for (const [text, limit, unit] of [
    ["15min", 15, "min"],
    ["0.5min", 0.5, "min"],
    ["1000m,2000m", 1000, "m"],
    ["2km", 2000, "m"],
    ["", 2000, "m"],
  ]) {
    now.plan = { within: text };
    assert.deepEqual(plan.within(), { limit, unit });
  }
});

test("places come back from their words to a metre", () => {
  const places = [
    [110.123456789, 35.4],
    [110, 35],
  ];
  assert.equal(plan.placesText(places), "110.12346,35.4;110,35");
  plan.change({ place: plan.placesText(places) });
  assert.deepEqual(plan.places(), [
    [110.12346, 35.4],
    [110, 35],
  ]);
  assert.deepEqual(plan.pairs(undefined), []);
});

test("a scenario brings its question, and takes away what it does not say", () => {
  plan.change({ place: "110,35", close: "clinics:1", demand: "households" });
  plan.adopt("services=schools&within=15min&code=140822100", { scenario: "b".repeat(32) });
  assert.equal(now.area, "140822100");
  assert.deepEqual(now.plan, { services: "schools", within: "15min", scenario: "b".repeat(32) });
});

test("a token is thirty-two hexadecimal digits", () => {
  assert.ok(plan.isToken("0123456789abcdef".repeat(2)));
  for (const text of [undefined, "", "a".repeat(31), "a".repeat(33), "A".repeat(32), `${"a".repeat(32)}&`]) assert.ok(!plan.isToken(text));
});

test("the last two periods that are over are compared unless others are chosen", () => {
  assert.deepEqual(
    spots.pair().map(({ id }) => id),
    ["2026-09", "2026-10"],
  );
  spots.change({ compare: "2026-08,2026-11" });
  assert.deepEqual(
    spots.pair().map(({ id }) => id),
    ["2026-08", "2026-11"],
  );
  spots.change({ compare: "1999-01," });
  assert.deepEqual(
    spots.pair().map(({ id }) => id),
    ["2026-09", "2026-10"],
  );
});

test("a way of showing that the map does not have is the usual one", () => {
  spots.change({ show: "rate" });
  assert.equal(spots.words().show, "spots");
});

test("hotspots ask for the window, and for a band only among neighbours of a band", () => {
  now.time = { since: "2026-06-01", until: "2026-11-30" };
  assert.equal(spots.query(), "since=2026-06-01&until=2026-11-30&by=village&neighbours=queen&alpha=0.05");
  spots.change({ neighbours: "band" });
  assert.match(spots.query(), /&neighbours=band&/);
});

test("hotspots count by the conditions that somebody chose, not by what is shown at first", () => {
  const entry = { id: "disputes", access: "exact", first: { filters: { status: ["open"] } } };
  const theme = { time: { kind: "months", layer: "disputes" } };
  spots.init({ ...app, layers: { ...app.layers, theme, entry: () => entry } }, []);
  const asked = (disputes) => {
    now.filters = { disputes };
    return [...new URLSearchParams(spots.query())].filter(([name]) => name.startsWith("f."));
  };
  assert.deepEqual(asked({ status: ["open"] }), []);
  assert.deepEqual(asked({ warning_level: ["red", "blue"], q: ["水"] }), [
    ["f.disputes.warning_level", "red,blue"],
    ["f.disputes.q", "水"],
  ]);
  entry.access = "counts";
  assert.deepEqual(asked({ warning_level: ["red"] }), []);
});

test("a span of whole months is told by months, one that is cut by days", () => {
  assert.equal(spots.spanWords({ since: "2026-06-01", until: "2026-10-31" }), "2026年6月–2026年10月");
  assert.equal(spots.spanWords({ since: "2026-10-01", until: "2026-10-31" }), "2026年10月");
  assert.equal(spots.spanWords({ since: "2024-12-01", until: "2026-11-20" }), "2024年12月1日–2026年11月20日");
});

test("the public sees the newest quarter unless another period is chosen", () => {
  const theme = { time: { kind: "periods", layer: "disputes", periods: ["2025", "2026Q2", "2026Q1", "2025Q4"] } };
  spots.init({ ...app, layers: { ...app.layers, theme } }, []);
  assert.deepEqual(spots.window(), spots.periodOf("2026Q2"));
  now.period = "2025";
  assert.deepEqual(spots.window(), spots.periodOf("2025"));
  now.period = "1999Q1";
  assert.deepEqual(spots.window(), spots.periodOf("2026Q2"));
});
