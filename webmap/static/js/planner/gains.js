// What one proposed centre adds: to what there is, or with several to the others.

import * as question from "./plan.js";

/** @typedef {{gain: number, was: number, rows: {name: string, gain: number}[]}} Gain `was` is what is reached without it */

/** Null when the others could not be asked about.
 * @param {import("./answers.js").Answers} answers
 * @param {number} index of the place
 * @returns {Promise<Gain | null>} */
export async function gainOf(answers, index) {
  const { answer } = answers.coverage;
  if (!answer) return null;
  const places = question.places();
  if (places.length === 1 && !question.closed().length) return alone(answer);
  const others = places.filter((_, i) => i !== index);
  const before = await answers.figures(question.query({ place: question.placesText(others) })).catch(() => null);
  return before && between(answer, before);
}

/** The answer knows the difference to what there is itself.
 * @param {Api.CoverageAnswer} answer
 * @returns {Gain} */
function alone({ covered, gain, rows }) {
  const sum = Object.values(gain).reduce((all, one) => all + one, 0);
  return { gain: sum, was: covered - sum, rows: rows.map(({ code, name }) => ({ name, gain: gain[code] ?? 0 })) };
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageAnswer} before
 * @returns {Gain} */
function between(answer, before) {
  const old = new Map(before.rows.map((row) => [row.code, Number(row.covered)]));
  return {
    gain: answer.covered - before.covered,
    was: before.covered,
    rows: answer.rows.map(({ code, name, covered }) => ({ name, gain: Number(covered) - (old.get(code) ?? 0) })),
  };
}
