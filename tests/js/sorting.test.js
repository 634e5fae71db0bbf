// Lists in their order, and classes of what is on the map.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { ranked } = await load("planner/areas.js");
const { inOrder, shareUnit } = await load("drawer/profile.js");
const { CHANGES, SPOTS } = await load("hotspots/map.js");
const row = (code, demand, covered) => ({ code, demand, covered });
const codes = (answer) => ranked(answer).map(({ code }) => code);

test("villages with the most people left out come first, those without any not at all", () => {
  const rows = [row("a", 100, 99.6), row("b", 100, 40), row("c", 500, 400), row("d", 300, 200)];
  assert.deepEqual(codes({ rows, gain: {} }), ["c", "d", "b"]);
});

test("what a proposal changes comes before, gained or lost", () => {
  const rows = [row("a", 500, 0), row("b", 100, 100), row("c", 100, 90), row("d", 50, 50)];
  assert.deepEqual(codes({ rows, gain: { b: 20, c: -30, d: 0.2 } }), ["c", "b", "a"]);
});

test("what people ask for most stands first, the others as they came", () => {
  const list = ["parks", "village-clinics", "schools", "party-service-centres"];
  assert.deepEqual(
    inOrder(list, (one) => one),
    ["party-service-centres", "village-clinics", "parks", "schools"],
  );
  assert.equal(list[0], "parks");
});

test("a share is one of the divisions that it counts", () => {
  assert.equal(shareUnit({ level: "village" }), "村");
  assert.equal(shareUnit({ level: "township" }), "乡镇");
  assert.equal(shareUnit({ level: "county" }), "县");
});

/** The words of the class that a row falls into. */
const classOf = (kinds, found) => kinds.find(({ fits }) => fits(found)).title();

test("hot and cold areas; each reason for none has its own class", () => {
  const usual = { class: "none", people: 900, n: 4, z: 0.3, q: 0.6 };
  for (const [more, words] of [
    [{ class: "hot", q: 0.01 }, "热点，q ≤ 0.01"],
    [{ class: "hot", q: 0.04 }, "热点"],
    [{ class: "cold", q: 0.001 }, "冷点"],
    [{ people: null, n: null, z: null }, "人口数不明"],
    [{ people: 0, z: null }, "没有人口"],
    [{ n: null, z: null }, "不公布"],
    [{ z: null }, "没有作判断"],
    [{}, "不显著"],
  ])
    assert.equal(classOf(SPOTS, { ...usual, ...more }), words);
});

test("changes by their size; what is withheld is no change of nothing", () => {
  const words = (change) => classOf(CHANGES, { change });
  assert.deepEqual([3, 2, 1].map(words), ["增加 3 件以上", "增加 1–2 件", "增加 1–2 件"]);
  assert.deepEqual([-3, -2].map(words), ["减少 3 件以上", "减少 1–2 件"]);
  assert.equal(words(0), "没有变化");
  assert.equal(words(null), "不公布");
});
