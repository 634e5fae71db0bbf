// Who is not reached: parts that add up, sizes of circles, classes of villages, symbols of services, answers that belong together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";
import "./tree.js";

const { wholes } = await load("planner/wholes.js");
const { centrePaints, sideOf, villageClass, VILLAGE } = await load("planner/paints.js");
const { Pairs } = await load("planner/pairs.js");
const { grown } = await load("map/placing.js");

test("rounded parts add up to the rounded sum", () => {
  assert.deepEqual(wholes([0.5, 0.5, 0.5], 2), [1, 1, 0]);
  assert.deepEqual(wholes([10.2, 0.3, 4.4], 15), [10, 0, 5]);
  assert.deepEqual(wholes([3, 0, 7], 10), [3, 0, 7]);
});

test("the area of a circle says the amount, down to what can be seen", () => {
  assert.ok(Math.abs(sideOf(400, 100) / sideOf(100, 100) - 2) < 1e-9);
  assert.equal(sideOf(0.001, 100), 3);
});

test("circles grow with the map within bounds", () => {
  assert.ok(grown(9) < grown(10.7) && grown(10.7) < grown(12));
  assert.equal(grown(10.7), 1);
  assert.equal(grown(18), 1.8);
  assert.equal(grown(5), 0.5);
});

test("a village is told by who is reached in it", () => {
  const none = new Set(["a"]);
  const of = (row) => villageClass({ code: "b", ...row }, none);
  assert.equal(villageClass({ code: "a", demand: 9, share: 0 }, none), VILLAGE.none);
  assert.equal(of({ demand: 9, share: 0.999 }), VILLAGE.part);
  assert.equal(of({ demand: 9, share: 1 }), VILLAGE.all);
  assert.equal(of({ demand: 0, share: null }), VILLAGE.empty);
  assert.equal(of({ demand: null, share: null }), VILLAGE.unknown);
});

test("services of a question never share a shape", () => {
  const entry = (paint) => ({ legend: [{ paint }] });
  const square = { symbol: "square", fill: "#0B6470", line: "#FFFFFF" };
  const area = { fill: "#B9D98A", line: "#5F7F35" };
  const paints = centrePaints([entry(square), entry(square), entry(area), undefined]);
  assert.equal(new Set(paints.map(({ inside }) => inside.symbol)).size, 4);
  for (const { inside, outside } of paints) assert.notEqual(inside.fill, outside.fill);
});

test("figures and shapes of one question are told together, once", () => {
  const stream = () => {
    const one = { answered: null, answer: null, listeners: [], on: (fn) => one.listeners.push(fn) };
    one.say = (query, answer) => {
      Object.assign(one, { answered: query, answer });
      for (const fn of one.listeners) fn(answer, null);
    };
    return one;
  };
  const [coverage, shapes] = [stream(), stream()];
  const pairs = new Pairs({ coverage, shapes });
  const told = [];
  pairs.on((answer, reach) => told.push([answer, reach]));
  coverage.say("a", "A");
  coverage.say("b", "B");
  shapes.say("a", "shapes of A");
  assert.deepEqual(told, [["A", "shapes of A"]]);
  shapes.say("b", "shapes of B");
  shapes.say("b", "shapes of B");
  assert.deepEqual(told.slice(1), [["B", "shapes of B"]]);
  coverage.say("c", null);
  assert.equal(pairs.told, null);
});
