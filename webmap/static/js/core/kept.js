// What this browser keeps for when the line is down: a page with everything it needs, and the names around it. Under the
// viewer's own name, gone with another viewer; worker.js answers from it.

import { ApiError } from "./api.js";

const root = document.documentElement;
const ASKED = /^\/(static|frame|i18n)\/|^\/api\/(themes|layers|areas)\//;
const ABOUT = "/kept/about";
const AT_ONCE = 4; // requests beside each other

/** @typedef {{code: string, name: string, at: string, page: string}} About */

/** Why nothing can be kept here; "" where it can. */
export function hindrance() {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.serviceWorker || !window.caches) return "unable";
  return root.dataset.keep ? "" : "internal";
}

const release = () => /\/static\/([0-9a-f]{8})\//.exec(root.dataset.sheetsStyle ?? "")?.[1] ?? "";
const mine = () => `kept-${release()}-${root.dataset.keep}`;

/** What was kept before; null for nothing.
 * @returns {Promise<About | null>} */
export async function about() {
  if (hindrance()) return null;
  const found = await caches.match(ABOUT, { cacheName: mine() }).catch(() => undefined);
  return found ? found.json() : null;
}

/** What others saw here before is not kept any longer than they look. */
export async function tidy() {
  if (!window.caches) return;
  for (const name of await caches.keys()) if (name.startsWith("kept-") && (hindrance() || name !== mine())) await caches.delete(name);
}

/** Keep this page as it is with what it asked for, and `more` addresses; `names` is where the names around it are found.
 * Rejects with ApiError `storage-full` where there is no room.
 * @param {{code: string, name: string}} what
 * @param {{more: string[], names: string}} from
 * @returns {Promise<About>} */
export async function keep(what, { more, names }) {
  await navigator.serviceWorker.register("/worker.js");
  const page = `${location.pathname}?lang=${root.dataset.lang}`;
  const kept = { ...what, at: new Date().toISOString(), page };
  await caches.delete(mine());
  const cache = await caches.open(mine());
  const jobs = [...new Set([...asked(), ...more])].map((url) => [url, url]);
  jobs.push([location.pathname, page], ["/kept/home", page], ["/kept/names", names]);
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(cache, jobs, kept.at)));
    await cache.put(ABOUT, stamped(Response.json(kept), kept.at));
  } catch (error) {
    await caches.delete(mine()); // half of it would look like all of it
    throw error.name === "QuotaExceededError" ? new ApiError({ code: "storage-full" }) : error;
  }
  return kept;
}

export const forget = () => caches.delete(mine());

/** The addresses that this page has asked for. */
const asked = () =>
  performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && ASKED.test(pathname))
    .map(({ pathname, search }) => pathname + search);

/** @param {Cache} cache
 * @param {string[][]} jobs
 * @param {string} at */
async function work(cache, jobs, at) {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const [place, url] = job;
    const answer = await fetch(url);
    if (answer.ok) await cache.put(place, stamped(answer, at));
  }
}

/** @param {Response} answer
 * @param {string} at */
function stamped(answer, at) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding"); // the body is open already
  headers.delete("Content-Length");
  headers.set("Kept-At", at);
  return new Response(answer.body, { status: answer.status, headers });
}
