// The one rule for days in the browser: it is the day that the county's clocks show, whatever the reader's say.

const zone = document.documentElement.dataset.zone ?? "Asia/Shanghai";
/** @type {Intl.DateTimeFormat | undefined} */
let written; // made when it is wanted: the first of them takes longer than a panel
/** @type {Intl.DateTimeFormat | undefined} */
let clock;

/** The day of an instant as 2026-11-30.
 * @param {Date} [instant] */
export function dayOf(instant = new Date()) {
  written ??= new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = Object.fromEntries(written.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Day and time as 2026-11-30 09:05.
 * @param {Date} instant */
export function momentOf(instant) {
  clock ??= new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
  return `${dayOf(instant)} ${clock.format(instant)}`;
}
