// The entries of the browser's history: made, written over, gone back over. What an entry holds stands in its address; beside
// that stand what it was made by opening, and the dialog that is open in it.

/** @typedef {{name: string, detail?: any, carried?: boolean}} Shown a dialog or panel that is no part of the state; `carried`: the
 * entry was made by something else while it was open */
/** What `stays` open while other steps are made in it, as a tab does, is open in their entries too.
 * @typedef {{open: (detail: any) => void, shut: () => void, stays?: boolean}} Door */

/** @type {Map<string, Door>} */
const doors = new Map();
/** @type {Shown | null} */
let shown = null;
let returning = false;
/** @type {(() => void)[]} what waits for the way back to be done */
let waiting = [];
let address = () => "";
let leave = () => {};

/** Whether a step of ours back is on its way. */
export const isReturning = () => returning;

/** What the entry of now was made by opening. */
export const madeBy = () => String(history.state?.made ?? "");

/** `now()` is the address of the state, `write()` puts it into the entry of now.
 * @param {() => string} now
 * @param {() => void} write */
export function init(now, write) {
  address = now;
  leave = write;
}

/** A new entry with the state of now.
 * @param {{made?: string, panel?: Shown | null}} [of] */
export function push({ made = "", panel = carried() } = {}) {
  history.pushState({ made, panel }, "", address());
}

/** The entry of now says the state of now. */
export function replace() {
  const to = address();
  if (to !== `${location.pathname}${location.search}${location.hash}`) history.replaceState(history.state, "", to);
}

/** Go one step back; what comes meanwhile waits. */
export function back() {
  returning = true;
  history.back();
}

/** Do something once no step back is on its way.
 * @param {() => void} run */
export function afterwards(run) {
  if (returning) waiting.push(run);
  else run();
}

// ---- dialogs ----

/** How a dialog is opened again by going forward, and shut by going back.
 * @param {string} name
 * @param {Door} door */
export function door(name, door) {
  doors.set(name, door);
}

/** What stays open across steps.
 * @returns {Shown | null} */
const carried = () => (shown && doors.get(shown.name)?.stays ? { ...shown, carried: true } : null);

/** A dialog was opened: that is an entry, unless the entry of now is its own; another detail of it is written over.
 * @param {string} name
 * @param {any} [detail] of which it is opened again */
export function entered(name, detail) {
  afterwards(() => {
    shown = { name, detail };
    const { made, panel } = history.state ?? {};
    if (panel?.name === name) return history.replaceState({ made, panel: { ...panel, detail } }, "");
    leave();
    return push({ panel: shown });
  });
}

/** A dialog was shut by its own button, by Esc or by a click beside it: that is the way back, or a step of its own where other
 * steps were made in it.
 * @param {string} name */
export function left(name) {
  if (shown?.name !== name) return;
  shown = null;
  const { panel } = history.state ?? {};
  if (panel?.name !== name) return;
  if (panel.carried) push();
  else back();
}

/** A panel went by itself, since something else was opened: the entry of that is next.
 * @param {string} name */
export function gone(name) {
  if (shown?.name === name) shown = null;
}

/** Open and shut dialogs as the entry of now says. */
export function follow() {
  /** @type {Shown | null} */
  const wanted = history.state?.panel ?? null;
  if (shown && shown.name !== wanted?.name) {
    const { name } = shown;
    shown = null;
    doors.get(name)?.shut();
  }
  if (wanted && (!shown || shown.detail !== wanted.detail)) doors.get(wanted.name)?.open(wanted.detail);
}

/** A step in the history is done; `settle()` brings the page to the entry of now. */
export function arrived(/** @type {() => void} */ settle) {
  returning = false;
  settle();
  follow();
  const runs = waiting;
  waiting = [];
  for (const run of runs) afterwards(run);
}

// ---- the base ----

/** Whether the page was opened from elsewhere, so that nothing of ours lies before it in this tab. */
export function isFirst() {
  const [entry] = performance.getEntriesByType("navigation");
  const kind = /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type ?? "navigate";
  const ours = history.length > 1 && document.referrer.startsWith(`${location.origin}/`);
  return history.state === null && kind === "navigate" && !ours;
}

/** Put an entry without anything open under the one of now: the first step back stays here.
 * @param {string} base its address
 * @param {string} made what the entry of now is then made by opening */
export function underlay(base, made) {
  const now = address();
  history.replaceState({ made: "", panel: null }, "", base);
  history.pushState({ made, panel: null }, "", now);
}
