// Changing something on the server: JSON there and back, with the token that only our own pages know.

import { ApiError, problem } from "./api.js";

const root = document.documentElement;

/** POST, or another method, a document; resolves to the answer's document, rejects with ApiError. A page that is being
 * left says so, lest its last word is lost.
 * @param {string} path
 * @param {any} body */
export async function send(path, body, method = "POST", { leaving = false } = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": await token() };
  const given = body ? JSON.stringify(body) : null;
  return ask(`${path}?lang=${root.dataset.lang}`, { method, headers, body: given, keepalive: leaving });
}

/** Pages that always need the token carry it; the others ask for it when they do, so that most readers need no cookie.
 * @returns {Promise<string>} */
async function token() {
  root.dataset.token ??= (await ask("/api/token", {})).token;
  return /** @type {string} */ (root.dataset.token);
}

/** @param {string} address
 * @param {RequestInit} options */
async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new ApiError({});
  }
  if (!answer.ok) throw await problem(answer);
  return answer.json();
}
