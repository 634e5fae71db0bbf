// One canvas in one pane of the map. It is larger than the view, so that a drag shows no edge, and is moved and scaled
// by CSS while a zoom runs, as Leaflet's own renderers do.

const MAX_RATIO = 2; // more device pixels cost time and show nothing

export const PADDING = 0.12;
export const TILE_QUARTERS = 2048; // 512 px

/** Where and how large everything is drawn, for one position of the map.
 * @param {CountyMap} map
 * @returns {Sight} */
export function viewOf(map) {
  const size = map.getSize();
  const min = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round();
  const width = Math.ceil(size.x * (1 + 2 * PADDING));
  const height = Math.ceil(size.y * (1 + 2 * PADDING));
  const origin = map.getPixelOrigin().add(min);
  const ratio = Math.min(window.devicePixelRatio || 1, MAX_RATIO);
  return { zoom: map.getZoom(), center: map.getCenter(), min, width, height, x: origin.x, y: origin.y, ratio };
}

/** Factor from quarter pixels of a band to pixels of the view.
 * @param {Pick<Sight, "zoom">} view
 * @param {number} band */
export function scaleOf(view, band) {
  return 2 ** (view.zoom - band) / 4;
}

/** The part of a layer's own coordinates that the view shows: [west, top, east, bottom].
 * @param {Sight} view
 * @param {{ox: number, oy: number, band: number}} corner */
export function boxOf(view, { ox, oy, band }) {
  const scale = scaleOf(view, band);
  const west = view.x / scale - ox;
  const top = view.y / scale - oy;
  return [west, top, west + view.width / scale, top + view.height / scale];
}

export class CanvasPane {
  /** @type {CanvasRenderingContext2D} */
  context;

  /** @param {CountyMap} map
   * @param {string} pane */
  constructor(map, pane) {
    this.map = map;
    this.element = L.DomUtil.create("canvas", "shapes-canvas leaflet-zoom-animated", map.getPane(pane));
    this.element.setAttribute("aria-hidden", "true");
    this.empty = true;
  }

  /** Take the place and size of a view and return a cleared context in CSS pixels.
   * @param {Sight} view */
  start(view) {
    const { element } = this;
    const width = Math.round(view.width * view.ratio);
    const height = Math.round(view.height * view.ratio);
    this.context ??= /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
      element.style.width = `${view.width}px`;
      element.style.height = `${view.height}px`;
    } else if (!this.empty) {
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      this.context.clearRect(0, 0, width, height);
    }
    this.empty = false;
    L.DomUtil.setTransform(element, view.min, 1);
    plain(this.context, view);
    return this.context;
  }

  /** Show nothing, without keeping pixels for it. */
  clear() {
    if (this.empty) return;
    this.element.width = 0;
    this.element.height = 0;
    this.empty = true;
  }

  /** Follow a zoom or flight from the drawn view to another position.
   * @param {Sight} view
   * @param {import("leaflet").LatLng} center
   * @param {number} zoom */
  follow(view, center, zoom) {
    if (this.empty) return;
    const { map } = this;
    const scale = map.getZoomScale(zoom, view.zoom);
    const half = map.getSize().multiplyBy(0.5 + PADDING);
    const offset = half.multiplyBy(-scale).add(map.project(view.center, zoom)).subtract(map._getNewPixelOrigin(center, zoom));
    L.DomUtil.setTransform(this.element, offset, scale);
  }

  remove() {
    this.element.remove();
  }
}

/** CSS pixels of the view as units.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} view */
export function plain(context, view) {
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
}

/** Whether a place of the view is on a side of the seam, where symbols are whole; without a side or a seam everywhere is.
 * @param {Sight} view
 * @param {"left" | "right" | undefined} side
 * @param {number} x */
export const isOnSide = ({ seam }, side, x) => !side || seam === undefined || x < seam === (side === "left");

/** Draw on one side of the seam; without a side or a seam everywhere.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} view
 * @param {"left" | "right" | undefined} side
 * @param {() => void} work */
export function oneSide(context, view, side, work) {
  if (!side || view.seam === undefined) return work();
  const [from, to] = side === "left" ? [0, view.seam] : [view.seam, view.width];
  context.save();
  plain(context, view);
  context.beginPath();
  context.rect(from, 0, to - from, view.height);
  context.clip();
  work();
  context.restore();
  return undefined;
}

/** Work with the layer's own coordinates as units; `work` is told how many pixels one unit is.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} view
 * @param {{shapes: Shapes, work: (scale: number) => void}} what */
export function inside(context, view, { shapes, work }) {
  const { ox, oy, band, tile } = shapes;
  const scale = scaleOf(view, band);
  const unit = scale * view.ratio;
  context.save();
  if (tile) cut(context, view, { tile, band });
  context.setTransform(unit, 0, 0, unit, view.ratio * (ox * scale - view.x), view.ratio * (oy * scale - view.y));
  work(scale);
  context.restore();
}

/** Shapes of a tile are cut a little outside its edge; cut them on it, or the cuts would show as lines.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} view
 * @param {{tile: Tile, band: number}} shapes */
function cut(context, view, { tile, band }) {
  const side = TILE_QUARTERS * scaleOf(view, band);
  const edge = (/** @type {number} */ at, /** @type {number} */ from) => Math.round((at * side - from) * view.ratio) / view.ratio;
  const [left, top, right, bottom] = [edge(tile.x, view.x), edge(tile.y, view.y), edge(tile.x + 1, view.x), edge(tile.y + 1, view.y)];
  plain(context, view);
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}
