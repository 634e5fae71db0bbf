// The objects that the modules share, declared once. Only the checker reads this file.

type Leaflet = typeof import("leaflet");
type Place = [lat: number, lng: number];
/** West, south, east, north in degrees, or west, top, east, bottom in pixels. */
type Box = [number, number, number, number];
type Access = "exact" | "grid" | "counts" | "none";
type Kind = "point" | "line" | "polygon";

// ---- the answer of /api/themes/<id> ----

interface Paint {
  fill?: string | null;
  line?: string | null;
  line_mm?: any;
  hatch?: string;
  hatch_line?: string;
  symbol?: string;
  size_mm?: number;
  dash?: string;
  [more: string]: any;
}

interface LegendRow {
  index: number;
  title: string;
  paint: Paint;
  count?: number | null;
  value?: string;
  [more: string]: any;
}

interface LayerStyle {
  order?: number;
  min_zoom?: number;
  labels?: boolean;
  labels_from_zoom?: number;
  cluster?: boolean;
  heat?: boolean;
  [more: string]: any;
}

/** A layer in a theme. */
interface LayerEntry {
  id: string;
  title: string;
  description: string;
  group: string;
  groupIndex: number;
  geometry: Kind | "none";
  visible: boolean;
  count: number | null;
  unit: string;
  edition: string | null;
  period: string | null;
  v: string;
  access: Access;
  time_field: string | null;
  periods: string[];
  owner: string;
  legend: LegendRow[];
  style: LayerStyle;
  filters: any[];
  screen: Record<string, { mode: string; [more: string]: any }>;
  [more: string]: any;
}

interface Viewer {
  role: string;
  scope: string;
  scope_name: string;
  bounds: Box | null;
  key: string;
  switch: boolean;
  roles: string[];
}

interface Theme {
  id: string;
  title: string;
  description: string;
  groups: { title: string; layers: LayerEntry[] }[];
  time: { layer: string; kind: "months" | "periods" | "none"; periods: string[] } | null;
  choropleth: any;
  viewer: Viewer;
  demo: boolean;
  county: { code: string; name: string; bounds: Box | null };
  editions: Record<string, string>;
  symbols: Record<string, string>;
  divisions: import("./divisions.js").Division[];
}

// ---- the state ----

interface Position {
  lat: number;
  lng: number;
  zoom: number;
}

interface State {
  theme: string;
  lang: string;
  /** Ids of the layers that are on; null until the theme says which. */
  layers: string[] | null;
  view: Position | null;
  selected: { layer: string; key: string } | null;
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
  plan: Record<string, string> | null;
}

// ---- screen shapes ----

interface Tile {
  x: number;
  y: number;
}

/** An answer of /api/layers/<id>/shapes. */
interface ShapesAnswer {
  layer?: string;
  z: number;
  mode: string;
  kind: Kind;
  count: number;
  key: string[];
  name: string[];
  cls: number[];
  n?: number[];
  period?: string;
  label?: ([number, number] | null)[];
  geom: any[];
}

/** Shapes as typed arrays, in quarter pixels of the band counted from (ox, oy). */
interface Shapes {
  kind: Kind;
  mode: string;
  band: number;
  count: number;
  size: number;
  tile: Tile | null;
  keys: string[];
  names: string[];
  cls: Uint8Array;
  n: Int32Array | null;
  period: string | null;
  xy: Int32Array;
  /** `ring[r]…ring[r+1]` are the vertices of ring r; null for points. */
  ring: Int32Array | null;
  /** `feature[f]…feature[f+1]` are the rings of feature f; null for points. */
  feature: Int32Array | null;
  labels: Int32Array | null;
  boxes: Int32Array | null;
  ox: number;
  oy: number;
  /** What was worked out from them: paths, clusters, spacing. */
  cache: Map<string, any>;
}

/** What the painter draws; see map/painter.js. */
interface Drawn {
  id: string;
  title: string;
  kind: Kind | "none";
  group: string;
  access?: Access;
  order: number;
  style: LayerStyle;
  classes: { paint: Paint; title?: string }[];
  shapes: Shapes[];
  hidden: Set<number>;
  alpha: number;
  heat: boolean;
  ghost: boolean;
  silent?: boolean;
  words?: (key: string, name: string) => string;
  choose?: (key: string) => void;
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
}

/** A symbol where it lies on the screen. */
interface Placed {
  entry: Drawn;
  shapes: Shapes;
  index: number;
  cls: number;
  count: number;
  cluster: number | null;
  paint: Paint;
  px: number;
  py: number;
  size: number;
  from?: { x: number; y: number };
}

// ---- the page ----

/** Leaflet's map with what we hang on it; some of what it holds is not declared for others. */
type CountyMap = import("leaflet").Map & {
  app?: App;
  locator?: any;
  fullscreenControl?: any;
  [inner: `_${string}`]: any;
};

/** Corners in degrees, south-west first. */
type Corners = [south_west: Place | number[], north_east: Place | number[]] | number[][];

/** Which layers are on and what is drawn of them; see map/layers.js. */
interface Layers {
  theme: Theme;
  /** Of layers that are visible and failed. */
  errors: Map<string, any>;
  drawn: Map<string, Drawn>;
  entry(id: string): LayerEntry | undefined;
  query(id: string): string;
  on(event: "progress" | "error" | "loaded" | "ready", fn: (detail: any) => void): () => void;
  overlay(fn: (drawn: Map<string, Drawn>) => Partial<Drawn>[]): void;
  need(id: string): void;
  hold(name: string): void;
  release(name: string): void;
  repaint(): void;
  begin(): void;
  resized(change: () => void): void;
  refresh(): void;
  retry(id: string): void;
  place(id: string, key: string): { bounds: number[][]; latlng: number[] } | null;
}

/** Moving the map, clear of what lies over it; see map/view.js. */
interface View {
  county: number[][] | null;
  setCounty(bounds: Box | null): void;
  setHome(bounds: Box | null): void;
  toMap(place: number[]): number[];
  fromMap(place: { lat: number; lng: number }): { lat: number; lng: number };
  get(): Position;
  set(position: Position): void;
  fitCounty(how?: { animate?: boolean }): void;
  fitHome(): void;
  showBounds(bounds: Corners, how?: { animate?: boolean; margin?: number; maxZoom?: number }): void;
  showPoint(place: number[], zoom?: number): void;
  keepClear(bounds: Corners): void;
}

/** What every panel is given. */
interface App {
  map: CountyMap;
  /** The layer of shapes; see map/painter.js. */
  painter: any;
  state: typeof import("./state.js");
  api: typeof import("./api.js");
  layers: Layers;
  view: View;
  /** What the buttons of the map do, for others that want it done. */
  controls: Record<string, any>;
  busy: boolean;
  /** A work of the theme's own says what the map shows. */
  title?: () => any;
  planner?: any;
  [more: string]: any;
}

interface Window {
  map_county: CountyMap;
  shapes_county: any;
}

/** What a selector finds is known by who wrote the template. */
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
}
