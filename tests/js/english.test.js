// What a page says in English: one of a thing, no marks of Chinese between words, one form of days.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { load, root } from "./page.js";

root.dataset.lang = "en";
const { counted, day, quantity } = await load("core/i18n.js");
const { amountInFull, share } = await load("core/units.js");
const { monthWords, rangeWords } = await load("core/periods.js");
const { countOf, unitOf } = await load("drawer/profile.js");

test("a unit agrees with the number before it, in an answer, a share and a count", () => {
  assert.deepEqual(
    ["0", "1", "−1", "2", "21", "1.1", "0 / 1", "1 / 3"].map((n) => quantity(n, "clinics")),
    ["0 clinics", "1 clinic", "−1 clinic", "2 clinics", "21 clinics", "1.1 clinics", "0 / 1 clinic", "1 / 3 clinics"],
  );
  assert.equal(counted("1", "service points (all)"), "service point (all)");
  assert.equal(share(1, 1, "townships"), "1 / 1 township");
  assert.equal(amountInFull({ count: 1, amount: null }, "counties"), "1 county");
  const clinics = { state: "value", count: 1, total: 1, unit: "clinics" };
  assert.equal(quantity(countOf(clinics), unitOf(clinics)), "1 clinic");
});

test("days and months are told in one form, that of the server", () => {
  assert.deepEqual(["2026-11-20", "2026-11", "2026", "2026Q3"].map(day), ["20 Nov 2026", "Nov 2026", "2026", "2026Q3"]);
  assert.equal(monthWords("2024-12"), "Dec 2024");
  assert.equal(rangeWords("2024-12", "2026-11"), "Dec 2024–Nov 2026");
});

test("marks between texts are those of the page's language", () => {
  const folder = new URL("../../webmap/static/js/", import.meta.url);
  const scripts = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
  const between = /join\(["'][^"']*[、，；。：（）]|[}][、，；：（）]|["'`][、，；：][$]/;
  for (const name of scripts)
    readFileSync(new URL(name, folder), "utf8")
      .split("\n")
      .forEach((line, i) => {
        const said = line.replace(/^ *(?:\/?\*|\/\/).*|\/\*\*.*?\*\//, "").replace(/\b(?:t|N_)\("[^"]*"/g, "");
        assert.doesNotMatch(said, between, `${name}:${i + 1}`);
      });
});
