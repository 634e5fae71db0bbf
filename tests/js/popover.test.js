// Floating panels: one at a time, tied to their button, closed by what a person expects to close them.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./page.js";
import { Node } from "./tree.js";

const { popover } = await load("ui/popover.js");
const shown = () => document.body.all("popover").map((box) => box.getAttribute("aria-label"));
const opened = (button) => button.getAttribute("aria-expanded");
let first;
let second;

beforeEach(() => {
  document.body.replaceChildren();
  document.listeners = {};
  [first, second] = [new Node("button"), new Node("button")];
  document.body.append(first, second);
});

const open = (button, title) => popover(button, () => ({ title, body: new Node("p") }));

test("a second one takes the place of the first", () => {
  open(first, "筛选");
  open(second, "下载");
  assert.deepEqual(shown(), ["下载"]);
  assert.deepEqual([opened(first), opened(second)], ["false", "true"]);
  open(second, "下载");
});

test("its own button closes it", () => {
  open(first, "筛选");
  assert.equal(open(first, "筛选"), null);
  assert.deepEqual(shown(), []);
  assert.equal(opened(first), "false");
});

test("a press outside closes it, one inside or on its button does not", () => {
  open(first, "筛选");
  const [box] = document.body.all("popover");
  for (const target of [box, first]) document.fire("pointerdown", { target });
  assert.deepEqual(shown(), ["筛选"]);
  document.fire("pointerdown", { target: second });
  assert.deepEqual(shown(), []);
});

test("Esc closes it and gives the focus back", () => {
  open(first, "筛选");
  const [box] = document.body.all("popover");
  assert.equal(document.activeElement, box);
  box.fire("keydown", { key: "Escape" });
  assert.deepEqual(shown(), []);
  assert.equal(document.activeElement, first);
});

test("nothing listens once it is closed", () => {
  open(first, "筛选")();
  open(second, "下载");
  document.fire("pointerdown", { target: second });
  assert.deepEqual(shown(), ["下载"]);
  assert.equal(document.listeners.pointerdown.length, 1);
  open(second, "下载");
});
