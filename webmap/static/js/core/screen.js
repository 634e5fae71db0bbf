// What kind of screen this is: the same limits as in css/phone.css.

/** One sheet in place of side panels: a narrow screen, or a phone on its side. */
export const PHONE = matchMedia(
  "screen and (max-width: 767px), screen and (max-width: 1199px) and (max-height: 500px)", // paper is no screen
);
/** A phone on its side: tabs at the left, the sheet as a panel at the right. */
export const LYING = matchMedia("screen and (min-width: 600px) and (max-width: 1199px) and (max-height: 500px)");
/** Fingers, not a mouse and keys. */
export const TOUCH = matchMedia("(pointer: coarse)");
const agent = globalThis.navigator?.userAgent ?? ""; // tests run without a browser
/** The browser inside WeChat saves no files. */
export const WECHAT = /MicroMessenger/i.test(agent);
/** Where `geo:` leads nowhere, `maps:` opens the device's own map. */
export const APPLE = /iPhone|iPad|Macintosh/.test(agent);
