// What the first view does without: fetched when the map is ready, or by whoever wants some of it first.

import { toast } from "../ui/toast.js";
import { t } from "./i18n.js";

/** @typedef {typeof import("../later.js")} Later */

/** @type {Promise<Later> | null} */
let asked = null;
/** @type {(parts: Later) => Promise<void>} */
let begin = async () => {};

/** How these parts begin, once they are there.
 * @param {(parts: Later) => Promise<void>} run */
export function onLater(run) {
  begin = run;
}

/** The parts, at work.
 * @returns {Promise<Later>} */
export function later() {
  asked ??= import("../later.js")
    .then(async (parts) => {
      await begin(parts);
      return parts;
    })
    .catch((error) => {
      asked = null; // the next one asks again
      throw error;
    });
  return asked;
}

/** What a person asked for, as soon as it can be done; what cannot be fetched is said.
 * @param {(parts: Later) => void} run */
export function soon(run) {
  return later().then(run, () => void toast(t("没有取到，检查网络后再试。"), { kind: "warning" }));
}
