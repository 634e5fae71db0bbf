// Numbers and shares are worded as in Python: both read the same cases.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chance } from "./chance.js";
import { load } from "./page.js";

const { difference, number, percent, restored, share } = await load("core/units.js");
const CASES = JSON.parse(readFileSync(new URL("../wording.json", import.meta.url), "utf-8"));

test("numbers", () => {
  for (const [value, decimals, text] of CASES.number) assert.equal(number(value, decimals ?? undefined), text, `${value}`);
  for (const value of [undefined, "", Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(number(value), "—");
});

test("shares in a table and in a sentence", () => {
  for (const [n, of, cell, spoken] of CASES.percent) {
    assert.equal(percent(n, of), cell, `${n} / ${of}`);
    assert.equal(percent(n, of, "人", true), spoken, `${n} / ${of}`);
  }
});

test("what is measured needs no base", () => {
  for (const [n, of, text] of CASES.measured) assert.equal(percent(n, of, "km²"), text);
});

test("a share stands with its parts", () => {
  assert.equal(share(19, 27, "村"), "70.4 %，19 / 27 村");
  assert.equal(share(3, 4, "村"), "3 / 4 村");
});

test("nobody is rounded away", () => {
  const { whole } = chance(11);
  for (let round = 0; round < 2000; round += 1) {
    const of = whole(10, 1_000_000);
    const n = round % 2 ? whole(0, of) : Math.max(0, of - whole(0, 3));
    assert.equal(percent(n, of) === "100.0 %", n === of, `${n} / ${of}`);
    assert.equal(percent(n, of) === "0.0 %", n === 0, `${n} / ${of}`);
    assert.equal(restored(n / of, of), n);
  }
});

test("differences have their sign", () => {
  for (const [amount, decimals, text] of CASES.signed) assert.equal(difference(amount, decimals ?? undefined), text, `${amount}`);
});
