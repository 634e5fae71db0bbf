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

/** A storage with nothing in it. */
const storage = () => {
  const rows = new Map();
  return { getItem: (name) => rows.get(name) ?? null, setItem: (name, text) => rows.set(name, text) };
};

/** A module of its own, which remembers nothing of other dialogs. */
let count = 0;
const made = async (app, code = null, kept = storage()) => {
  globalThis.localStorage = kept;
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

test("the next sheet of a theme begins with paper and title of the last, not with its area or scale", async () => {
  const { Plan, plan, words } = await made(page("", { area: "140822100" }));
  plan.set({ paper: "A4", orientation: "portrait", title: "一幅图", scale: "50000" });
  const again = words(new Plan(page(""), { code: null }));
  assert.deepEqual([again.paper, again.orientation, again.scale, again.code], ["A4", "portrait", undefined, undefined]);
  plan.keepTitle("西镇", []);
  assert.equal(words(new Plan(page(""), { code: null })).title, "一幅图");
  const other = words(new Plan(page("", { theme: "industry" }), { code: null }));
  assert.deepEqual([other.paper, other.title], ["A3", undefined]);
  plan.set({ title: "" });
  assert.equal(words(new Plan(page(""), { code: null })).title, undefined);
});

test("a title is used again only where all that it names holds", async () => {
  const over = (query, area = null) => page(query, { theme: "industry", area });
  const apples = "?f.orchards.crop=apple&since=2026-01-01";
  for (const [title, query, area, kept] of [
    ["本县苹果", apples, "140822100", true],
    ["本县苹果", "?f.orchards.crop=peach&since=2026-01-01", "140822100", false],
    ["本县苹果", "?since=2026-01-01", "140822100", false],
    ["果树分布", "?f.orchards.crop=peach&since=2026-01-01", "140822100", true],
    ["西镇果树", apples, "140822101", false],
    ["全镇果树", apples, "140822101", true],
    ["2026年果树", "?f.orchards.crop=apple&since=2025-01-01", "140822100", false],
    ["三季度果树", "?f.orchards.crop=apple", "140822100", false],
    ["果树分布", "?f.orchards.crop=apple", "140822100", true],
    ["果树分布", `${apples}&within=900m`, "140822100", false],
  ]) {
    const { Plan, plan } = await made(over(apples, "140822100"));
    plan.set({ title });
    plan.keepTitle("西镇", ["种类", "苹果", "2026年1月–11月"]);
    const next = new Plan(over(query, area), { code: null });
    assert.equal(next.now.title, kept ? title : "", `${title} ${query} ${area}`);
  }
});

test("before it is known what stands behind a title it is used again for the same conditions alone", async () => {
  const { Plan, plan } = await made(page("?f.orchards.crop=apple", { theme: "industry" }));
  plan.set({ title: "果树" });
  assert.equal(new Plan(page("?f.orchards.crop=apple", { theme: "industry" }), { code: null }).now.title, "果树");
  assert.equal(new Plan(page("?f.orchards.crop=peach", { theme: "industry" }), { code: null }).now.title, "");
});

test("a storage that is full, forbidden or spoilt does no harm", async () => {
  const refuse = () => {
    throw new Error("forbidden, or full");
  };
  const spoilt = ['{"paper":"A0","orientation":7,"parts":"x","titled":{"title":3}}', "[1", '"x"', "null"];
  for (const [at, kept] of [{ getItem: refuse }, ...spoilt.map((text) => ({ getItem: () => text }))].entries()) {
    const theme = `theme-${at}`;
    const { Plan, plan, words } = await made(page("", { theme }), null, { ...kept, setItem: refuse });
    assert.deepEqual(words(plan), { ...USUAL, theme });
    plan.set({ paper: "A4" });
    assert.equal(words(new Plan(page("", { theme }), { code: null })).paper, "A4");
  }
});

test("layers that are chosen take the place of the page's; none leaves the ground", async () => {
  const { plan, words } = await made(page("?layers=villages,disputes"));
  assert.equal(words(plan).layers, "villages,disputes");
  plan.set({ layers: ["villages"] });
  assert.equal(words(plan).layers, "villages");
  plan.set({ layers: [] });
  assert.equal(words(plan).layers, "none");
});

test("a title that was typed has the time behind it, one that is made has it anyway", async () => {
  const { plan, words } = await made(page(""));
  assert.equal(words(plan).dated, undefined);
  plan.set({ title: "一幅图" });
  assert.deepEqual([words(plan).title, words(plan).dated], ["一幅图", "1"]);
});

test("an export that is changed begins with all that it was asked for, whatever the page shows", async () => {
  const asked = {
    theme: "industry",
    layers: "villages",
    code: "140822101",
    "f.orchards.crop": "apple",
    paper: "A4",
    orientation: "portrait",
    scale: "50000",
    title: "一幅图",
    dated: "1",
    parts: "none",
    handling: "public",
    review_number: "晋S(2026)012号",
  };
  const { Plan, words } = await made(page("?f.orchards.crop=peach&hide=villages:0", { theme: "industry", area: "140822100" }));
  const plan = new Plan(page("?f.orchards.crop=peach", { theme: "industry", area: "140822100" }), {
    code: null,
    asked: { kind: "sheet", format: "svg", words: asked },
  });
  assert.deepEqual(words(plan), asked);
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
