// While the answer in view is not that of the question in the form, results and legend are grey and say what is being worked out.

import { t } from "../core/i18n.js";
import { byId, el } from "../ui/dom.js";
import * as question from "./plan.js";
import { limitWords } from "./words.js";

/** @type {import("./answers.js").Answers} */
let answers;
/** @type {Map<HTMLElement, HTMLElement>} chips by what they stand in */
const chips = new Map();

/** @param {App} app
 * @param {import("./answers.js").Answers} given */
export function init(app, given) {
  answers = given;
  for (const id of ["drawer", "legend"]) {
    const chip = el("p", { class: "pending-chip", role: "status", hidden: true });
    chips.set(byId(id), chip);
    byId(id).prepend(chip);
  }
  answers.coverage.on(draw);
  answers.shapes.on(draw);
  answers.pairs.on(draw);
  answers.access.on(draw);
  app.state.on(["plan", "area"], draw);
}

function draw() {
  const text = t("正在算 {limit}…", { limit: limitWords(question.within()) });
  mark(byId("drawer"), answers.staleShown() ? text : "");
  mark(byId("legend"), answers.staleMap() ? text : "");
  byId("planner-gaps").toggleAttribute("data-stale", answers.staleMap());
}

/** @param {HTMLElement} node
 * @param {string} text nothing when it is up to date */
function mark(node, text) {
  const chip = /** @type {HTMLElement} */ (chips.get(node));
  node.toggleAttribute("data-stale", Boolean(text));
  chip.hidden = !text;
  if (chip.textContent !== text) chip.textContent = text;
}
