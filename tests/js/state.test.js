// The state and its permalink: what is set is in the address, and the address brings it back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { fire, load, visit } from "./page.js";

const state = await load("core/state.js");
const IDS = ["villages", "grids", "orchards", "party-service-centres", "disputes"];
const SIGNS = [..."abz019 _-.~&=?#%+/\\\"'<>;:()[]{}|果园党群服务\u00e9\u{1f33e}\n"];
const EMPTY = {
  layers: null,
  view: null,
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
  find: "",
  frame: false,
  plan: null,
  asked: {},
};

/** Any state that a person can bring about. */
function anything(seed) {
  const { next, whole, one, some, text } = chance(seed);
  const maybe = (make, otherwise = null) => (next() < 0.6 ? make() : otherwise);
  const each = (items, make) => Object.fromEntries(items.map((item) => [item, make()]));
  const table = maybe(() => one(IDS));
  const digits = (count) => (whole(0, 10 ** count) - 10 ** count / 2) / 10 ** count;
  const fields = () => ({
    crop: Array.from({ length: whole(1, 3) }, () => text(SIGNS, 6)),
    ...maybe(() => ({ q: [`${text(SIGNS, 6)}, ${text(SIGNS, 6)}`] }), {}),
  });
  return {
    layers: maybe(() => some(IDS)),
    view: maybe(() => ({
      lat: Number((digits(5) * 170).toFixed(5)),
      lng: Number((digits(5) * 360).toFixed(5)),
      zoom: whole(0, 2200) / 100,
    })),
    selected: maybe(() => ({ layer: one(IDS), key: text(SIGNS, 12) })),
    area: maybe(() => text([..."0123456789"], 18)),
    filters: each(some(IDS), fields),
    time: maybe(() => ({ since: one(["2024-01-01", null]), until: "2025-12-31" })),
    period: maybe(() => one(["2026", "2026Q3"])),
    hidden: each(some(IDS), () => Array.from({ length: whole(1, 3) }, () => whole(0, 12))),
    heat: some(IDS),
    opacity: each(some(["0", "1", "2"]), () => whole(0, 99) / 100),
    panels: { left: next() < 0.5, right: next() < 0.5, table: next() < 0.5 },
    table,
    sort: table ? one(["", "name", "-area_mu"]) : "",
    find: table ? maybe(() => text(SIGNS, 6), "") : "",
    asked: maybe(() => ({ [one(["coverage", "disputes"])]: `within=${whole(1, 60)}min&services=${text(SIGNS, 4)}` }), {}),
    frame: one([false, true]),
    plan: maybe(() => ({ within: `${whole(1, 60)}min`, services: text(SIGNS, 9), add: "35.4,110.8;35.5,110.9" })),
  };
}

/** The state without what belongs to the page itself. */
const seen = ({ theme, lang, ...rest }) => rest;
const plain = (value) => JSON.parse(JSON.stringify(value));

test("a permalink brings everything back", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const wanted = anything(seed);
    state.set(wanted);
    const link = state.permalink();
    state.set(EMPTY);
    visit(new URL(link).search);
    fire("popstate");
    assert.deepEqual(plain(seen(state.get())), plain(wanted), `seed ${seed}`);
    assert.equal(state.permalink(), link);
  }
});

test("a page opens with what its address says", async () => {
  visit("?layers=grids&at=35.4,110.8,12&code=140822101&hide=grids:0:2&op.1=0.4&panels=none");
  const { get } = await load("core/state.js", "opened");
  assert.deepEqual(get().layers, ["grids"]);
  assert.deepEqual(get().view, { lat: 35.4, lng: 110.8, zoom: 12 });
  assert.equal(get().area, "140822101");
  assert.deepEqual(get().hidden, { grids: [0, 2] });
  assert.deepEqual(get().opacity, { 1: 0.4 });
  assert.deepEqual(get().panels, { left: false, right: false, table: false });
});

test("a broken link still opens the map", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const { text, one, whole } = chance(seed);
    const names = ["layers", "at", "sel", "code", "since", "until", "period", "hide", "heat", "op.0", "panels", "table"];
    const parts = Array.from({ length: whole(1, 6) }, () => `${one([...names, "f.a.b", "sort"])}=${text(SIGNS, 9)}`);
    visit(`?${parts.join("&")}`);
    fire("popstate");
    const { layers, view, opacity, hidden, time } = state.get();
    assert.ok(layers === null || layers.every((id) => /^[a-z0-9-]+$/.test(id)));
    assert.ok(view === null || (Math.abs(view.lat) <= 85 && Math.abs(view.lng) <= 180));
    assert.ok(Object.values(opacity).every((value) => value >= 0 && value <= 1));
    assert.ok(Object.values(hidden).flat().every(Number.isInteger));
    assert.ok(time === null || time.since || time.until);
  }
});

test("what is as usual is not in the address", async () => {
  visit("");
  const { setDefaults, set, permalink, get } = await load("core/state.js", "usual");
  setDefaults({ layers: ["villages"], view: { lat: 35, lng: 110, zoom: 10 } });
  assert.deepEqual(get().layers, ["villages"]);
  assert.equal(permalink(), "http://map.test/map/overview");
  set({ layers: [] });
  assert.equal(permalink(), "http://map.test/map/overview?layers=none&v=2");
  set({ layers: ["villages"] });
  assert.equal(permalink(), "http://map.test/map/overview");
});

test("a link says of which version its defaults are", async () => {
  visit("");
  const { set, permalink, old } = await load("core/state.js", "version");
  assert.equal(old, false);
  set({ area: "140822101" });
  assert.equal(permalink(), "http://map.test/map/overview?code=140822101&v=2");
  for (const [query, expected] of [
    ["?within=1000m", true],
    ["?at=35.4,110.8,12&lang=en", true],
    ["?within=1000m&v=1", true],
    ["?within=1000m&v=2", false],
    ["?lang=en", false],
  ]) {
    visit(query);
    assert.equal((await load("core/state.js", `version${query}`)).old, expected, query);
  }
});

test("subscribers hear of what really changed, and only of their own", async () => {
  visit("");
  const { on, set } = await load("core/state.js", "heard");
  const heard = [];
  const stop = on(["layers", "area"], (_state, changed) => heard.push(changed));
  set({ layers: ["villages"] });
  set({ layers: ["villages"] });
  set({ heat: ["disputes"] });
  set({ area: "140822", heat: [] });
  stop();
  set({ area: null });
  assert.deepEqual(heard, [["layers"], ["area", "heat"]]);
});
