// Which shapes a layer needs at a position of the map, and the answers kept so far.

import { TILE_QUARTERS } from "./canvas.js";
import { decode } from "./shapes.js";

/** @typedef {{url: string, tile: Tile | null}} Request the address of shapes without its path, and their tile */

export const BANDS = [8, 10, 11, 12, 13, 14, 16];
const SLACK = 0.4; // a band may be enlarged this far; quarter pixels stay below one pixel
const MOST_NUMBERS = 4_000_000;

/** The band nearest at or above a zoom.
 * @param {number} zoom */
export function bandFor(zoom) {
  return BANDS.find((band) => band >= zoom - SLACK) ?? BANDS[BANDS.length - 1];
}

/** What to fetch for a layer: [{url, tile}], `query` its filters, `box` the view in world pixels of `zoom`.
 * @param {Pick<LayerEntry, "v" | "screen">} entry
 * @param {{zoom: number, box: number[], query: string}} here
 * @returns {Request[]} */
export function needed(entry, { zoom, box, query }) {
  const band = bandFor(zoom);
  const mode = entry.screen?.[band]?.mode ?? "whole";
  const base = [`v=${encodeURIComponent(entry.v)}`, `z=${band}`, query].filter(Boolean).join("&");
  if (mode !== "tiles") return [{ url: base, tile: null }];
  return tilesIn(box, band - zoom).map((tile) => ({ url: `${base}&tile=${tile.x},${tile.y}`, tile }));
}

/** @param {number[]} box
 * @param {number} up */
function tilesIn(box, up) {
  const factor = (2 ** up * 4) / TILE_QUARTERS;
  const [west, top, east, bottom] = box.map((value) => Math.floor(value * factor));
  const tiles = [];
  for (let x = west; x <= east; x += 1) for (let y = top; y <= bottom; y += 1) tiles.push({ x, y });
  return tiles;
}

/** Decoded answers by address, the longest unused dropped first; what is still being fetched. */
export class Answers {
  /** @type {Map<string, Shapes>} */
  known = new Map();
  /** @type {Map<string, {answer: Promise<Shapes>, stop: AbortController}>} */
  running = new Map();
  numbers = 0;

  /** @param {{shapes: (layer: string, query: string, options: {signal: AbortSignal}) => Promise<ShapesAnswer>}} api
   * @param {string} datum */
  constructor(api, datum) {
    this.api = api;
    this.datum = datum;
  }

  /** @param {string} layer
   * @param {{url: string}} request */
  get(layer, { url }) {
    const name = `${layer}?${url}`;
    const shapes = this.known.get(name);
    if (shapes) {
      this.known.delete(name);
      this.known.set(name, shapes);
    }
    return shapes;
  }

  /** Fetch unless known or on the way; resolves to the shapes.
   * @param {string} layer
   * @param {Request} request */
  fetch(layer, { url, tile }) {
    const name = `${layer}?${url}`;
    const running = this.running.get(name);
    if (running) return running.answer;
    const stop = new AbortController();
    const answer = this.api
      .shapes(layer, url, { signal: stop.signal })
      .then((raw) => this._keep(name, decode(raw, { datum: this.datum, tile })));
    const clean = () => this.running.get(name)?.stop === stop && this.running.delete(name);
    answer.then(clean, clean);
    this.running.set(name, { answer, stop });
    return answer;
  }

  /** Stop everything that is on the way and not in `wanted` (names layer?address).
   * @param {Set<string>} wanted */
  drop(wanted) {
    for (const [name, { stop }] of this.running) {
      if (wanted.has(name)) continue;
      this.running.delete(name);
      stop.abort(new DOMException("overtaken", "AbortError"));
    }
  }

  /** @param {string} name
   * @param {Shapes} shapes */
  _keep(name, shapes) {
    this.known.set(name, shapes);
    this.numbers += shapes.xy.length;
    for (const [old, { xy }] of this.known) {
      if (this.numbers <= MOST_NUMBERS || old === name) break;
      this.known.delete(old);
      this.numbers -= xy.length;
    }
    return shapes;
  }
}
