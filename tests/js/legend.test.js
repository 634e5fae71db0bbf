// The legend: what is on, without what is hidden, with the counts that the filters leave.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";
import { place } from "./tree.js";

const tree = await load("panels/tree.js");
const legend = await load("panels/legend.js");
const paint = { fill: "#FFFFFF" };
const rows = (...counts) => counts.map((count, index) => ({ index, title: `类${index}`, paint, count }));
const layer = (id, more = {}) => ({
  id,
  title: id,
  group: "services",
  access: "exact",
  geometry: "point",
  style: {},
  legend: rows(3),
  ...more,
});
const LAYERS = [
  layer("诊所"),
  layer("纠纷", { legend: rows(5, 1200, 40), style: { cluster: true, heat: true } }),
  layer("乡镇", { group: "divisions", geometry: "polygon" }),
  layer("秘密", { access: "none" }),
];
const USUAL = {
  layers: ["诊所", "纠纷"],
  hidden: {},
  heat: [],
  filters: {},
  opacity: {},
  panels: { left: true },
  area: null,
  time: null,
  period: null,
};
const subscribers = [];
let now = USUAL;
let filtered = {}; // layer → its rows under a filter, or an error

const app = {
  map: { on() {} },
  state: { get: () => now, set() {}, on: (keys, fn) => subscribers.push({ keys, fn }) },
  api: {
    legend: async (id) =>
      filtered[id] instanceof Error ? Promise.reject(filtered[id]) : { legend: filtered[id], total: 7, statement: { total: 7 } },
  },
  layers: {
    theme: {
      id: "services",
      title: "服务",
      description: "全部服务",
      groups: [{ title: "组", layers: LAYERS }],
      symbols: {},
      time: null,
      viewer: { whole_name: "手画县" },
    },
    query: (id) => (id in filtered ? "f.x=1" : ""),
    instead: new Map(),
    on() {},
    entry: (id) => LAYERS.find((one) => one.id === id),
  },
};

/** Bring the page to a state; what it says then. */
async function seen(state, left = {}) {
  now = { ...USUAL, ...state };
  filtered = left;
  for (const { keys, fn } of subscribers) if (keys.includes("layers") || keys.includes("filters")) fn(now, keys);
  await new Promise((done) => setImmediate(done));
  return place("legend-body").textContent;
}

tree.init(app);
legend.init(app);

test("one class is told by its layer, several by their own words", async () => {
  assert.equal(await seen({ layers: ["诊所"] }), "诊所3");
  assert.equal(await seen({}), "诊所3纠纷类05类11,200类240数字为聚合件数，取最高级");
});

test("hidden classes are not in it; the last one is told by its layer and its own word", async () => {
  assert.equal(await seen({ layers: ["纠纷"], hidden: { 纠纷: [0] } }), "纠纷类11,200类240数字为聚合件数，取最高级");
  assert.equal(await seen({ layers: ["纠纷"], hidden: { 纠纷: [0, 2] } }), "纠纷 · 类11,200数字为聚合件数，取最高级");
});

test("what may not be seen is not told of", async () => {
  assert.equal(await seen({ layers: ["诊所", "秘密"] }), "诊所3");
});

test("the ground is told where the tree does not, or where it is all there is", async () => {
  assert.equal(await seen({ layers: ["诊所", "乡镇"] }), "诊所3");
  assert.equal(await seen({ layers: ["诊所", "乡镇"], panels: { left: false } }), "诊所3乡镇3");
  assert.equal(await seen({ layers: ["乡镇"] }), "乡镇3");
});

test("with nothing on there is no legend", async () => {
  await seen({ layers: [] });
  assert.equal(place("legend").hidden, true);
  await seen({});
  assert.equal(place("legend").hidden, false);
});

test("counts are those that the filters leave, the others again without them", async () => {
  assert.equal(await seen({ layers: ["诊所"] }, { 诊所: rows(2) }), "诊所2");
  assert.equal(await seen({ layers: ["诊所"] }, { 诊所: new Error("断线") }), "诊所—"); // unknown, and not the number of other rows
  assert.equal(await seen({ layers: ["诊所"] }, { 诊所: rows(0) }), "诊所0");
  assert.equal(await seen({ layers: ["诊所"] }), "诊所3");
});

test("a class says what it amounts to, and of how many parcels where not all report", async () => {
  const amounts = (amount, reported, twins = 0) => ({ amount, amount_unit: "亩", amount_reported: reported, amount_twins: twins });
  const [apple, peach, grape] = rows(35, 9, 3);
  const found = [
    { ...apple, ...amounts(1234, 35, 1) },
    { ...peach, ...amounts(1710.4, 7) },
    { ...grape, ...amounts(null, 0) },
  ];
  assert.equal(await seen({ layers: ["诊所"] }, { 诊所: found }), "诊所类01,234 亩类11,710 亩（已报 7 / 9）类23");
});

test("a layer with classes says of what time it is", async () => {
  LAYERS[1].period = "2026-11-20";
  assert.match(await seen({ layers: ["纠纷"] }), /^纠纷2026年11月类0/);
  LAYERS[1].period = "2026";
  assert.match(await seen({ layers: ["纠纷"] }), /^纠纷2026年类0/);
  LAYERS[1].period = undefined;
});

test("density has a ramp and says of how many points", async () => {
  const text = await seen({ layers: ["纠纷"], heat: ["纠纷"], hidden: { 纠纷: [1] } });
  assert.match(text, /^纠纷密度低高45 个点/);
  assert.doesNotMatch(text, /聚合/);
});
