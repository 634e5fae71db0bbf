// Fetching: once more when the line or the server failed, never for an answer that would stay the same.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { load } from "./page.js";

const { ApiError, get } = await load("core/api.js");
let asked = [];

const answer = (status, body) => ({ ok: status < 400, status, headers: new Headers(), json: async () => body });

/** Fetch that gives these one after another; an error is a line that failed. */
function answers(...given) {
  globalThis.fetch = async (path) => {
    const next = given[Math.min(asked.length, given.length - 1)];
    asked.push(path);
    if (next instanceof Error) throw next;
    return next;
  };
}

beforeEach(() => {
  asked = [];
});

for (const status of [502, 503, 504]) {
  test(`${status} is asked for again`, async () => {
    answers(answer(status, {}), answer(200, { n: 1 }));
    assert.deepEqual(await get("/api/themes"), { n: 1 });
    assert.deepEqual(asked, ["/api/themes", "/api/themes"]);
  });
}

test("a line that failed is tried again", async () => {
  answers(new TypeError("failed"), answer(200, { n: 1 }));
  assert.deepEqual(await get("/api/themes"), { n: 1 });
  assert.equal(asked.length, 2);
});

test("there is a pause before the second try", async () => {
  answers(new TypeError("failed"), answer(200, {}));
  const from = performance.now();
  await get("/api/themes");
  assert.ok(performance.now() - from >= 300);
});

test("twice is enough", async () => {
  answers(answer(503, { code: "busy", title: "忙" }));
  await assert.rejects(get("/api/themes"), { name: "ApiError", status: 503, code: "busy", message: "忙" });
  assert.equal(asked.length, 2);
});

for (const status of [400, 403, 404, 422, 500]) {
  test(`${status} would be the same again`, async () => {
    answers(answer(status, { code: "no", detail: "不行" }));
    await assert.rejects(get("/api/themes"), { status, code: "no", message: "不行" });
    assert.equal(asked.length, 1);
  });
}

test("an answer without words gets some", async () => {
  globalThis.fetch = async () => ({ ok: false, status: 500, json: async () => Promise.reject(new SyntaxError()) });
  const error = await get("/api/themes").catch((caught) => caught);
  assert.ok(error instanceof ApiError);
  assert.equal(error.code, "http-500");
  assert.ok(error.message.length > 0);
});

test("what is slow ends as a timeout, after a second try", async () => {
  globalThis.fetch = mock.fn(
    (_path, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason))),
  );
  await assert.rejects(get("/api/themes", { timeout: 5 }), { code: "timeout", status: 0 });
  assert.equal(globalThis.fetch.mock.callCount(), 2);
});

test("what was given up is not tried again", async () => {
  const stop = new AbortController();
  globalThis.fetch = mock.fn(
    (_path, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason))),
  );
  const waiting = get("/api/themes", { signal: stop.signal });
  stop.abort(new DOMException("overtaken", "AbortError"));
  await assert.rejects(waiting, { name: "AbortError" });
  assert.equal(globalThis.fetch.mock.callCount(), 1);
});
