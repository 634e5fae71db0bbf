// Figures and shapes of the same question belong together on the map: told as soon as both are there.

const KEPT = 8; // answers that may still wait for their shapes

export class Pairs {
  /** @param {import("./answers.js").Answers} answers */
  constructor({ coverage, shapes }) {
    /** @type {Map<string, Api.CoverageAnswer>} by query */
    this.figures = new Map();
    /** @type {Set<(answer: Api.CoverageAnswer, reach: Api.CoverageShapes) => void>} */
    this.listeners = new Set();
    /** @type {string | null} the question whose figures and shapes were told */
    this.told = null;
    coverage.on((answer) => {
      if (!answer) this.told = null; // the map shows nothing of it any more
      if (!answer || coverage.answered === null) return;
      this.figures.set(coverage.answered, answer);
      if (this.figures.size > KEPT) this.figures.delete([...this.figures.keys()][0]);
      this._tell(coverage.answered, shapes);
    });
    shapes.on((reach) => {
      if (!reach) this.told = null;
      else if (shapes.answered !== null) this._tell(shapes.answered, shapes);
    });
  }

  /** @param {(answer: Api.CoverageAnswer, reach: Api.CoverageShapes) => void} fn */
  on(fn) {
    this.listeners.add(fn);
  }

  /** @param {string} query
   * @param {import("./answers.js").Stream<Api.CoverageShapes>} shapes */
  _tell(query, { answered, answer: reach }) {
    const answer = this.figures.get(query);
    if (!answer || !reach || answered !== query || this.told === query) return;
    this.told = query;
    for (const fn of this.listeners) fn(answer, reach);
  }
}
