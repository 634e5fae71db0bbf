// Bookmarks of a browser, also of one that keeps nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { add, all, allowed, clean, remove, rename } = await load("core/bookmarks.js");
const names = () => all().map(({ name }) => name);

/** A storage with room for `room` characters. */
function storage(room, kept = {}) {
  globalThis.localStorage = {
    getItem: (key) => kept[key] ?? null,
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      kept[key] = text;
    },
  };
}

test("saved, listed, renamed, removed; one of the same name gives way", () => {
  storage(1000);
  assert.equal(add({ name: " 荣河  果园 ", path: "/map/industry?code=140822103" }), true);
  assert.equal(add({ name: "全县", path: "/" }), true);
  assert.equal(add({ name: "全县", path: "/map/services" }), true);
  assert.deepEqual(all(), [
    { name: "全县", path: "/map/services" },
    { name: "荣河 果园", path: "/map/industry?code=140822103" },
  ]);
  assert.equal(rename("荣河 果园", "果园"), true);
  assert.equal(rename("果园", "  "), false);
  assert.equal(remove("全县"), true);
  assert.deepEqual(names(), ["果园"]);
});

test("a full storage keeps what was there", () => {
  storage(60);
  assert.equal(add({ name: "全县", path: "/" }), true);
  assert.equal(add({ name: "长".repeat(60), path: "/map/industry?code=140822103" }), false);
  assert.deepEqual(names(), ["全县"]);
});

test("a forbidden storage is said and not thrown", () => {
  const no = () => {
    throw new DOMException("denied", "SecurityError");
  };
  globalThis.localStorage = { getItem: no, setItem: no };
  assert.deepEqual([allowed(), all(), add({ name: "全县", path: "/" }), remove("全县")], [false, [], false, false]);
});

test("only addresses of ours are listed", () => {
  const one = (path) => ({ name: "x", path });
  storage(1e6, {
    "govmap-bookmarks": JSON.stringify([one("javascript:alert(1)"), one("//evil"), one("/map/overview?v=2"), 7, null, one(5)]),
  });
  assert.deepEqual(all(), [one("/map/overview?v=2")]);
  storage(1e6, { "govmap-bookmarks": "{broken" });
  assert.deepEqual(all(), []);
  assert.equal(clean(`a${"b".repeat(99)}`).length, 60);
});
