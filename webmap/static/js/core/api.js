// Talking to the server: one way to fetch, errors that say what happened, one function per address.

import { take } from "./editions.js";
import { t } from "./i18n.js";

/** @typedef {{signal?: AbortSignal, timeout?: number, anyEdition?: boolean}} Asking `anyEdition`: whoever asks looks at the
 * editions itself */

const TIMEOUT_MS = 15_000;
const AGAIN = new Set([502, 503, 504]);
const PAUSE_MS = 400;
export const HELD = "edition-newer"; // an answer that is held back
const lang = document.documentElement.dataset.lang ?? "zh";

/** An answer that was not the wanted one. `code` is stable; `network` and `timeout` are ours. */
export class ApiError extends Error {
  /** @param {{status?: number, code?: string, title?: string, message?: string}} said */
  constructor({ status = 0, code = "network", title = "", message = "" }) {
    super(message || title || unsaid(code));
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** What to say where the server said nothing.
 * @param {string} code */
function unsaid(code) {
  if (code === "network") return t("没有连上服务器，检查网络后重试。");
  return code === "timeout" ? t("服务器很久没有答复，过一会儿重试。") : t("服务器出错，过一会儿重试。");
}

/** JSON of one of our addresses. Tries once more when the line or the server failed; an abort is passed on.
 * @param {string} path
 * @param {Asking} [options]
 * @returns {Promise<any>} */
export async function get(path, { signal, timeout = TIMEOUT_MS, anyEdition = false } = {}) {
  const body = await twice(path, signal, timeout);
  if (!anyEdition && !take(body)) throw new ApiError({ status: 409, code: HELD, message: t("数据有了新版本，重新载入后再看。") });
  return body;
}

/** @param {string} path
 * @param {AbortSignal | undefined} signal
 * @param {number} timeout */
async function twice(path, signal, timeout) {
  try {
    return await once(path, signal, timeout);
  } catch (error) {
    const worth = error instanceof ApiError && (error.status === 0 || AGAIN.has(error.status));
    if (!worth || signal?.aborted) throw error;
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    return once(path, signal, timeout);
  }
}

/** @param {string} path
 * @param {AbortSignal | undefined} signal
 * @param {number} timeout */
async function once(path, signal, timeout) {
  const stop = new AbortController();
  const forward = () => stop.abort(signal?.reason);
  if (signal?.aborted) forward();
  signal?.addEventListener("abort", forward, { once: true });
  const clock = setTimeout(() => stop.abort(new ApiError({ code: "timeout" })), timeout);
  try {
    const answer = await (early(path, stop.signal) ?? fetch(path, { signal: stop.signal }));
    if (!answer.ok) throw await problem(answer);
    if (answer.headers.has("Kept-At")) dispatchEvent(new Event("kept")); // the line is down: worker.js answered
    return await answer.json();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (stop.signal.aborted) throw stop.signal.reason;
    throw error instanceof ApiError ? error : new ApiError({});
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", forward);
  }
}

/** An answer that first.js has asked for; it is taken once.
 * @param {string} path
 * @param {AbortSignal} signal */
function early(path, signal) {
  globalThis.early ??= new Map(); // first.js need not begin any more
  const found = globalThis.early.get(path);
  if (!found) return null;
  globalThis.early.delete(path);
  signal.addEventListener("abort", () => found.stop.abort(signal.reason), { once: true });
  return found.answer;
}

/** What an answer that is not the wanted one says.
 * @param {Pick<Response, "status" | "json">} answer */
export async function problem(answer) {
  const body = await answer.json().catch(() => ({}));
  const { code = `http-${answer.status}`, title = "", detail = "" } = body;
  return new ApiError({ status: answer.status, code, title, message: detail || title });
}

/** Text comes in the page's language whatever the cookie says.
 * @param {string} path */
function words(path, query = "") {
  return `${path}?${query ? `${query}&` : ""}lang=${lang}`;
}

/** @param {string} id */
const layer = (id) => `/api/layers/${encodeURIComponent(id)}`;

/** @type {(id: string, options?: Asking) => Promise<Theme>} */
export const theme = (id, options) => get(words(`/api/themes/${encodeURIComponent(id)}`), options);
/** @type {(code: string, query: string, options?: Asking) => Promise<Api.Profile>} */
export const area = (code, query, options) => get(words(`/api/areas/${encodeURIComponent(code)}`, query), options);
/** @type {(q: string, options?: Asking) => Promise<Api.Hits>} */
export const search = (q, options) => get(words("/api/search", `q=${encodeURIComponent(q)}`), options);
/** @type {(id: string, key: string, options?: Asking) => Promise<Api.Record>} */
export const record = (id, key, options) => get(words(`${layer(id)}/records/${encodeURIComponent(key)}`), options);
/** @type {(id: string, key: string, query: string, options?: Asking) => Promise<Api.Beside>} */
export const beside = (id, key, query, options) => get(words(`${layer(id)}/beside/${encodeURIComponent(key)}`, query), options);
/** @type {(id: string, query: string, options?: Asking) => Promise<Api.Legend>} */
export const legend = (id, query, options) => get(words(`${layer(id)}/legend`, query), options);
/** @type {(id: string, query: string, options?: Asking) => Promise<Api.Rows>} */
export const rows = (id, query, options) => get(words(`${layer(id)}/rows`, query), options);
/** @type {(id: string, query: string, options?: Asking) => Promise<Api.Timeline>} */
export const timeline = (id, query, options) => get(words(`${layer(id)}/timeline`, query), options);

/** Screen shapes; without the language, so that both share one cached answer. */
/** @type {(id: string, query: string, options?: Asking) => Promise<ShapesAnswer>} */
export const shapes = (id, query, options) => get(`${layer(id)}/shapes?${query}`, options);
