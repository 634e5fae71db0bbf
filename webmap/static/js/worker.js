// The worker that answers when the line is down, from what a page asked to keep (core/kept.js). It stores nothing by itself
// but the page for what was not kept. The server puts the release in front of it.

const worker = /** @type {any} */ (self);
const { RELEASE, SHELL } = worker;
const FILES = `files-${RELEASE}`;
const KEPT = `kept-${RELEASE}-`;
const FOR_EVER = ["/static/", "/frame/", "/i18n/"];
const MOST_HITS = 10;

worker.addEventListener("install", (/** @type {any} */ event) => {
  worker.skipWaiting();
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL)));
});

worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takeOver()));

/** Another release kept other files under other addresses: they go, and open pages are told. */
async function takeOver() {
  const old = (await caches.keys()).filter((name) => /^(files|kept)-/.test(name) && name !== FILES && !name.startsWith(KEPT));
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
  if (old.length) for (const page of await worker.clients.matchAll()) page.postMessage({ released: RELEASE });
}

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.method !== "GET") {
    if (pathname === "/viewer") event.waitUntil(wipe()); // what somebody else saw is not kept
    return;
  }
  if (FOR_EVER.some((start) => pathname.startsWith(start))) event.respondWith(fileOf(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => pageOf(request)));
  else if (pathname.startsWith("/api/")) event.respondWith(fetch(request).catch((error) => answerOf(request, error)));
});

/** @param {Request} request */
const fileOf = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

/** The page that was kept under this address, else the one that stands for all, else that nothing was kept.
 * @param {Request} request */
async function pageOf(request) {
  const cache = await kept();
  const same = await cache?.match(request.url, { ignoreSearch: true, ignoreVary: true });
  const page = same ?? (await cache?.match("/kept/home", { ignoreVary: true }));
  if (!page) return (await caches.match("/offline", { ignoreVary: true })) ?? Response.error();
  const html = await page.text();
  const said = `<html data-kept="${page.headers.get("Kept-At")}"${same ? "" : ' data-kept-instead=""'} `;
  const { status, headers } = page;
  return new Response(html.replace("<html ", said), { status, headers });
}

/** What was kept of the API; a search goes through the names that were kept.
 * @param {Request} request
 * @param {unknown} error */
async function answerOf(request, error) {
  const cache = await kept();
  const found = await cache?.match(request.url, { ignoreVary: true });
  if (found) return found;
  const { pathname, searchParams } = new URL(request.url);
  const names = pathname === "/api/search" ? await cache?.match("/kept/names") : null;
  if (!names) throw error;
  return Response.json(search((searchParams.get("q") ?? "").trim(), (await names.json()).results), { headers: names.headers });
}

/** Every word in the name, place or kind, or the spelling from its start.
 * @param {string} q
 * @param {any[]} names */
function search(q, names) {
  const words = q.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (/** @type {any} */ one, /** @type {string} */ word) =>
    `${one.place}${one.name}${one.type_title}`.toLowerCase().includes(word) ||
    one.key.startsWith(word) ||
    one.spelled.some((/** @type {string} */ way) => way.startsWith(word));
  const results = names.filter((one) => words.length && words.every((word) => holds(one, word))).slice(0, MOST_HITS);
  return { q, matched_by: results.length ? "name" : null, results };
}

async function kept() {
  const name = (await caches.keys()).find((one) => one.startsWith(KEPT));
  return name ? caches.open(name) : null;
}

async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith("kept-")) await caches.delete(name);
}
