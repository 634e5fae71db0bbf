// What links between pages of ours carry along.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { carried, themeOf } = await load("core/carried.js");
const words = (query, theme, next) => carried(new URLSearchParams(query), theme, next).toString();
const WHERE = "at=35.4%2C110.8%2C12&sel=villages%3A140822100001&code=140822100&since=2026-01-01";

test("place, time and choice go along, the rest is of the theme", () => {
  const query = `${WHERE}&layers=orchards&f.orchards.crop=apple&panels=none&table=orchards&v=2`;
  assert.equal(words(query, "industry", "services"), `${WHERE}&v=2`);
});

test("a question that the next theme does not know is kept for the way back", () => {
  const there = words(`${WHERE}&within=900m&mode=road&v=2`, "coverage", "industry");
  assert.equal(there, `${WHERE}&v=2&ask.coverage=within%3D900m%26mode%3Droad`);
  assert.equal(words(there, "industry", "coverage"), `${WHERE}&v=2&within=900m&mode=road`);
});

test("two questions do not meet though their words have the same names", () => {
  const spots = words("within=900m&show=access&v=2", "coverage", "disputes");
  assert.equal(spots, "v=2&ask.coverage=within%3D900m%26show%3Daccess");
  const back = words(`${spots}&show=density&f.disputes.category=land`, "disputes", "coverage");
  assert.equal(back, "v=2&within=900m&show=access&ask.disputes=show%3Ddensity%26f.disputes.category%3Dland");
});

test("a page without a map knows which theme was left", () => {
  assert.equal(words("code=140822100&v=2", "industry", null), "code=140822100&v=2&theme=industry");
  assert.deepEqual(["/", "/map/my-grid", "/data", "/exports"].map(themeOf), ["overview", "my-grid", null, null]);
});
