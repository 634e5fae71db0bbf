// Asking the server: at most one question of each kind on its way, and always the latest one last, so that a slider
// never waits for what it has passed.

import { Pairs } from "./pairs.js";
import * as question from "./plan.js";

const IDLE_MS = 250; // what nobody waits for is asked when the slider rests

/** A stream of answers: `ask()` sends the question of now, or remembers to when the one on its way is back.
 * @template T */
export class Stream {
  /** @param {App} app
   * @param {{name: string, path: string, draws?: boolean}} kind */
  constructor(app, { name, path, draws = false }) {
    this.app = app;
    this.name = name;
    this.path = path;
    this.draws = draws;
    /** @type {string | null} */
    this.asked = null;
    /** @type {string | null} the question that answer or error are of */
    this.answered = null;
    /** @type {T | null} */
    this.answer = null;
    /** @type {Failure | null} */
    this.error = null;
    this.running = false;
    /** @type {Set<(answer: T | null, error: Failure | null) => void>} */
    this.listeners = new Set();
  }

  /** @param {(answer: T | null, error: Failure | null) => void} fn */
  on(fn) {
    this.listeners.add(fn);
  }

  /** @param {string} query */
  ask(query) {
    if (query === this.asked && !this.error) return;
    this.asked = query;
    if (this.draws) this.app.layers.hold(this.name);
    if (!this.running) this._send();
  }

  async _send() {
    this.running = true;
    const query = this.asked;
    /** @type {T | null} */
    let answer = null;
    /** @type {Failure | null} */
    let error = null;
    try {
      answer = await this.app.api.get(`${this.path}?${query}&lang=${document.documentElement.dataset.lang}`);
    } catch (found) {
      error = found;
    }
    this.running = false;
    // What came is shown even when more is asked for: the picture follows the slider.
    if (answer || query === this.asked) {
      this.answer = answer;
      this.answered = query;
    }
    this.error = error;
    if (query === this.asked || answer) for (const fn of this.listeners) fn(answer, error);
    if (query !== this.asked) return void this._send();
    if (this.draws) this.app.layers.release(this.name);
  }
}

/** Coverage, shapes, and the other population groups once the question rests. */
export class Answers {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {Stream<Api.CoverageAnswer>} */
    this.coverage = new Stream(app, { name: "coverage", path: "/api/coverage", draws: true });
    /** @type {Stream<Api.CoverageShapes>} */
    this.shapes = new Stream(app, { name: "coverage-shapes", path: "/api/coverage/shapes", draws: true });
    /** @type {Stream<Api.AccessAnswer>} */
    this.access = new Stream(app, { name: "coverage-access", path: "/api/coverage/access", draws: true });
    this.pairs = new Pairs(this);
    /** @type {Map<string, Promise<Api.CoverageAnswer>>} by query */
    this.groups = new Map();
  }

  ask() {
    const query = question.query();
    this.coverage.ask(query);
    this.shapes.ask(query);
    if (question.accessible()) this.access.ask(question.accessQuery());
  }

  /** Whether map and results show how much there is for people; until that is known they keep what they showed. */
  accessInView() {
    return question.accessible() && Boolean(this.access.answer || this.access.error);
  }

  /** Whether the figures in view are not those of the question in the form. */
  stale() {
    return this.coverage.answered !== question.query();
  }

  /** The same of the figures that the page shows. */
  staleShown() {
    return question.accessible() ? this.access.answered !== question.accessQuery() : this.stale();
  }

  /** The same of what the map shows. */
  staleMap() {
    return this.staleShown() || this.stale() || (!this.coverage.error && !this.shapes.error && this.pairs.told !== question.query());
  }

  /** Figures of another population group for the question of now; resolves to null when it was overtaken.
   * @param {string} demand */
  async group(demand) {
    const query = question.query({ demand, by: "township" });
    await new Promise((done) => setTimeout(done, IDLE_MS));
    if (query !== question.query({ demand, by: "township" })) return null;
    return this.figures(query);
  }

  /** Figures of any question, kept while the page is open.
   * @param {string} query
   * @returns {Promise<Api.CoverageAnswer>} */
  async figures(query) {
    const known = this.groups.get(query);
    if (known) return known;
    const answer = this.app.api.get(`/api/coverage?${query}`);
    this.groups.set(query, answer);
    answer.catch(() => this.groups.delete(query));
    return answer;
  }
}
