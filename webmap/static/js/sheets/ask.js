// Asking for pictures and files of a sheet: bytes with the headers that tell about them.

import { ApiError, problem } from "../core/api.js";
import { WECHAT } from "../core/screen.js";
import { number } from "../core/units.js";
import { instead } from "../ui/wechat.js";

export const EXPORTS = "/exports";
const PATIENCE_MS = 120_000;

/** {blob, headers} of an address, or an ApiError that says what is wrong; an abort is passed on.
 * @param {string} path
 * @param {{signal?: AbortSignal}} [how] */
export async function bytes(path, { signal } = {}) {
  const stop = new AbortController();
  const forward = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", forward, { once: true });
  const clock = setTimeout(() => stop.abort(new ApiError({ code: "timeout" })), PATIENCE_MS);
  try {
    const answer = await fetch(path, { signal: stop.signal });
    if (!answer.ok) throw await problem(answer);
    return { blob: await answer.blob(), headers: answer.headers };
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw error instanceof ApiError ? error : new ApiError({});
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", forward);
  }
}

/** Give a file to the browser's downloads, under the name that the server gave it; what to do in words where that cannot be.
 * @param {{blob: Blob, headers: Headers}} file */
export function save({ blob, headers }) {
  if (WECHAT) return instead(blob);
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(headers.get("Content-Disposition") ?? "") ?? [];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name ? decodeURIComponent(name) : "";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return "";
}

/** “1.8 MB”.
 * @param {number} count */
export function sizeWords(count) {
  if (count < 100_000) return `${Math.max(1, Math.round(count / 1000))} KB`;
  return `${number(count / 1e6, 1)} MB`;
}
