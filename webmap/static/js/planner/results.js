// The results on the right: the headline, gaps, townships, villages, other groups, and how it was worked out.

import { t } from "../core/i18n.js";
import { byId, el, put } from "../ui/dom.js";
import { problem, skeleton } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import * as access from "./access.js";
import * as areas from "./areas.js";
import * as gaps from "./gaps.js";
import * as headline from "./headline.js";
import * as method from "./method.js";
import * as needs from "./needs.js";
import * as question from "./plan.js";
import * as stale from "./stale.js";
import { amount, shareWords, WHOM } from "./words.js";

const SAY_AFTER_MS = 600;
const OF_AN_ANSWER = ["planner-gaps", "planner-townships", "planner-villages", "planner-groups", "planner-legend", "planner-needs"];

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
let speak = 0;

/** `curve` tells the share of a threshold at once; `centre(key)` shows a centre.
 * @param {App} house
 * @param {{answers: import("./answers.js").Answers, curve: import("./slider.js").Slider, centre: (key: string) => void}} parts */
export function init(house, { answers: given, curve, centre }) {
  app = house;
  answers = given;
  headline.init(app, answers, curve);
  areas.init(app);
  const { first, last } = access.sections();
  put(
    byId("drawer"),
    el("section", { class: "section planner-headline of-reach", id: "planner-headline", "aria-live": "off" }, skeleton(3)),
    el("section", { class: "section of-reach", id: "planner-compare", hidden: true }),
    el("section", { class: "section of-reach", id: "planner-gaps" }, skeleton(8)),
    el("section", { class: "section of-reach", id: "planner-townships" }, skeleton(8)),
    first,
    el("section", { class: "section planner-legend", id: "planner-legend", hidden: true, "aria-label": t("图例") }),
    el("section", { class: "section of-reach", id: "planner-villages" }),
    el("section", { class: "section of-reach", id: "planner-groups" }),
    needs.section(app, answers, centre),
    el("section", { class: "section planner-method of-reach", id: "planner-method" }),
    last,
  );
  access.init(app, answers);
  app.state.on(["plan"], show);
  show();
  gaps.init(app, answers);
  answers.coverage.on((answer, error) => (answer ? draw(answer) : fail(error)));
  app.state.on(["plan", "area"], () => answers.coverage.answer && headline.draw(answers.coverage.answer));
  stale.init(app, answers);
}

/** Results of who is reached, or of how much there is for people. */
function show() {
  byId("drawer").dataset.show = question.accessible() ? "access" : "reach";
}

/** @param {Failure | null} error */
function fail(error) {
  const box = byId("planner-headline");
  box.removeAttribute("data-pending");
  put(
    box,
    problem(t("这个问题没有算出来"), error ?? { message: "" }, () => answers.ask()),
    el("p", { class: "note", text: t("改左边的条件，或点“恢复默认”。") }),
  );
  for (const id of OF_AN_ANSWER) byId(id).hidden = true;
  put(byId("planner-method"));
}

/** @param {Api.CoverageAnswer} answer */
function draw(answer) {
  headline.draw(answer);
  const some = answer.total > 0;
  for (const id of ["planner-townships", "planner-villages", "planner-groups", "planner-needs"]) byId(id).hidden = !some;
  if (some) areas.draw(answer);
  method.draw(app, byId("planner-method"), answer, { file: method.coverageFile });
  areas.mark();
  clearTimeout(speak);
  speak = setTimeout(() => !question.accessible() && announce(spoken(answer)), SAY_AFTER_MS);
}

/** @param {Api.CoverageAnswer} answer */
const spoken = (answer) =>
  t("{name}到达 {share}，未到达 {n}", {
    name: (WHOM[question.plan().demand] ?? WHOM.population)(),
    share: shareWords(answer, true),
    n: amount(answer.total - answer.covered, answer.unit),
  });
