// Side panels fold away by their handles. The state is in the address and in the browser's memory.

import { byId } from "../ui/dom.js";

const KEY = "govmap-panels";
const WIDE = matchMedia("(min-width: 1200px)");
const ROOMY = matchMedia("(min-width: 1360px)");
const root = document.documentElement;
const SIDES = /** @type {const} */ (["left", "right"]);

/** @param {App} app */
export function init(app) {
  const fresh = !new URLSearchParams(location.search).has("panels");
  const usual = usually();
  app.state.setDefaults({ panels: usual });
  if (fresh) app.state.set({ panels: usual }, { replace: true });
  app.state.on(["panels"], ({ panels }) => apply(panels));
  app.state.on(["selected"], ({ selected, panels }) => selected && !panels.right && app.state.set({ panels: { ...panels, right: true } }));
  apply(app.state.get().panels);
  let wide = WIDE.matches;
  WIDE.addEventListener("change", () => {
    // Paper has a width of its own, and it passes
    if (root.dataset.printing !== undefined || WIDE.matches === wide) return;
    wide = WIDE.matches;
    app.state.set({ panels: usually() });
  });
  for (const side of SIDES) {
    byId(`${side}-handle`).addEventListener("click", () => {
      const { panels } = app.state.get();
      const next = { ...panels, [side]: !panels[side] };
      // Between 768 and 1199 px both would cover the map
      if (!WIDE.matches && next[side]) next[side === "left" ? "right" : "left"] = false;
      app.state.set({ panels: next });
      if (WIDE.matches) remember(next);
    });
  }
  if (app.state.get().selected && !app.state.get().panels.right) app.state.set({ panels: { ...app.state.get().panels, right: true } });
}

function usually() {
  return { left: WIDE.matches, right: ROOMY.matches, table: false, ...(WIDE.matches ? remembered() : {}) };
}

/** @param {State["panels"]} panels */
function apply(panels) {
  for (const side of SIDES) {
    root.dataset[side] = panels[side] ? "open" : "closed";
    byId(`${side}-handle`).setAttribute("aria-expanded", String(Boolean(panels[side])));
  }
}

function remembered() {
  try {
    const { left, right } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { ...(typeof left === "boolean" ? { left } : {}), ...(typeof right === "boolean" ? { right } : {}) };
  } catch {
    return {};
  }
}

/** @param {State["panels"]} panels */
function remember({ left, right }) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ left, right }));
  } catch {
    // a browser that forbids storage forgets; nothing else breaks
  }
}
