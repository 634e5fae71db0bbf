// Figures in words: nothing rounds into something else, and what is not known is a dash.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./page.js";

const { agreeing, day, isolated, sourceLine, t, unitsAgreeing } = await load("core/i18n.js");
const { amount, distanceWords, limitWords, modeWords, shareOf, shareWords, signed, valueWords } = await load("planner/words.js");
const { valueText } = await load("drawer/popup.js");
const { lengthWords, areaWords } = await load("panels/measure.js");
const { windowWords } = await load("panels/loading.js");
const { sizeWords } = await load("sheets/ask.js");
const { safeUrl } = await load("ui/dom.js");
const { number, percent, share, unit } = await load("core/units.js");

const NOTHING = [null, undefined, "", Number.NaN];

test("a message in English agrees with its numbers, by the cases of the server", () => {
  const { messages } = JSON.parse(readFileSync(new URL("../numbers.json", import.meta.url), "utf8"));
  for (const { message, n, said } of messages) {
    const values = unitsAgreeing(message, { n, unit: "villages", of: "villages", what: "villages" });
    assert.equal(
      agreeing(message, { n }).replace(/\{(\w+)\}/g, (_, name) => values[name]),
      said,
    );
  }
});

test("places of a message are filled by name, unknown ones stay", () => {
  assert.equal(t("{a} → {b} {a}", { a: 1, b: "二" }), "1 → 二 1");
  assert.equal(t("{a} {c}", { a: 0 }), "0 {c}");
  assert.equal(t("{a}", { a: "{b}", b: "不" }), "{b}");
});

test("numbers are grouped by thousands, fractions are not", () => {
  assert.deepEqual(
    [0, 999, 1204, 1234567, -1204].map((n) => number(n)),
    ["0", "999", "1,204", "1,234,567", "-1,204"],
  );
  assert.equal(number(1234.5678, 4), "1,234.5678");
  assert.equal(number(0.25), "0.3");
  for (const value of NOTHING) assert.equal(number(value), "—");
});

test("a share stands with its parts; of nothing there is none", () => {
  assert.equal(percent(19, 27), "70.4 %");
  assert.equal(percent(0, 27), "0.0 %");
  for (const [part, whole] of [
    [1, 0],
    [null, 3],
    [1, null],
  ])
    assert.equal(percent(part, whole), "—");
  assert.equal(share(19, 27, "村"), "70.4 %，19 / 27 村");
});

test("days and months as people say them, other periods as they are", () => {
  assert.equal(day("2026-11"), "2026年11月");
  assert.equal(day("2026-01-05"), "2026年1月5日");
  assert.equal(day("2020"), "2020");
  assert.equal(day(""), "—");
  assert.equal(sourceLine("2026-11", "演示"), "期：2026年11月 · 源：演示");
  assert.equal(sourceLine(null, "演示"), "源：演示");
});

test("the value of an objective has its unit", () => {
  const m = { length: "m", demand: "人" };
  const min = { length: "min", demand: "户" };
  assert.equal(valueWords(1_234_567, "p-median", m), "1,235 人·公里");
  assert.equal(valueWords(5432.1, "p-median", min), "5,432 户·分钟");
  assert.equal(valueWords(2345, "p-center", m), "2.3 公里");
  assert.equal(valueWords(31.25, "p-center", min), "31.3 分钟");
  assert.equal(valueWords(6.9999999999, "set-cover", m), "7 处");
  assert.equal(valueWords(1850, "max-cover", m), "1,850 人");
  assert.equal(valueWords(null, "p-median", m), "—");
});

test("only full coverage is 100 %", () => {
  const said = (covered) => shareWords({ covered, total: 100_000, unit: "人" });
  assert.deepEqual([100_000, 99_999, 87_350, 1, 0].map(said), ["100.0 %", "99.9 %", "87.4 %", "<0.1 %", "0.0 %"]);
  assert.equal(shareOf(0.99999, { total: 100_000, unit: "人" }), "99.9 %");
  assert.equal(shareOf(null, { total: 100_000, unit: "人" }), "—");
});

test("a change has its sign, none has none", () => {
  assert.deepEqual([1204.4, -3, 0.4, -0.4, 0].map(signed), ["+1,204", "−3", "0", "0", "0"]);
});

test("limits and distances in their units", () => {
  assert.equal(limitWords({ limit: 2000, unit: "m" }), "2,000 米");
  assert.equal(limitWords({ limit: 15, unit: "min" }), "15 分钟");
  assert.equal(distanceWords(2345, "m"), "2.3");
  assert.equal(distanceWords(12.34, "min"), "12.3");
  assert.equal(distanceWords(null, "m"), "—");
  assert.equal(distanceWords(0, "m"), "0.0");
  assert.equal(amount(1203.6, "人"), "1,204 人");
  assert.equal(modeWords({ mode: "detour", detour: "1.3" }), "绕行系数 1.3");
  assert.equal(modeWords({ mode: "road", travel: "ebike" }), "路网电动车");
});

test("a value of a record in words", () => {
  const text = (value, more = {}) => valueText({ name: "beds", type: "number", unit: null, value, ...more });
  for (const value of [null, ""]) assert.equal(text(value), "—");
  assert.equal(text(false, { type: "boolean" }), "否");
  assert.equal(text(0, { unit: "张" }), "0 张");
  assert.equal(text(1234.56), "1,234.6");
  assert.equal(text(1998, { type: "year" }), "1998");
  assert.equal(text(1998, { name: "built_year" }), "1998");
  assert.equal(text("2026-01-05", { type: "date" }), "2026年1月5日");
  assert.equal(text("张三", { type: "text" }), "张三");
});

test("lengths and areas change their unit where they grow", () => {
  assert.deepEqual([860.4, 999.4, 1000, 12345, 123456].map(lengthWords), ["860 米", "999 米", "1.00 公里", "12.35 公里", "123 公里"]);
  assert.equal(areaWords(2000 / 3), "1.00 亩（0.0007 km²）");
  assert.equal(areaWords(2e8), "30.0 万亩（200.00 km²）");
});

test("a window of time; one month alone", () => {
  assert.equal(windowWords({ since: "2026-06-01", until: "2026-11-30" }), "2026年6月–2026年11月");
  assert.equal(windowWords({ since: "2026-06-01", until: "2026-06-30" }), "2026年6月");
  assert.equal(windowWords({ since: "2026-06-01", until: null }), "2026年6月–");
});

test("no file is said to be empty", () => {
  assert.deepEqual([1, 1499, 99_999, 100_000, 1_840_000].map(sizeWords), ["1 KB", "1 KB", "100 KB", "0.1 MB", "1.8 MB"]);
});

test("links lead to the web, a map or a telephone, never to a script", () => {
  for (const url of ["https://a.test/", "geo:35,110", "tel:110", "/data"]) assert.equal(safeUrl(url), url);
  for (const url of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", ""]) assert.equal(safeUrl(url), "#");
});

test("a unit that nobody translated is said as it is", () => {
  assert.equal(unit("人"), "人");
  assert.equal(unit("斤"), "斤");
  assert.equal(unit(null), "");
});

test("a name of another direction turns nothing beside it", () => {
  assert.equal(t("{name}：{n} 件", { name: "北薛朝村", n: 3 }), "北薛朝村：3 件");
  for (const name of ["مركز", "בית", "村\u202e村"]) assert.equal(t("{name}：{n} 件", { name, n: 3 }), `\u2068${name}\u2069：3 件`);
  assert.equal(isolated("A村"), "A村");
});
