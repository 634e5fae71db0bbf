// Changing something on the server: JSON there and back, with the token that only our own pages know.

import { ApiError } from "./api.js";

const root = document.documentElement;

/** POST, or another method, a document; resolves to the answer's document, rejects with ApiError. */
export async function send(path, body, method = "POST") {
  let answer;
  try {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": root.dataset.token ?? "" };
    answer = await fetch(`${path}?lang=${root.dataset.lang}`, { method, headers, body: body ? JSON.stringify(body) : null });
  } catch (error) {
    throw new ApiError({ message: String(error.message ?? error) });
  }
  const document_ = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError({ status: answer.status, code: document_.code ?? `http-${answer.status}`, title: document_.title ?? "", message: document_.detail ?? "" });
  return document_;
}
