// Answers of another edition than the page's are told of and held back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

test("an answer of a newer edition is not taken, and that is told once", async () => {
  const { know, take, onNewer } = await load("core/editions.js", "newer");
  let told = 0;
  onNewer(() => (told += 1));
  know({ editions: { orchards: "1", villages: "1" }, version: "a" });
  assert.equal(take({ layer: "orchards", edition: "1", rows: [] }), true);
  assert.equal(take({ editions: { villages: "1", roads: "7" } }), true);
  assert.equal(told, 0);
  assert.equal(take({ layer: "orchards", edition: "2" }), false);
  assert.equal(take({ editions: { roads: "8" } }), false);
  assert.equal(take({ figures: [], version: "a" }), true);
  assert.equal(take({ figures: [], version: "b" }), false, "figures of several layers");
  assert.equal(told, 1);
});

test("what says nothing of editions is taken", async () => {
  const { know, take } = await load("core/editions.js", "silent");
  know({ editions: { disputes: "1" } });
  for (const body of [null, [], {}, { layer: "disputes", edition: null }, { editions: ["1"] }, { results: [] }])
    assert.equal(take(body), true);
});
