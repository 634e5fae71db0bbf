// The objects that the modules share, declared once. Only the checker reads this file. What the API answers stands beside
// in answers.d.ts.

type Leaflet = typeof import("leaflet");
type Place = [lat: number, lng: number];
/** West, south, east, north in degrees, or west, top, east, bottom in pixels. */
type Box = [number, number, number, number];
type Access = Api.ThemeLayer["access"];
type Kind = "point" | "line" | "polygon";
type Paint = Api.Paint;
type Theme = Api.ThemeAnswer;
/** A value of a table or record as it is given out. */
type Cell = string | number | boolean | null;

/** A layer in a theme. */
interface LayerEntry extends Api.ThemeLayer {
  /** Place of its group in the theme, once the map has it. */
  groupIndex?: number;
}

// ---- the state ----

interface Position {
  lat: number;
  lng: number;
  zoom: number;
}

/** One row of one layer. */
interface Selected {
  layer: string;
  key: string;
}

/** Words of a plan, the planner's or that of the hotspots, by name. */
type PlanWords = Record<string, string | undefined>;

interface State {
  theme: string;
  lang: string;
  /** Ids of the layers that are on; null until the theme says which. */
  layers: string[] | null;
  view: Position | null;
  selected: Selected | null;
  area: string | null;
  filters: Record<string, Record<string, string[]>>;
  time: { since: string | null; until: string | null } | null;
  period: string | null;
  /** Hidden classes of layers. */
  hidden: Record<string, number[]>;
  heat: string[];
  /** Of groups, by their place in the theme. */
  opacity: Record<string, number>;
  panels: { left: boolean; right: boolean; table: boolean };
  table: string | null;
  sort: string;
  /** what is looked for in the table */
  find: string;
  /** Whether figures and lists are of the extent of the map alone. */
  frame: boolean;
  plan: Record<string, string> | null;
  /** What was asked in other themes, as query strings by theme. */
  asked: Record<string, string>;
}

// ---- screen shapes ----

interface Tile {
  x: number;
  y: number;
}

/** An answer of /api/layers/<id>/shapes, or shapes that were made here. */
interface ShapesAnswer {
  layer?: string;
  z: number;
  mode: string;
  kind: Kind;
  count: number;
  key: string[];
  name: string[];
  cls: number[];
  n?: number[] | null;
  outside?: number[] | null;
  period?: string | null;
  label?: ([number, number] | null)[] | null;
  geom: (number[] | number[][] | null)[];
}

/** Shapes as typed arrays, in quarter pixels of the band counted from (ox, oy). */
interface ScreenShapes {
  mode: string;
  band: number;
  count: number;
  size: number;
  tile: Tile | null;
  keys: string[];
  names: string[];
  cls: Uint8Array;
  /** Places of points across the county's line. */
  outside: Set<number>;
  n: Int32Array | null;
  period: string | null;
  xy: Int32Array;
  labels: Int32Array | null;
  ox: number;
  oy: number;
  /** What was worked out from them: paths, clusters, spacing. */
  cache: Map<string, any>;
}

interface PointShapes extends ScreenShapes {
  kind: "point";
  ring: null;
  feature: null;
  boxes: null;
  /** Side of each symbol in px at the zoom of `grown`; without it the paint says it. */
  sizes?: Float32Array;
}

interface RingShapes extends ScreenShapes {
  kind: "line" | "polygon";
  /** `ring[r]…ring[r+1]` are the vertices of ring r. */
  ring: Int32Array;
  /** `feature[f]…feature[f+1]` are the rings of feature f. */
  feature: Int32Array;
  boxes: Int32Array;
}

type Shapes = PointShapes | RingShapes;

/** What the painter draws; see map/painter.js. */
interface Drawn {
  id: string;
  title: string;
  kind: Kind | "none";
  group: string;
  access?: Access;
  order: number;
  style: Api.DrawnStyle;
  classes: { paint: Paint; title?: string }[];
  shapes: Shapes[];
  hidden: Set<number>;
  alpha: number;
  heat: boolean;
  ghost: boolean;
  silent?: boolean;
  /** On which side of the line of map/swipe.js it is seen; on both without it. */
  side?: "left" | "right";
  /** It stands in the place of the layer's own symbols. */
  instead?: boolean;
  words?: (key: string, name: string) => string;
  choose?: (key: string) => void;
  /** Colour of the outline of what is marked; the page's own without it. */
  mark?: string;
}

/** One feature of what is drawn. */
interface Part<S extends Shapes = Shapes> {
  entry: Drawn;
  shapes: S;
  index: number;
}

/** Where and how large everything is drawn, for one position of the map. */
interface Sight {
  zoom: number;
  center: import("leaflet").LatLng;
  min: import("leaflet").Point;
  width: number;
  height: number;
  x: number;
  y: number;
  ratio: number;
  /** Where the line lies that divides two sides, in px of the view. */
  seam?: number;
}

/** A symbol where it lies on the screen. */
interface Placed {
  entry: Drawn;
  shapes: PointShapes;
  /** -1 for a cluster. */
  index: number;
  cls: number;
  count: number;
  cluster: number | null;
  paint: Paint;
  px: number;
  py: number;
  size: number;
  /** Where a point lies that was moved apart from others. */
  from?: { x: number; y: number };
  /** How many points lie on this spot, on the topmost of them. */
  spot?: number;
  /** All that lie on its spot, where there are several. */
  together?: Placed[];
}

/** What lies under a point of the screen; see map/hit.js. */
type Found = (Placed & { kind: "point" }) | (Part<RingShapes> & { kind: "line" | "polygon" });

/** What is outlined: a row, or the cluster under the pointer. */
interface Marked {
  hover: (Selected & { point?: Placed }) | null;
  selected: Selected | null;
  /** What a list points at, beside what is under the pointer. */
  lit?: Selected | null;
}

// ---- clusters: what is used of the library, which comes without types ----

interface ClusterMember {
  type: "Feature";
  geometry: { type: "Point"; coordinates: number[] };
  properties: { index: number; cls: number };
}

/** A point, or several that are told by the worst of their classes. */
interface Cluster {
  geometry: { coordinates: number[] };
  properties: { cls: number; index?: number; cluster_id?: number; point_count?: number };
}

interface Clusters {
  load(points: ClusterMember[]): Clusters;
  getClusters(box: number[], zoom: number): Cluster[];
  getClusterExpansionZoom(id: number): number;
  getLeaves(id: number, limit?: number): ClusterMember[];
}

interface ClusterLibrary {
  new (options: {
    radius: number;
    extent: number;
    maxZoom: number;
    map: (leaf: { cls: number }) => { cls: number };
    reduce: (sum: { cls: number }, one: { cls: number }) => void;
  }): Clusters;
}

// ---- the page ----

/** Leaflet's map with what we hang on it; some of what it holds is not declared for others. */
type CountyMap = import("leaflet").Map & {
  app?: App;
  locator: { _active: boolean; start(): void; stop(): void };
  toggleFullscreen(): void;
  _isFullscreen: boolean;
  _loaded?: boolean;
  _getNewPixelOrigin(center: import("leaflet").LatLng, zoom: number): import("leaflet").Point;
};

/** Corners in degrees, south-west first. */
type Corners = number[][];

/** What the layers tell while they are fetched. */
interface LayerEvents {
  progress: { done: number; total: number; waiting: string[] };
  error: { layer: string; error: Failure };
  loaded: { layer: string; count: number; mode: string };
  ready: object;
}

/** What went wrong, as far as anyone asks. */
interface Failure {
  name?: string;
  message: string;
  code?: string;
  status?: number;
}

type Layers = import("../map/layers.js").Layers;
type View = import("../map/view.js").View;
type Painter = import("../map/painter.js").Painter;

/** What the buttons of the map do, for others that want it done. */
interface Controls {
  locate(): void;
  share(): void;
  sheets(from?: { code?: string | null; again?: string | null }): void;
  bookmarks(anchor: HTMLElement): void;
}

/** What starts a part of the page. */
interface Panel {
  init?(app: App): void | Promise<void>;
}

/** What every panel is given. */
interface App {
  map: CountyMap;
  painter: Painter;
  state: typeof import("./state.js");
  api: typeof import("./api.js");
  layers: Layers;
  view: View;
  controls: Controls;
  /** Where this person stands, once the device or the person said so; it is kept nowhere. */
  spot?: { lat: number; lng: number };
  /** Measure again from there. */
  respot?: () => void;
  /** Whether a click on the map is meant for something else than what lies there. */
  busy: boolean;
  /** A work of the theme's own says what the map shows. */
  title?: () => boolean;
  /** The conditions of an answer that takes the place of the cases; null where the map shows these. */
  counted?: () => Record<string, string[]> | null;
  /** The two periods that are set against each other; null where none are. */
  compared?: () => { id: string; words: string }[] | null;
  /** What explains the answer on the map: in the legend, on a phone in the title card; null for nothing. */
  explained?: () => { block: HTMLElement; key: HTMLElement } | null;
  /** Draw the legend again. */
  relegend?: () => void;
  /** Something else lies over the map: as long as nobody moved it, it shows the county in what is left. */
  refit?: () => void;
  /** Count the cases of the time bar again. */
  recount?: () => void;
  /** Say again what the map shows. */
  titled?: () => void;
  planner?: { answers: import("../planner/answers.js").Answers; question: typeof import("../planner/plan.js") };
  hotspots?: {
    spots: import("../planner/answers.js").Stream<Api.HotspotsAnswer>;
    density: import("../planner/answers.js").Stream<Api.DensityAnswer>;
    rates: import("../planner/answers.js").Stream<Api.RatesAnswer>;
    sides: import("../planner/answers.js").Stream<Api.RatesAnswer>[];
    question: typeof import("../hotspots/question.js");
  };
}

interface Window {
  map_county: CountyMap;
  shapes_county: Painter;
}

type Early = Map<string, { answer: Promise<Pick<Response, "ok" | "status" | "headers" | "json">>; stop: AbortController }>;
/** Answers that first.js has asked for, by address; nothing where it has not run. */
declare var early: Early | undefined;

/** What a selector finds is known by who wrote the template. */
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
}
