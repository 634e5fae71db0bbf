// The first answers of a map are read while its scripts are still on their way: this small file asks for what the page
// preloads, so that the map is built in one go, without a wait between one answer and the next. Each is taken once, by
// its address: once() of core/api.js.

/** @type {Early} */
const answers = new Map();

/** The answer with its body on the way.
 * @param {Response} response */
function read(response) {
  const { ok, status, headers } = response;
  const body = ok ? response.json() : response.json().catch(() => ({}));
  body.catch(() => undefined); // whoever takes it hears of it
  return { ok, status, headers, json: () => body };
}

for (const { href, media } of globalThis.early ? [] : document.querySelectorAll("link[rel=preload][as=fetch]")) {
  if (media && !matchMedia(media).matches) continue;
  const stop = new AbortController();
  const answer = fetch(href, { signal: stop.signal }).then(read);
  answer.catch(() => undefined);
  const { pathname, search } = new URL(href);
  answers.set(pathname + search, { answer, stop });
}
globalThis.early ??= answers;
