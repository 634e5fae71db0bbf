// Entries of the history: what makes one, how what is open is closed again, and what waits for a step back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load, visit } from "./page.js";

const VILLAGE = { layer: "villages", key: "140822100001" };
const OTHER = { layer: "villages", key: "140822100002" };
const turn = () => new Promise((done) => setTimeout(done));

visit("");
const state = await load("core/state.js");
const entries = await load("core/history.js");
const selected = () => state.get().selected?.key ?? null;
state.begin();

test("a card is an entry; closing it is the way back, and forward opens it again", async () => {
  const before = history.at;
  state.set({ selected: VILLAGE });
  state.set({ panels: { ...state.get().panels, right: true } });
  await turn();
  assert.equal(history.at, before + 1);
  assert.equal(location.search, "?sel=villages:140822100001&panels=left,right&v=2");
  state.set({ selected: null, panels: { ...state.get().panels, right: false } });
  await turn();
  assert.equal(location.search, "");
  history.forward();
  await turn();
  assert.equal(selected(), VILLAGE.key);
  history.back();
  await turn();
  assert.equal(selected(), null);
});

test("closing what was changed meanwhile is a step of its own: Back brings it back", async () => {
  state.set({ selected: VILLAGE });
  await turn();
  state.set({ selected: OTHER });
  await turn();
  const before = history.at;
  state.set({ selected: null });
  await turn();
  assert.equal(history.at, before + 1);
  history.back();
  await turn();
  assert.equal(selected(), OTHER.key);
  history.go(-2);
  await turn();
  assert.equal(selected(), null);
});

test("walking along a list takes the place of the row before", async () => {
  state.set({ selected: VILLAGE });
  await turn();
  const before = history.at;
  state.set({ selected: OTHER }, { replace: true });
  state.set({ selected: null });
  await turn();
  assert.equal(history.at, before - 1);
  assert.equal(selected(), null);
});

test("what is set while a step back is on its way is not lost", async () => {
  state.set({ selected: VILLAGE });
  await turn();
  state.set({ selected: null });
  state.set({ table: "villages" });
  await turn();
  assert.deepEqual([selected(), state.get().table], [null, "villages"]);
  assert.equal(location.search, "?table=villages&v=2");
  state.set({ table: null });
  await turn();
});

test("a dialog is shut by going back and opened by going forward", async () => {
  const told = [];
  entries.door("export", { open: (code) => told.push(`open ${code}`) && entries.entered("export", code), shut: () => told.push("shut") });
  const before = history.at;
  entries.entered("export", "140822101");
  assert.equal(history.at, before + 1);
  history.back();
  await turn();
  history.forward();
  await turn();
  assert.deepEqual(told, ["shut", "open 140822101"]);
  assert.equal(history.at, before + 1);
  entries.left("export");
  await turn();
  assert.equal(history.at, before);
  assert.deepEqual(told, ["shut", "open 140822101"]);
});

test("a tab stays open through the steps that are made in it, and is shut by a step of its own", async () => {
  const told = [];
  const door = { open: (name) => told.push(`open ${name}`) && entries.entered("tab", name), shut: () => told.push("shut"), stays: true };
  entries.door("tab", door);
  state.set({ layers: ["villages"] });
  await turn();
  const before = history.at;
  entries.entered("tab", "more");
  entries.entered("tab", "layers");
  state.set({ layers: ["villages", "grids"] });
  await turn();
  assert.equal(history.at, before + 2, "one tab after the other is one entry");
  history.back();
  await turn();
  assert.deepEqual([told, state.get().layers], [[], ["villages"]]);
  history.back();
  await turn();
  history.forward();
  await turn();
  assert.deepEqual(told, ["shut", "open layers"]);
  history.forward();
  await turn();
  entries.left("tab");
  await turn();
  assert.deepEqual([history.at, state.get().layers], [before + 3, ["villages", "grids"]], "shutting it undoes nothing");
  history.back();
  await turn();
  assert.deepEqual(told, ["shut", "open layers", "open layers"]);
});

test("a tab that something else took the place of is come back to", async () => {
  const told = [];
  entries.door("tab", { open: (name) => told.push(name) && entries.entered("tab", name), shut: () => told.push("shut"), stays: true });
  entries.left("tab");
  await turn();
  entries.entered("tab", "layers");
  state.set({ selected: VILLAGE });
  entries.gone("tab");
  await turn();
  assert.equal(history.state.panel, null);
  history.back();
  await turn();
  assert.deepEqual([told, selected()], [["layers"], null]);
});

test("a page does nothing by itself that Back would have to undo", async () => {
  visit("");
  const fresh = await load("core/state.js", "fresh");
  const before = history.at;
  fresh.set({ selected: VILLAGE });
  fresh.set({ layers: ["villages"] });
  await turn();
  assert.equal(history.at, before);
});
