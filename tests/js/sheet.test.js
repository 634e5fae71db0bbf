// The words of a sheet: those of the page, and of the dialog over them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const divisions = await load("core/divisions.js");
divisions.init([
  { level: "county", layer: "counties", digits: 6, title: "县", parent_field: null },
  { level: "grid", layer: "grids", digits: 15, title: "网格", parent_field: "township" },
]);

/** A page at a query string, through somebody's eyes. */
function page(query, { theme = "overview", area = null, scope = "", layers = ["disputes"], filters = {}, more = {} } = {}) {
  return {
    state: {
      get: () => ({ theme, area, layers, filters, lang: "zh", opacity: {} }),
      permalink: () => `http://map.test/map/${theme}${query}`,
    },
    layers: { theme: { groups: [{ layers: [{ id: "disputes", geometry: "point" }] }], viewer: { scope } } },
    ...more,
  };
}

/** A module of its own, which remembers nothing of other dialogs. */
let count = 0;
const made = async (app, code = null) => {
  const { Plan } = await load("sheets/plan.js", `sheet-${(count += 1)}`);
  return { Plan, plan: new Plan(app, { code }), words: (plan, more) => Object.fromEntries(new URLSearchParams(plan.query(more))) };
};
const USUAL = { theme: "overview", paper: "A3", orientation: "landscape", handling: "internal" };

test("what is of the screen alone is not of the sheet", async () => {
  const { plan, words } = await made(
    page("?at=35,110,12&sel=grids:1&panels=left&table=grids&sort=-n&op.0=0.5&lang=zh&f.disputes.stage=open"),
  );
  assert.deepEqual(words(plan), { ...USUAL, "f.disputes.stage": "open" });
});

test("a sheet takes the conditions of the address, and which layers are shown whole", async () => {
  const { plan, words } = await made(page("?all=disputes&cases=view&f.orchards.crop=apple,peach"));
  assert.deepEqual(words(plan), { ...USUAL, all: "disputes", "f.orchards.crop": "apple,peach" });
  const more = { counted: () => ({ warning_level: ["red"] }) };
  const answer = page("?f.disputes.warning_level=red", { theme: "disputes", layers: ["villages", "disputes"], more });
  answer.layers.theme.time = { layer: "disputes" };
  const { plan: spots, words: said } = await made(answer);
  assert.equal(said(spots).layers, "villages");
  assert.equal(said(spots)["f.disputes.warning_level"], "red");
});

test("the area is the dialog's, else the page's, else one's own grid", async () => {
  const grid = "140822100001001";
  for (const [app, code, wanted] of [
    [page("?code=140822100", { area: "140822100" }), "140822101", "140822101"],
    [page("?code=140822100", { area: "140822100" }), null, "140822100"],
    [page("", { scope: grid }), null, grid],
    [page("", { scope: "140822" }), null, undefined],
  ]) {
    const { plan, words } = await made(app, code);
    assert.equal(words(plan).code, wanted);
  }
});

test("what is chosen is told once, and only when it is something else", async () => {
  const { plan, words } = await made(page(""));
  const heard = [];
  plan.on((changed) => heard.push(changed));
  plan.set({ paper: "A4", handling: "internal" });
  plan.set({ paper: "A4" });
  assert.deepEqual(heard, [["paper"]]);
  assert.equal(words(plan).paper, "A4");
});

test("a sheet without any part says so; what stands over it may leave a word out", async () => {
  const { plan, words } = await made(page(""));
  plan.set({ parts: [] });
  assert.equal(words(plan).parts, "none");
  plan.set({ parts: ["scale", "north"] });
  assert.equal(words(plan).parts, "scale,north");
  assert.equal(words(plan, { paper: "" }).paper, undefined);
  assert.equal(words(plan).paper, "A3");
});

test("the next sheet begins with the paper of the last, not with its title or area", async () => {
  const { Plan, plan, words } = await made(page(""));
  plan.set({ paper: "A4", orientation: "portrait", title: "一幅图", scale: "50000" });
  const next = words(new Plan(page(""), { code: null }));
  assert.deepEqual(next, { ...USUAL, paper: "A4", orientation: "portrait" });
});

test("the hotspot page's sheet shows what the page shows, with its layers and its two periods", async () => {
  const theme = "disputes";
  const hotspots = { question: { pair: () => [{ id: "2026-09" }, { id: "2026-10" }] } };
  const usual = await made(page("", { theme }));
  assert.deepEqual([usual.words(usual.plan).show, usual.words(usual.plan).layers], ["spots", "disputes"]);
  const compared = await made(page("?show=compare", { theme, more: { hotspots } }));
  assert.equal(compared.words(compared.plan).compare, "2026-09,2026-10");
  const heat = await made(page("?heat=disputes", { theme }));
  assert.deepEqual([heat.words(heat.plan).show, heat.words(heat.plan).heat], ["density", undefined]);
  const elsewhere = await made(page("?compare=a,b"));
  assert.equal(elsewhere.words(elsewhere.plan).compare, undefined);
});
