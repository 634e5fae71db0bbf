// What the API answers, written by `python -m webmap.api.typed` from its declarations. Only the checker reads this file.

declare namespace Api {
  interface Again {
    /** Those of its day, or today's */
    data?: "then" | "now";
  }

  interface AgainJob {
    /** Id of the job */
    job: string;
  }

  interface Alive {
    status: "ok";
  }

  interface AtlasChoice {
    by: string;
    pages: AtlasPage[];
  }

  interface AtlasPage {
    /** Division code */
    code: string;
    name: string;
    number: number;
  }

  interface Band {
    /** All at once, by tile, or as squares that count rows */
    mode: "whole" | "tiles" | "bins";
    /** Side of the median shape's box in pixels */
    median_px: number;
  }

  interface Best {
    value: number;
    /** No proposal is better than this */
    bound: number;
    /** How far the value may be from the best, 0–1 */
    gap: number;
    seconds: number;
  }

  interface ByDetour {
    factors: number[];
    /** 0–1 */
    shares: (number | null)[];
  }

  interface ByLimit {
    limits: number[];
    /** 0–1 */
    shares: (number | null)[];
  }

  interface Centre {
    layer: string;
    key: string;
    name: string;
    lon: number;
    lat: number;
    /** Whether it lies outside the area asked about */
    outside: boolean;
    /** False for one that the question closes */
    open: boolean;
  }

  interface Child {
    /** Division code */
    code: string;
    name: string;
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    area_km2: number | null;
    /** Villages in it; null for those below a township */
    villages: number | null;
    /** Grids in it; null for grids */
    grids: number | null;
    population: number | null;
    population_60_plus: number | null;
    households: number | null;
  }

  interface Choice {
    value: string;
    title: string;
    count: number;
  }

  interface Choices {
    services: Service[];
    standards: StandardAnswer[];
    demands: Demand[];
    /** Whether ways by road can be asked for */
    roads: boolean;
    /** Layers of which places can be counted */
    capacities: string[];
    /** Villages where a centre could be */
    candidates: number;
    /** Words of the question at first */
    defaults: { [name: string]: string };
  }

  interface Code {
    value: string;
    title: string;
  }

  interface Column {
    name: string;
    title: string;
    type: "text" | "integer" | "number" | "date" | "year" | "boolean" | "code" | "codes" | "phone";
    unit: string | null;
  }

  interface Comparison {
    a: ScenarioAnswer;
    b: ScenarioAnswer;
    /** Covered in the second less covered in the first */
    difference: number;
    townships: Difference[];
    /** Those that differ most, up to 50 */
    rows: Difference[];
  }

  interface CountyAnswer {
    code: string;
    name: string;
    bounds: [number, number, number, number] | null;
  }

  interface CoverageAnswer {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    /** In `unit` */
    covered: number;
    /** In `unit` */
    total: number;
    /** 0–1 */
    share: number | null;
    unit: string;
    parameters: Parameters;
    notes: string[];
    limits: LimitShare[];
    rows: CoverageRow[];
    townships: CoverageRow[];
    /** The largest first */
    unreached: Unreached[];
    curve: ByLimit;
    detours: ByDetour;
    /** By code, what proposals and closings change */
    gain: { [name: string]: number };
    /** Only with capacities */
    centres?: Use[] | null;
    /** The question in its canonical form */
    query: string;
  }

  interface CoverageRow {
    /** Division code */
    code: string;
    name: string;
    /** In the unit of the answer */
    demand: number;
    /** In the unit of the answer */
    covered: number;
    /** 0–1; null where nobody lives */
    share: number | null;
    /** Name of the nearest centre */
    nearest: string | null;
    nearest_code: string | null;
    /** Whether it lies outside the area asked about */
    nearest_outside: boolean;
    /** Name of the second-nearest centre */
    second: string | null;
    /** With limits in metres */
    distance_m?: number | null;
    /** With limits in metres */
    second_distance_m?: number | null;
    /** With limits in minutes */
    minutes?: number | null;
    /** With limits in minutes */
    second_minutes?: number | null;
    /** Smallest limit that reaches some of the area */
    needed: number | null;
    /** Smallest limit that reaches all of it */
    needed_all: number | null;
  }

  interface CoverageShapes {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    reached: Geometry;
    /** Those with the most people first */
    gaps: GapAnswer[];
    centres: Centre[];
  }

  interface Crop {
    layer: string;
    /** Index in the legend of the layer */
    class: number;
    label: string;
    /** In `unit` */
    value: number;
    unit: string | null;
    rows: number;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    source: string;
    /** Edition of the layer that it comes from */
    edition: string;
    paint: Paint;
  }

  interface Deleted {
    /** Its token */
    deleted: string;
  }

  interface Demand {
    id: "population" | "population_60_plus" | "households" | "area";
    /** Empty where it cannot be counted */
    unit: string;
    /** Title of the layer its places come from */
    layer: string | null;
    /** How it is counted, or why it cannot be */
    words: string;
  }

  interface DensityAnswer {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    grid: Grid;
    unit: string;
    /** In `unit` */
    peak: number;
    /** Base64 of a byte a cell, the northern row first; 255 is the peak */
    values: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
  }

  interface Description {
    openapi: string;
    info: { [name: string]: string };
    /** Address → method → operation */
    paths: { [name: string]: { [name: string]: { [name: string]: Json } } };
    /** JSON schemas */
    components: { [name: string]: { [name: string]: { [name: string]: Json } } };
  }

  interface Difference {
    /** Division code */
    code: string;
    name: string;
    demand: number;
    /** Covered in the first */
    a: number;
    /** Covered in the second */
    b: number;
    /** The second less the first */
    difference: number;
  }

  interface Disputes {
    layer: string;
    visibility: "exact" | "grid" | "counts" | "none";
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    edition?: string | null;
    source?: string | null;
    periods?: PeriodCount[] | null;
    /** Latest published quarter */
    period?: string | null;
    /** Its count; null when withheld */
    count?: number | null;
    suppressed?: boolean | null;
    /** The latest twelve */
    months?: MonthCount[] | null;
    /** Of these months */
    total?: number | null;
    /** First of these months */
    since?: string | null;
    /** Last of these months */
    until?: string | null;
    /** Cases that are open by level of warning */
    open?: { [name: string]: number } | null;
    /** Cases of these months per 1,000 people */
    per_thousand?: number | null;
  }

  interface Division {
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    layer: string;
    /** Length of its codes */
    digits: number;
    title: string;
    /** Field with the code of the division above */
    parent_field: string | null;
  }

  interface DrawnStyle {
    kind: "single" | "categories" | "graduated" | "levels";
    /** Field that the classes are made from */
    field?: string | null;
    cluster: boolean;
    heat: boolean;
    /** Field that is written on the map */
    labels?: string | null;
    labels_from_zoom: number;
    min_zoom: number;
    /** The larger, the further above */
    order: number;
  }

  interface Entries {
    layers: Entry[];
  }

  interface Entry {
    id: string;
    title: string;
    description: string;
    group: "base" | "divisions" | "services" | "industry" | "governance" | "organisations" | "environment" | "indicators";
    /** On a map: as what this viewer gets it drawn */
    geometry: "point" | "line" | "polygon" | "none";
    /** How this viewer gets the rows */
    access: "exact" | "grid" | "counts" | "none";
    /** Rows that this viewer gets; null when withheld or without data */
    count: number | null;
    /** What is counted */
    unit: string;
    /** Current edition; null without data */
    edition: string | null;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    /** Whether any of it is demo data */
    demo: boolean | null;
    /** Field of the day of a row */
    time_field: string | null;
    /** Division that a row describes or lies in */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    published_at: string | null;
    source: Source;
    /** Field that areas add up besides the rows */
    sum_field: string | null;
    /** Declared by this county */
    own: boolean;
  }

  interface Existing {
    /** layer:key */
    code: string;
    name: string;
    lon: number;
    lat: number;
    /** Whether it lies outside the area asked about */
    outside: boolean;
  }

  interface ExportList {
    /** The newest first */
    exports: ExportRecord[];
    /** Files kept for one role */
    files: number;
    /** Records kept for one role */
    records: number;
  }

  interface ExportRecord {
    token: string;
    kind: "sheet" | "atlas" | "report";
    format: string;
    title: string;
    /** Words from which it was made */
    query: string;
    fingerprint: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Layers that have another edition since */
    changed: string[];
    pages: number;
    /** Bytes */
    size: number;
    sha256: string;
    /** Role that exported it, with its scope */
    who: string;
    made_at: string;
    /** Day printed on it */
    made_on: string;
    /** Whether the file is still kept */
    there: boolean;
    /** Whether any of it is demo data */
    demo: boolean;
    notes: string[];
    /** Address of the file */
    file: string | null;
  }

  interface Facility {
    layer: string;
    title: string;
    group: "base" | "divisions" | "services" | "industry" | "governance" | "organisations" | "environment" | "indicators";
    count: number;
    unit: string;
    /** Edition of the layer that it comes from */
    edition: string;
  }

  interface FailedPage {
    /** Division code */
    page: string;
    name: string;
    error: JobError;
  }

  interface Feature {
    type: "Feature";
    /** Key of the row */
    id: string;
    geometry: Geometry | null;
    properties: { [name: string]: string | number | boolean | null };
  }

  interface FeatureCollection {
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    type: "FeatureCollection";
    /** Rows that the filter leaves */
    numberMatched: number;
    /** Rows of this page */
    numberReturned: number;
    /** Address of the next page; null on the last */
    next: string | null;
    features: Feature[];
  }

  interface Figure {
    id: string;
    label: string;
    /** In `unit`; a share is 0–1 and has no unit */
    value: number | null;
    unit: string;
    numerator: number | null;
    denominator: number | null;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    source: string | null;
    /** How it was worked out */
    method: string;
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
  }

  interface FileFeature {
    type: "Feature";
    /** Key of the row; tables of results have none */
    id?: string;
    geometry: Geometry | null;
    properties: { [name: string]: string | number | boolean | null };
  }

  interface GapAnswer {
    rank: number;
    /** In the unit of the demand */
    people: number;
    area_km2: number;
    villages: Named[];
    geometry: Geometry;
  }

  interface GeoJsonFile {
    type: "FeatureCollection";
    name: string;
    /** Edition of the layer; notes of a result name several */
    edition?: string | null;
    /** What a reader must know of the file */
    notes: { [name: string]: string };
    features: FileFeature[];
  }

  interface Geometry {
    type: "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon";
    coordinates: number[] | number[][] | number[][][] | number[][][][];
  }

  interface Grid {
    crs: string;
    /** Western edge in metres of `crs` */
    x0: number;
    /** Northern edge in metres of `crs` */
    y0: number;
    cell_m: number;
    columns: number;
    rows: number;
    /** Clockwise from the north-west */
    corners: [number, number][];
  }

  interface Hit {
    /** Its layer */
    type: string;
    type_title: string;
    layer: string;
    key: string;
    name: string;
    /** What it lies in, in words */
    place: string;
    /** Code of the finest division it lies in */
    code: string;
    lon: number | null;
    lat: number | null;
    bounds: [number, number, number, number] | null;
    /** First matching character, and one past the last */
    match: [number, number];
    matched: string;
    by: "name" | "code" | "pinyin" | "initials";
  }

  interface Hits {
    q: string;
    /** How the best one answers */
    matched_by: "name" | "code" | "pinyin" | "initials" | null;
    results: Hit[];
  }

  interface HotspotsAnswer {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    title: string;
    since: string;
    until: string;
    /** Disputes in areas that are worked with */
    total: number;
    /** Per 1,000 people */
    mean_rate: number;
    parameters: SpotsParameters;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** The county by whole month; empty for published periods */
    months: MonthCount[];
    rows: Spot[];
    /** The question in its canonical form */
    query: string;
  }

  interface Indicator {
    id: string;
    label: string;
    /** In `unit`; a share is 0–1 and has no unit */
    value: number | null;
    unit: string;
    numerator: number | null;
    denominator: number | null;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    source: string | null;
    /** How it was worked out */
    method: string;
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    family: string | null;
    meaning: string;
    /** How areas add up */
    rollup: string;
    /** Rows by answer, the most frequent first */
    choices?: Choice[] | null;
    denominators?: OtherShare[] | null;
  }

  interface JobAdded {
    id: string;
  }

  interface JobError {
    code: string;
    /** In the language of the request */
    message: string;
  }

  interface JobState {
    id: string;
    kind: string;
    state: "waiting" | "running" | "done" | "failed" | "cancelled";
    /** 0–1 */
    done: number;
    message: string;
    best: Best | null;
    result: Siting | Made | null;
    /** Jobs that come first */
    ahead: number;
    /** Only of a job that failed */
    error?: JobError | null;
  }

  type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;

  interface Layer {
    id: string;
    title: string;
    description: string;
    group: "base" | "divisions" | "services" | "industry" | "governance" | "organisations" | "environment" | "indicators";
    /** On a map: as what this viewer gets it drawn */
    geometry: "point" | "line" | "polygon" | "none";
    /** How this viewer gets the rows */
    access: "exact" | "grid" | "counts" | "none";
    /** Rows that this viewer gets; null when withheld or without data */
    count: number | null;
    /** What is counted */
    unit: string;
    /** Current edition; null without data */
    edition: string | null;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    /** Whether any of it is demo data */
    demo: boolean | null;
    /** Field of the day of a row */
    time_field: string | null;
    /** Division that a row describes or lies in */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    published_at: string | null;
    source: Source;
    /** Field that areas add up besides the rows */
    sum_field: string | null;
    /** Declared by this county */
    own: boolean;
    /** Field that is unique in the layer */
    key: string;
    fields: LayerField[];
    style: StyleSpec;
    popup: Popup;
    legend: LegendRow[];
    bounds: [number, number, number, number] | null;
    /** Published periods, for layers given out as counts */
    periods: string[];
    /** By zoom band */
    screen: { [name: string]: Band };
    /** Version of the screen shapes */
    v: string;
  }

  interface LayerField {
    name: string;
    title: string;
    type: "text" | "integer" | "number" | "date" | "year" | "boolean" | "code" | "codes" | "phone";
    unit: string | null;
    required: boolean;
    /** Field that is the denominator of this count */
    share_of: string | null;
    note: string | null;
    /** Only of fields with a code list */
    codes?: Code[] | null;
  }

  interface Legend {
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Rows that the filter leaves */
    total: number;
    /** Period of published counts */
    period: string | null;
    legend: LegendRow[];
  }

  interface LegendRow {
    /** Number of the class, as `cls` of shapes says it */
    index: number;
    title: string;
    /** Sizes in millimetres on paper */
    paint: Paint;
    /** Value or lower limit of the class */
    value: string | number | boolean | null;
    /** Rows of the class that the viewer gets */
    count: number;
  }

  interface LimitShare {
    limit: number;
    covered: number;
    /** 0–1 */
    share: number | null;
  }

  interface Line {
    name: string;
    title: string;
    type: "text" | "integer" | "number" | "date" | "year" | "boolean" | "code" | "codes" | "phone";
    /** As people read it: words for codes */
    value: string | number | boolean | null;
    raw: string | number | boolean | null;
    unit: string | null;
    note: string | null;
    /** Only of fields that are part of another */
    share?: Share | null;
  }

  interface Link {
    title: string;
    url: string;
  }

  interface Made {
    /** Token of the export */
    export?: string | null;
    pages?: number | null;
    /** Bytes */
    size?: number | null;
    /** Made again: whether it is the same, byte by byte */
    same?: boolean | null;
    /** Made again: layers of another edition */
    changed?: string[] | null;
    /** Of an atlas */
    failed?: FailedPage[] | null;
  }

  interface MonthCount {
    /** 2026-01 */
    month: string;
    count: number;
  }

  interface Named {
    /** Division code */
    code: string;
    name: string;
  }

  interface Need {
    /** Key of the centre */
    code: string;
    name: string;
    outside: boolean;
    /** What is lost when it is closed, in the unit of the demand */
    alone: number;
  }

  interface Needs {
    /** The least needed first */
    rows: Need[];
  }

  interface New {
    /** Division code */
    code: string;
    name: string;
    lon: number;
    lat: number;
    /** What it adds to those before it; null where there was none */
    gain: number | null;
  }

  interface NewJob {
    kind: "siting" | "atlas" | "report";
    /** Words of the question */
    plan: { [name: string]: string };
  }

  interface NewScenario {
    /** What people call it */
    name: string;
    /** The coverage question, as its answer gives it in `query` */
    query: string;
  }

  interface OtherShare {
    value: number;
    title: string;
    /** 0–1 */
    share: number;
  }

  interface Paint {
    fill?: string | null;
    fill_opacity?: number;
    line?: string | null;
    line_mm?: number;
    dash?: "solid" | "dash" | "dot" | "county" | "township";
    hatch?: "none" | "diagonal" | "cross" | "dots" | "horizontal";
    hatch_line?: string | null;
    symbol?: "square" | "circle" | "ring" | "triangle" | "diamond" | "shield" | "cross" | "house" | "flag" | "star" | "pentagon" | "hexagon" | "drop" | "tree" | "ball" | "cup" | "book" | "gear" | "box" | "snow" | "mushroom" | "shop" | "flame" | "bolt" | null;
    size_mm?: number;
  }

  interface PaperChoice {
    id: "A4" | "A3" | "slide" | "figure";
    title: string;
    /** mm, in landscape */
    width: number;
    /** mm, in landscape */
    height: number;
    /** Whether portrait is possible */
    turns: boolean;
  }

  interface Parameters {
    services: string[];
    /** In `unit` */
    limits: number[];
    unit: "m" | "min";
    match: "any" | "each";
    mode: "straight" | "detour" | "road";
    demand: "population" | "population_60_plus" | "households" | "area";
    by: "grid" | "village" | "township";
    /** Area; null for the county */
    code: string | null;
    capacity: boolean;
    placed: [number, number][];
    /** layer:key */
    closed: string[];
    /** Only with mode detour */
    detour?: number | null;
    /** Only by road or in minutes */
    travel?: "walk" | "ebike" | "car" | null;
    /** Only for minutes by straight line */
    speed_kmh?: number | null;
  }

  interface PartChoice {
    id: string;
    title: string;
    usual: boolean;
  }

  interface PeriodChoice {
    /** 2026-10, 2026Q3 or 2026 */
    id: string;
    title: string;
  }

  interface PeriodCount {
    /** 2026Q3 or 2026 */
    period: string;
    /** Null when withheld */
    count: number | null;
    suppressed: boolean;
  }

  interface Popup {
    title: string;
    fields: string[];
  }

  interface Problem {
    /** urn:govmap:<code> */
    type: string;
    title: string;
    status: number;
    /** What is wrong and what to do, in the language of the request */
    detail: string;
    /** Stable; programs rely on it */
    code: string;
  }

  interface Profile {
    /** Division code */
    code: string;
    name: string;
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    layer: string;
    /** What it lies in, the largest first */
    parents: Step[];
    bounds: [number, number, number, number] | null;
    figures: Figure[];
    /** Shares of villages with at least one */
    services: Figure[];
    facilities: Facility[];
    industry: Crop[];
    disputes: Disputes | null;
    indicators: Indicator[];
    children: Child[];
    /** Whether any of it is demo data */
    demo: boolean;
  }

  interface Ready {
    status: "ok";
    /** Layers with data */
    layers: number;
  }

  interface Record {
    title: string;
    key: string;
    /** The key again */
    code: string;
    layer: string;
    layer_title: string;
    /** What it lies in, the largest first */
    area: Step[];
    fields: Line[];
    phone: string | null;
    /** Addresses of its pictures */
    photos: string[];
    /** Time that the data are of, as the source writes it */
    period: string | null;
    source: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** Whether its edition holds demo data */
    demo: boolean;
    visibility: "exact" | "grid" | "counts" | "none";
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    position: [number, number] | null;
    bounds: [number, number, number, number] | null;
    navigate: Link[];
  }

  interface Remade {
    token: string;
    kind: "sheet" | "atlas" | "report";
    format: string;
    title: string;
    /** Words from which it was made */
    query: string;
    fingerprint: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Layers that have another edition since */
    changed: string[];
    pages: number;
    /** Bytes */
    size: number;
    sha256: string;
    /** Role that exported it, with its scope */
    who: string;
    made_at: string;
    /** Day printed on it */
    made_on: string;
    /** Whether the file is still kept */
    there: boolean;
    /** Whether any of it is demo data */
    demo: boolean;
    notes: string[];
    /** Address of the file */
    file: string | null;
    /** Whether it is the same, byte by byte */
    same: boolean;
  }

  interface ReportChoices {
    kinds: ReportKind[];
    areas: Named[];
  }

  interface ReportKind {
    id: "governance" | "coverage" | "profile";
    title: string;
    about: string;
    contents: string[];
    /** The newest first; empty where none is asked for */
    periods: PeriodChoice[];
    /** Whether it is about an area */
    area: boolean;
  }

  interface Rows {
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    columns: Column[];
    /** Cells in the order of the columns, codes as words */
    rows: ((string | number | boolean | null)[])[];
    /** Key of each row */
    keys: string[];
    /** Rows that the filter leaves */
    total: number;
    offset: number;
  }

  interface SavedScenario {
    token: string;
    name: string;
    /** The question in its canonical form */
    query: string;
    /** Page that shows it */
    url: string;
    saved_at: string;
    /** Layers that have another edition since */
    changed: string[];
  }

  interface ScaleChoice {
    /** N of 1:N */
    scale: number;
    /** Whether the area fits the paper */
    fits: boolean;
  }

  interface ScenarioAnswer {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    token: string;
    name: string;
    /** The question in its canonical form */
    query: string;
    /** Page that shows it */
    url: string;
    saved_at: string;
    /** Layers that have another edition since */
    changed: string[];
    /** In `unit` */
    covered: number;
    /** In `unit` */
    total: number;
    /** 0–1 */
    share: number | null;
    unit: string;
    /** Proposed centres */
    placed: number;
    /** Centres left out */
    closed: number;
    /** What that changes, in `unit` */
    gain: number;
    /** Villages of which nobody is reached */
    unreached: number;
  }

  interface Service {
    id: string;
    title: string;
    /** Rows that this viewer gets */
    count: number | null;
    unit: string;
  }

  interface Shapes {
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** Zoom band */
    z: number;
    mode: "whole" | "tiles" | "bins";
    kind: "polygon" | "line" | "point";
    /** Period of published counts */
    period: string | null;
    /** Rows drawn */
    count: number;
    key: string[];
    name: string[];
    /** Index in the legend */
    cls: number[];
    /** Points, or differences, in quarter pixels */
    geom: ([number, number] | number[][] | null)[];
    /** Places of names in quarter pixels */
    label?: ([number, number] | null)[] | null;
    /** Side of a square in pixels, in mode bins */
    bin_px?: number | null;
    /** Rows in each square, in mode bins */
    n?: number[] | null;
  }

  interface Share {
    numerator: number;
    denominator: number;
    /** 0–1 */
    value: number;
    /** Field of the denominator */
    of: string;
  }

  interface SheetChoices {
    /** Signs of a title at most */
    title_most: number;
    papers: PaperChoice[];
    parts: PartChoice[];
    areas: Named[];
    /** From those that are just too large to smaller ones */
    scales: ScaleChoice[];
    /** Whether this viewer may confirm that no review is needed */
    may_confirm: boolean;
    /** Only when one is asked for */
    atlas?: AtlasChoice | null;
  }

  interface Siting {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    objective: "max-cover" | "set-cover" | "p-median" | "p-center";
    /** Over all open centres, in `unit` */
    value: number;
    /** Proven: an upper bound for max-cover, a lower one otherwise */
    bound: number | null;
    optimal: boolean;
    /** 0–1 */
    gap: number | null;
    /** The value with the existing centres only */
    before: number | null;
    unit: string;
    total: number;
    fixed: Existing[];
    chosen: New[];
    parameters: SitingParameters;
    notes: string[];
    seconds: number;
  }

  interface SitingParameters {
    services: string[];
    /** In `unit` */
    limits: number[];
    unit: "m" | "min";
    match: "any" | "each";
    mode: "straight" | "detour" | "road";
    demand: "population" | "population_60_plus" | "households" | "area";
    by: "grid" | "village" | "township";
    /** Area; null for the county */
    code: string | null;
    capacity: boolean;
    placed: [number, number][];
    /** layer:key */
    closed: string[];
    /** Only with mode detour */
    detour?: number | null;
    /** Only by road or in minutes */
    travel?: "walk" | "ebike" | "car" | null;
    /** Only for minutes by straight line */
    speed_kmh?: number | null;
    add: number;
    objective: "max-cover" | "set-cover" | "p-median" | "p-center";
    prefer: "" | "backup" | "equity" | null;
    /** villages, or how many places were listed */
    candidates: string | number;
    time_limit_s: number;
  }

  interface Source {
    owner: string;
    renewal: "once" | "year" | "quarter" | "month" | "day";
  }

  interface Spot {
    /** Division code */
    code: string;
    name: string;
    people: number | null;
    /** Disputes */
    n: number | null;
    /** Per 1,000 people */
    rate: number | null;
    /** Per 1,000 people, smoothed */
    rate_smoothed: number | null;
    z: number | null;
    p: number | null;
    /** p, corrected for false discoveries */
    q: number | null;
    class: "hot" | "cold" | "none";
    /** Kind of emerging hot or cold spot; none for neither */
    trend: string;
    hot_months: number;
  }

  interface SpotsParameters {
    since: string;
    until: string;
    by: "grid" | "village";
    neighbours: "queen" | "band";
    /** Only with neighbours=band */
    band_m?: number | null;
    alpha: number;
    correction: string;
    smoothing: string;
    lag_months: number;
  }

  interface StandardAnswer {
    id: string;
    title: string;
    /** Layer ids; empty for any */
    services: string[];
    /** In `unit` */
    within: number;
    unit: "m" | "min";
    population: "population" | "population_60_plus" | "households" | "area";
    basis: "standard" | "suggestion" | "county";
    document: string | null;
    clause: string | null;
    note: string | null;
  }

  interface Step {
    /** Division code */
    code: string;
    name: string;
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
  }

  interface StyleClass {
    title: Text;
    values?: string[];
    least?: number | null;
    paint: Paint;
  }

  interface StyleSpec {
    kind?: "single" | "categories" | "graduated" | "levels";
    field?: string | null;
    paint?: Paint | null;
    classes?: StyleClass[];
    other?: StyleClass | null;
    ramp?: "share" | "rate" | null;
    breaks?: number;
    cluster?: boolean;
    heat?: boolean;
    labels?: string | null;
    labels_from_zoom?: number;
    min_zoom?: number;
    order?: number;
  }

  interface Text {
    zh: string;
    en: string;
  }

  interface ThemeAnswer {
    id: string;
    title: string;
    icon: string;
    description: string;
    groups: ThemeGroup[];
    time: TimeBar | null;
    /** Layer that is coloured by a number */
    choropleth: string | null;
    viewer: ThemeViewer;
    /** Whether any of it is demo data */
    demo: boolean;
    county: CountyAnswer;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Symbol → path of its outline */
    symbols: { [name: string]: string };
    /** The largest first */
    divisions: Division[];
  }

  interface ThemeEntries {
    themes: ThemeEntry[];
  }

  interface ThemeEntry {
    id: string;
    title: string;
    icon: string;
    description: string;
    roles: ("public" | "grid_worker" | "planner" | "mediator" | "operator")[];
    /** Whether it is for the role of this viewer */
    for_viewer: boolean;
  }

  interface ThemeGroup {
    title: string;
    layers: ThemeLayer[];
  }

  interface ThemeLayer {
    id: string;
    title: string;
    description: string;
    group: "base" | "divisions" | "services" | "industry" | "governance" | "organisations" | "environment" | "indicators";
    /** On a map: as what this viewer gets it drawn */
    geometry: "point" | "line" | "polygon" | "none";
    /** How this viewer gets the rows */
    access: "exact" | "grid" | "counts" | "none";
    /** Rows that this viewer gets; null when withheld or without data */
    count: number | null;
    /** What is counted */
    unit: string;
    /** Current edition; null without data */
    edition: string | null;
    /** Time that the data are of, as the source writes it */
    period: string | null;
    /** Whether any of it is demo data */
    demo: boolean | null;
    /** Field of the day of a row */
    time_field: string | null;
    /** Whether it is shown at first */
    visible: boolean;
    /** Version of the screen shapes */
    v: string;
    /** Published periods, for layers given out as counts */
    periods: string[];
    photos: boolean;
    owner: string;
    legend: LegendRow[];
    style: DrawnStyle;
    /** Fields to filter by */
    filters: LayerField[];
    /** By zoom band */
    screen: { [name: string]: Band };
  }

  interface ThemeViewer {
    role: "public" | "grid_worker" | "planner" | "mediator" | "operator";
    /** Division code; empty for the public */
    scope: string;
    bounds: [number, number, number, number] | null;
    scope_name: string;
    /** Changes with everything that redaction rests on */
    key: string;
    /** Whether another role may be chosen */
    switch: boolean;
    roles: ("public" | "grid_worker" | "planner" | "mediator" | "operator")[];
  }

  interface TimeBar {
    layer: string;
    kind: "months" | "periods" | "none";
    periods: string[];
  }

  interface Timeline {
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Division code that was asked for */
    area: string | null;
    months: MonthCount[];
    periods: PeriodCount[];
  }

  interface Token {
    token: string;
  }

  interface Unreached {
    /** Division code */
    code: string;
    name: string;
    demand: number;
    nearest: string | null;
    /** Smallest limit that reaches some of it */
    needed: number | null;
    /** Smallest limit that reaches all of it */
    needed_all: number | null;
  }

  interface Use {
    /** Key of the centre */
    code: string;
    name: string;
    /** In people */
    capacity: number;
    /** In people */
    used: number;
  }

  interface WatchedJob {
    id: string;
    kind: string;
    state: "waiting" | "running" | "done" | "failed" | "cancelled";
    /** 0–1 */
    done: number;
    message: string;
    best: Best | null;
    result: Siting | Made | null;
    /** Jobs that come first */
    ahead: number;
    /** Only of a job that failed */
    error?: JobError | null;
    worker: boolean;
  }
}
