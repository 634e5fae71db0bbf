// One of a few: buttons beside each other, moved among by arrow keys.

import { el, rove } from "./dom.js";

/** `options` are words by id; `off` says why an option cannot be chosen.
 * @param {string} name
 * @param {string} label
 * @param {Record<string, string>} options
 * @param {{value: string, choose: (value: string) => void, off?: Record<string, string | null>}} how */
export function segmentsOf(name, label, options, { value, choose, off = {} }) {
  const buttons = Object.entries(options).map(([id, text]) =>
    el("button", {
      type: "button",
      role: "radio",
      "aria-checked": String(id === value),
      tabindex: id === value ? "0" : "-1",
      data: { name: `${name}:${id}` },
      disabled: Boolean(off[id]),
      title: off[id] ?? null,
      text,
      on: { click: () => choose(id) },
    }),
  );
  const group = el("div", { class: "segments planner-segments", role: "radiogroup", "aria-label": label }, buttons);
  rove(group, "button:not(:disabled)", { vertical: false });
  return group;
}
