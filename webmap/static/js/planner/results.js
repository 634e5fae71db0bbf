// The results on the right: the headline, townships, villages, gaps, and how it was worked out.

import { t } from "../core/i18n.js";
import { byId, el, put } from "../ui/dom.js";
import { failure, skeleton } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import * as areas from "./areas.js";
import * as gaps from "./gaps.js";
import * as headline from "./headline.js";
import * as method from "./method.js";
import * as needs from "./needs.js";
import * as question from "./plan.js";
import { amount, SHARES, shareWords } from "./words.js";

const SAY_AFTER_MS = 600;

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
let speak = 0;

/** `curve` tells the share of a threshold at once; `sections` are of other modules; `centre(key)` shows a centre.
 * @param {App} house
 * @param {{answers: import("./answers.js").Answers, curve: import("./slider.js").Slider, sections: HTMLElement, centre: (key: string) => void}} parts */
export function init(house, { answers: given, curve, sections, centre }) {
  app = house;
  answers = given;
  headline.init(app, answers, curve);
  areas.init(app, answers);
  gaps.init(app);
  put(
    byId("drawer"),
    el("section", { class: "section planner-headline", id: "planner-headline", "aria-live": "off" }, skeleton(3)),
    el("section", { class: "section", id: "planner-townships" }, skeleton(8)),
    el("section", { class: "section", id: "planner-villages" }),
    el("section", { class: "section", id: "planner-gaps", hidden: true }),
    needs.section(app, answers, centre),
    sections,
    el("section", { class: "section planner-method", id: "planner-method" }),
  );
  answers.coverage.on((answer, error) => (answer ? draw(answer) : fail(error)));
  answers.shapes.on((reach) => reach && gaps.draw(reach, answers.coverage.answer?.unit ?? ""));
  app.state.on(["plan"], () => answers.coverage.answer && headline.draw(answers.coverage.answer));
}

/** @param {Failure | null} error */
function fail(error) {
  put(
    byId("planner-headline"),
    failure(t("这个问题没有算出来"), error, () => answers.ask(), error?.message || t("其他部分照常可用。")),
  );
  for (const id of ["planner-townships", "planner-villages", "planner-method"]) put(byId(id));
  byId("planner-gaps").hidden = true;
}

/** @param {Api.CoverageAnswer} answer */
function draw(answer) {
  headline.draw(answer);
  areas.draw(answer);
  method.draw(app, answer);
  areas.mark();
  clearTimeout(speak);
  speak = setTimeout(
    () =>
      announce(
        t("{name} {share}，未覆盖 {n}", {
          name: SHARES[question.plan().demand](),
          share: shareWords(answer, true),
          n: amount(answer.total - answer.covered, answer.unit),
        }),
      ),
    SAY_AFTER_MS,
  );
}
