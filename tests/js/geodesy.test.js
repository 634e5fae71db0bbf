// Places, lengths and areas against figures from elsewhere, and there and back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { load } from "./page.js";

const { fromGcj, gcjShift, toDegrees, toGcj, toQuarters } = await load("map/datum.js");
const { area, distance } = await load("map/geodesy.js");
const { project } = await load("map/overlay.js");
const at = (lat, lng) => ({ lat, lng });
const close = (a, b, most) => assert.ok(Math.abs(a - b) <= most, `${a} is not ${b}`);

test("a degree along a meridian and along the equator", () => {
  close(distance(at(0, 110), at(1, 110)), 110574.39, 0.01); // Vincenty on GRS 80
  close(distance(at(0, 110), at(0, 111)), 111319.49, 0.01);
  close(distance(at(35, 110), at(35, 111)), 91287.89, 0.5);
  assert.equal(distance(at(35, 110), at(35, 110)), 0);
});

test("a way is as long back as there, and no longer than by another place", () => {
  const { next } = chance(7);
  for (let i = 0; i < 50; i += 1) {
    const [a, b, c] = Array.from({ length: 3 }, () => at(35 + next(), 110 + next()));
    close(distance(a, b), distance(b, a), 1e-6);
    assert.ok(distance(a, c) <= distance(a, b) + distance(b, c) + 1e-6);
  }
});

test("an area is the same from any corner and whichever way round", () => {
  const ring = [at(35, 110), at(35, 110.1), at(35.1, 110.1), at(35.1, 110)];
  const whole = area(ring);
  close(whole, 9124 * 11096, whole * 0.001);
  close(area([...ring.slice(2), ...ring.slice(0, 2)]), whole, 1);
  close(area([...ring].reverse()), whole, 1);
  const [west, east] = [
    ring.map(({ lat, lng }) => at(lat, Math.min(lng, 110.05))),
    ring.map(({ lat, lng }) => at(lat, Math.max(lng, 110.05))),
  ];
  close(area(west) + area(east), whole, 1);
});

test("degrees come back from quarter pixels and from GCJ-02", () => {
  const { next } = chance(3);
  for (let i = 0; i < 100; i += 1) {
    const place = [73 + next() * 60, 18 + next() * 35];
    const band = 8 + Math.floor(next() * 9);
    const back = toDegrees(...toQuarters(...place, band), band);
    const again = fromGcj(toGcj(place));
    for (const axis of [0, 1]) {
      close(back[axis], place[axis], 1e-9);
      close(again[axis], place[axis], 1e-8); // a millimetre
    }
  }
});

test("GCJ-02 lies some hundred metres off, towards where its formula says", () => {
  const [lng, lat] = toGcj([116.404, 39.915]);
  close(lng, 116.41024, 1e-5);
  close(lat, 39.9164, 1e-5);
  const [u, v] = gcjShift(...toQuarters(116.404, 39.915, 14), 14);
  assert.ok(u > 0 && v < 0, "east and north of it");
});

test("overlays stand on the same pixels as layers", () => {
  const [x, y] = toQuarters(110.83, 35.41, 14);
  const [u, v] = project([110.83, 35.41]);
  close(u, x, 0.5);
  close(v, y, 0.5);
});
