// The planner's page: questions on the left, the map between, answers on the right. Loaded on that page alone, once the map
// is there.

import { t } from "../core/i18n.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { empty, problem } from "../ui/states.js";
import { Answers } from "./answers.js";
import * as form from "./form.js";
import * as job from "./job.js";
import * as mapped from "./map.js";
import * as places from "./places.js";
import * as question from "./plan.js";
import * as results from "./results.js";
import * as scenarios from "./scenarios.js";
import { Slider } from "./slider.js";

/** @param {App} app */
export async function init(app) {
  app.layers.hold("planner");
  /** @type {Api.Choices} */
  let choices;
  try {
    choices = await app.api.get(`/api/planning?lang=${document.documentElement.dataset.lang}`);
  } catch (error) {
    put(
      byId("planner"),
      problem(t("覆盖分析没有取到"), error, () => location.reload()),
    );
    return void app.layers.release("planner");
  }
  if (!choices.services.length) {
    put(byId("planner"), empty(t("没有可以分析的服务"), t("先导入服务设施，如党群服务中心。"), [], "map-pin-off"));
    return void app.layers.release("planner");
  }
  if (question.init(app, choices.defaults)) byId("planner").before(oldLink());
  const answers = new Answers(app);
  const slider = new Slider(answers);
  results.init(app, { answers, curve: slider, centre: mapped.openCentre });
  mapped.init(app, answers, places.showCentre);
  places.init(app, answers);
  const { list, foot } = scenarios.init(app, answers);
  form.init(app, { choices, answers, slider }, [job.init(app, answers, choices), list]);
  byId("tree-panel").append(foot);
  app.planner = { answers, question };
  app.state.on(["plan", "area"], () => answers.ask());
  answers.ask();
  app.layers.release("planner");
}

/** What an old link opened with, until somebody has read it. */
function oldLink() {
  const shut = el("button", { type: "button", class: "icon-button", "aria-label": t("知道了") }, icon("x", "s"));
  const note = el("div", { class: "planner-old", role: "status" }, el("p", { text: t("这是旧链接：按直线距离打开。") }), shut);
  shut.addEventListener("click", () => note.remove());
  return note;
}
