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
    /** Always ok; anything else comes as a problem */
    status: "ok";
  }

  interface AtlasChoice {
    /** Areas of which each has a page */
    by: string;
    /** In the order of the file */
    pages: AtlasPage[];
  }

  interface AtlasPage {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** From 1 */
    number: number;
  }

  interface Band {
    /** All at once, by tile, or as squares that count rows */
    mode: "whole" | "tiles" | "bins";
    /** Side of the median shape's box in pixels */
    median_px: number;
  }

  interface Best {
    /** Best value so far, as `value` of the result */
    value: number;
    /** No proposal is better than this */
    bound: number;
    /** How far the value may be from the best, 0–1 */
    gap: number;
    /** Seconds since the search began */
    seconds: number;
  }

  interface ByDetour {
    /** Factors on the straight line */
    factors: number[];
    /** Part that is reached at each */
    shares: (number | null)[];
  }

  interface ByLimit {
    /** In the unit of the limits */
    limits: number[];
    /** Part that is reached at each */
    shares: (number | null)[];
  }

  interface Centre {
    /** Id of the layer */
    layer: string;
    /** Key of the row in its layer */
    key: string;
    /** Name as the data give it */
    name: string;
    /** Longitude in CGCS2000 degrees */
    lon: number;
    /** Latitude in CGCS2000 degrees */
    lat: number;
    /** Whether it lies outside the area asked about */
    outside: boolean;
    /** False for one that the question closes */
    open: boolean;
  }

  interface Child {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** Level of the division */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    /** Area in km², measured on the map; null without a shape */
    area_km2: number | null;
    /** Villages in it; null for those below a township */
    villages: number | null;
    /** Grids in it; null for grids */
    grids: number | null;
    /** Inhabitants; null where unknown */
    population: number | null;
    /** Inhabitants from 60 years on; null where unknown */
    population_60_plus: number | null;
    /** Households; null where unknown */
    households: number | null;
  }

  interface Choice {
    /** As it is stored */
    value: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** How many rows */
    count: number;
  }

  interface Choices {
    /** Layers of services with data that this viewer gets */
    services: Service[];
    /** Limits that can be taken over */
    standards: StandardAnswer[];
    /** Whom or what coverage can be asked for */
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
    /** As it is stored */
    value: string;
    /** What people read for it, in the language of the request */
    title: string;
  }

  interface Column {
    /** Name of the field */
    name: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Type of the values */
    type: "text" | "integer" | "number" | "date" | "year" | "boolean" | "code" | "codes" | "phone";
    /** Unit as people write it; null for what has none */
    unit: string | null;
  }

  interface Comparison {
    /** The first */
    a: ScenarioAnswer;
    /** The second */
    b: ScenarioAnswer;
    /** Covered in the second less covered in the first */
    difference: number;
    /** Each township, the largest difference first */
    townships: Difference[];
    /** Those that differ most, up to 50 */
    rows: Difference[];
  }

  interface CountyAnswer {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** West, south, east, north in CGCS2000 degrees; null without a place */
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
    /** Part that is reached, 0–1; null without demand */
    share: number | null;
    /** Unit of the demand as people write it */
    unit: string;
    /** What was asked, with what is usual filled in */
    parameters: Parameters;
    /** What a reader must know, one sentence each */
    notes: string[];
    /** By limit that was asked for */
    limits: LimitShare[];
    /** By area of `by` */
    rows: CoverageRow[];
    /** By township */
    townships: CoverageRow[];
    /** The largest first */
    unreached: Unreached[];
    /** How the share grows with the limit */
    curve: ByLimit;
    /** How the share falls with the factor */
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
    /** Name as the data give it */
    name: string;
    /** In the unit of the answer */
    demand: number;
    /** In the unit of the answer */
    covered: number;
    /** Part that is reached, 0–1; null without demand */
    share: number | null;
    /** Name of the nearest centre; null where none is reached */
    nearest: string | null;
    /** layer:key of the nearest centre; null where none is reached */
    nearest_code: string | null;
    /** Whether it lies outside the area asked about */
    nearest_outside: boolean;
    /** Name of the second-nearest centre; null where none is reached */
    second: string | null;
    /** Mean metres to it; only with limits in metres */
    distance_m?: number | null;
    /** Mean metres; only with limits in metres */
    second_distance_m?: number | null;
    /** Mean minutes to it; only with limits in minutes */
    minutes?: number | null;
    /** Mean minutes; only with limits in minutes */
    second_minutes?: number | null;
    /** Smallest limit that reaches some of it; null where none does */
    needed: number | null;
    /** Smallest limit that reaches all of it; null where none does */
    needed_all: number | null;
  }

  interface CoverageShapes {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    /** What lies within the limit */
    reached: Geometry;
    /** Those with the most people first */
    gaps: GapAnswer[];
    /** Existing and proposed ones */
    centres: Centre[];
  }

  interface Crop {
    /** Id of the layer */
    layer: string;
    /** Index in the legend of the layer */
    class: number;
    /** Title of the class */
    label: string;
    /** In `unit` */
    value: number;
    /** Unit as people write it; null for what has none */
    unit: string | null;
    /** How many rows */
    rows: number;
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Who answers for the data */
    source: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** How the class is drawn */
    paint: Paint;
  }

  interface Deleted {
    /** Its token */
    deleted: string;
  }

  interface Demand {
    /** Who or what is to be reached */
    id: "population" | "population_60_plus" | "households" | "area";
    /** Empty where it cannot be counted */
    unit: string;
    /** Title of the layer of its places; null where it cannot be counted */
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
    /** Where the cells lie */
    grid: Grid;
    /** Unit of the density */
    unit: string;
    /** In `unit` */
    peak: number;
    /** Base64 of a byte a cell, the northern row first; 255 is the peak */
    values: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
  }

  interface Description {
    /** Version of OpenAPI */
    openapi: string;
    /** Title of the county's service, version of its declarations */
    info: { [name: string]: string };
    /** Address → method → operation */
    paths: { [name: string]: { [name: string]: { [name: string]: Json } } };
    /** JSON schemas */
    components: { [name: string]: { [name: string]: { [name: string]: Json } } };
  }

  interface Difference {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** All the demand of the area, in the unit of the answer */
    demand: number;
    /** Covered in the first */
    a: number;
    /** Covered in the second */
    b: number;
    /** The second less the first */
    difference: number;
  }

  interface Disputes {
    /** Id of the layer */
    layer: string;
    /** How this viewer gets the rows */
    visibility: "exact" | "grid" | "counts" | "none";
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Edition of the layer; null where it is not told */
    edition?: string | null;
    /** Who answers for the data; null without an edition */
    source?: string | null;
    /** Published periods, the oldest first; only for the public */
    periods?: PeriodCount[] | null;
    /** Latest published quarter; null for none, only for the public */
    period?: string | null;
    /** Its count; null when withheld, only for the public */
    count?: number | null;
    /** Whether `count` is withheld; only for the public */
    suppressed?: boolean | null;
    /** The latest twelve; only for staff */
    months?: MonthCount[] | null;
    /** Of these months; only for staff */
    total?: number | null;
    /** First of these months, 2026-01; only for staff */
    since?: string | null;
    /** Last of these months, 2026-01; only for staff */
    until?: string | null;
    /** Cases that are open by level of warning; null where not collected, only for staff */
    open?: { [name: string]: number } | null;
    /** Cases of these months per 1,000 people; only for staff, where people are known */
    per_thousand?: number | null;
  }

  interface Division {
    /** Level of the division */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    /** Id of the layer */
    layer: string;
    /** Length of its codes */
    digits: number;
    /** What people read for it, in the language of the request */
    title: string;
    /** Field with the code of the division above; null for none */
    parent_field: string | null;
  }

  interface DrawnStyle {
    /** One look for all rows, or a class by value, by number or by level of warning */
    kind: "single" | "categories" | "graduated" | "levels";
    /** Field of the classes; null for a single style */
    field?: string | null;
    /** Whether points that lie close together are drawn as one */
    cluster: boolean;
    /** Whether its density can be drawn */
    heat: boolean;
    /** Field that is written on the map; null for no names */
    labels?: string | null;
    /** Smallest zoom at which names are written */
    labels_from_zoom: number;
    /** Smallest zoom at which it is drawn */
    min_zoom: number;
    /** The larger, the further above */
    order: number;
  }

  interface Entries {
    /** In the order of the catalogue */
    layers: Entry[];
  }

  interface Entry {
    /** Id of the layer */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** What it is about, in the language of the request */
    description: string;
    /** Group of the catalogue */
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
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Whether any of it is demo data; null without data */
    demo: boolean | null;
    /** Field of the day of a row; null without one, or without rows for this viewer */
    time_field: string | null;
    /** Division that a row describes or lies in */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    /** Time of the edition, ISO 8601 in UTC; null without data */
    published_at: string | null;
    /** Who answers for the data */
    source: Source;
    /** Field that areas add up besides the rows; null for none */
    sum_field: string | null;
    /** Declared by this county */
    own: boolean;
  }

  interface Existing {
    /** layer:key */
    code: string;
    /** Name as the data give it */
    name: string;
    /** Longitude in CGCS2000 degrees */
    lon: number;
    /** Latitude in CGCS2000 degrees */
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
    /** 32 hexadecimal digits that stand for it in addresses */
    token: string;
    /** What was made */
    kind: "sheet" | "atlas" | "report";
    /** Ending of the file */
    format: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Words from which it was made */
    query: string;
    /** Printed on it; the same question of the same editions has the same */
    fingerprint: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Layers that have another edition since */
    changed: string[];
    /** Pages of the file */
    pages: number;
    /** Bytes */
    size: number;
    /** SHA-256 of the file in hexadecimal digits */
    sha256: string;
    /** Role that exported it, with its scope */
    who: string;
    /** Time, ISO 8601 in UTC */
    made_at: string;
    /** Day printed on it */
    made_on: string;
    /** Whether the file is still kept */
    there: boolean;
    /** Whether any of it is demo data */
    demo: boolean;
    /** What a reader must know, one sentence each */
    notes: string[];
    /** Address of the file; null when it is no longer kept */
    file: string | null;
  }

  interface Facility {
    /** Id of the layer */
    layer: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Group of the catalogue */
    group: "base" | "divisions" | "services" | "industry" | "governance" | "organisations" | "environment" | "indicators";
    /** How many rows */
    count: number;
    /** What is counted */
    unit: string;
    /** Edition of the layer that it comes from */
    edition: string;
  }

  interface FailedPage {
    /** Division code */
    page: string;
    /** Name as the data give it */
    name: string;
    /** Why it could not be made */
    error: JobError;
  }

  interface Feature {
    /** Always Feature */
    type: "Feature";
    /** Key of the row */
    id: string;
    /** Null where there is no place that this viewer may know */
    geometry: Geometry | null;
    /** Fields that this viewer may see, by name */
    properties: { [name: string]: string | number | boolean | null };
  }

  interface FeatureCollection {
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Always FeatureCollection */
    type: "FeatureCollection";
    /** Rows that the filter leaves */
    numberMatched: number;
    /** Rows of this page */
    numberReturned: number;
    /** Address of the next page; null on the last */
    next: string | null;
    /** Rows of this page */
    features: Feature[];
  }

  interface Figure {
    /** Name of the number */
    id: string;
    /** What the number is, in the language of the request */
    label: string;
    /** In `unit`, a share 0–1; null where it is unknown or withheld */
    value: number | null;
    /** Unit as people write it; empty for a share */
    unit: string;
    /** Part of a share; null for other numbers */
    numerator: number | null;
    /** Whole of a share; null for other numbers */
    denominator: number | null;
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Who answers for the data; null where nobody is named */
    source: string | null;
    /** How it was worked out */
    method: string;
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
  }

  interface FileFeature {
    /** Always Feature */
    type: "Feature";
    /** Key of the row; tables of results have none */
    id?: string;
    /** Null where there is no place that this viewer may know */
    geometry: Geometry | null;
    /** Fields that this viewer may see, by name */
    properties: { [name: string]: string | number | boolean | null };
  }

  interface GapAnswer {
    /** 1 for the one with the most people */
    rank: number;
    /** In the unit of the demand */
    people: number;
    /** Area in km² */
    area_km2: number;
    /** Villages of the places in it */
    villages: Named[];
    /** Its outline */
    geometry: Geometry;
  }

  interface GeoJsonFile {
    /** Always FeatureCollection */
    type: "FeatureCollection";
    /** Id of the layer or of the result */
    name: string;
    /** Edition of the layer; null for results, see the notes */
    edition?: string | null;
    /** What a reader must know of the file */
    notes: { [name: string]: string };
    /** One a row */
    features: FileFeature[];
  }

  interface Geometry {
    /** Kind of shape */
    type: "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon";
    /** Pairs of longitude and latitude, nested as the kind asks for */
    coordinates: number[] | number[][] | number[][][] | number[][][][];
  }

  interface Grid {
    /** Projected system of coordinates, as EPSG code */
    crs: string;
    /** Western edge in metres of `crs` */
    x0: number;
    /** Northern edge in metres of `crs` */
    y0: number;
    /** Side of a cell in metres */
    cell_m: number;
    /** Cells from west to east */
    columns: number;
    /** Cells from north to south */
    rows: number;
    /** Clockwise from the north-west */
    corners: [number, number][];
  }

  interface Hit {
    /** Its layer */
    type: string;
    /** Title of its layer */
    type_title: string;
    /** Id of the layer */
    layer: string;
    /** Key of the row in its layer */
    key: string;
    /** Name as the data give it */
    name: string;
    /** What it lies in, in words */
    place: string;
    /** Code of the finest division it lies in */
    code: string;
    /** Longitude of the middle in CGCS2000 degrees; null without a place */
    lon: number | null;
    /** Latitude of the middle in CGCS2000 degrees; null without a place */
    lat: number | null;
    /** West, south, east, north in CGCS2000 degrees; null without a place */
    bounds: [number, number, number, number] | null;
    /** First matching character, and one past the last */
    match: [number, number];
    /** Part of its name, code or pinyin that answers to `q` */
    matched: string;
    /** How it answers */
    by: "name" | "code" | "pinyin" | "initials";
  }

  interface Hits {
    /** What was asked, without blanks around it */
    q: string;
    /** How the best one answers; null for no results */
    matched_by: "name" | "code" | "pinyin" | "initials" | null;
    /** The best first */
    results: Hit[];
  }

  interface HotspotsAnswer {
    /** How it was worked out, and from which data */
    method: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Whether any of it is demo data */
    demo: boolean;
    /** What people read for it, in the language of the request */
    title: string;
    /** First day, 2026-01-31 */
    since: string;
    /** Last day, inclusive, 2026-01-31 */
    until: string;
    /** Disputes in areas that are worked with */
    total: number;
    /** Per 1,000 people */
    mean_rate: number;
    /** What was asked, with what is usual filled in */
    parameters: SpotsParameters;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** The county by whole month; empty for published periods */
    months: MonthCount[];
    /** By area of `by` */
    rows: Spot[];
    /** The question in its canonical form */
    query: string;
  }

  interface Indicator {
    /** Name of the number */
    id: string;
    /** What the number is, in the language of the request */
    label: string;
    /** In `unit`, a share 0–1; null where it is unknown or withheld */
    value: number | null;
    /** Unit as people write it; empty for a share */
    unit: string;
    /** Part of a share; null for other numbers */
    numerator: number | null;
    /** Whole of a share; null for other numbers */
    denominator: number | null;
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Who answers for the data; null where nobody is named */
    source: string | null;
    /** How it was worked out */
    method: string;
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** Heading that it stands under; null for none */
    family: string | null;
    /** What it is about, in the language of the request */
    meaning: string;
    /** How areas add up */
    rollup: string;
    /** Rows by answer, the most frequent first; only where answers are chosen from a list */
    choices?: Choice[] | null;
    /** The same of other wholes; only for the county */
    denominators?: OtherShare[] | null;
  }

  interface JobAdded {
    /** Id of the job */
    id: string;
  }

  interface JobError {
    /** Stable; programs rely on it */
    code: string;
    /** In the language of the request */
    message: string;
  }

  interface JobState {
    /** Id of the job */
    id: string;
    /** What is to be done */
    kind: string;
    /** Where it stands */
    state: "waiting" | "running" | "done" | "failed" | "cancelled";
    /** 0–1 */
    done: number;
    /** What it is at, in the language of the request; empty before it begins */
    message: string;
    /** Of a search that still runs; null before anything is found */
    best: Best | null;
    /** What came of it; null until it is done */
    result: Siting | Made | null;
    /** Jobs that come first */
    ahead: number;
    /** Only of a job that failed */
    error?: JobError | null;
  }

  type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;

  interface Layer {
    /** Id of the layer */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** What it is about, in the language of the request */
    description: string;
    /** Group of the catalogue */
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
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Whether any of it is demo data; null without data */
    demo: boolean | null;
    /** Field of the day of a row; null without one, or without rows for this viewer */
    time_field: string | null;
    /** Division that a row describes or lies in */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    /** Time of the edition, ISO 8601 in UTC; null without data */
    published_at: string | null;
    /** Who answers for the data */
    source: Source;
    /** Field that areas add up besides the rows; null for none */
    sum_field: string | null;
    /** Declared by this county */
    own: boolean;
    /** Field that is unique in the layer */
    key: string;
    /** Those that this viewer may see */
    fields: LayerField[];
    /** How it is drawn */
    style: StyleSpec;
    /** What the card of a record shows */
    popup: Popup;
    /** Classes in the order of the legend */
    legend: LegendRow[];
    /** West, south, east, north in CGCS2000 degrees; null without a place */
    bounds: [number, number, number, number] | null;
    /** Published periods, for layers given out as counts */
    periods: string[];
    /** By zoom band */
    screen: { [name: string]: Band };
    /** Version of the screen shapes */
    v: string;
  }

  interface LayerField {
    /** Name of the field */
    name: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Type of the values */
    type: "text" | "integer" | "number" | "date" | "year" | "boolean" | "code" | "codes" | "phone";
    /** Unit as people write it; null for what has none */
    unit: string | null;
    /** Whether every row must have it */
    required: boolean;
    /** Field that is the denominator of this count; null for none */
    share_of: string | null;
    /** What else is to be known of the field; null for nothing */
    note: string | null;
    /** Only of fields with a code list */
    codes?: Code[] | null;
  }

  interface Legend {
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Rows that the filter leaves */
    total: number;
    /** Period of published counts; null for other layers */
    period: string | null;
    /** Classes in the order of the legend */
    legend: LegendRow[];
  }

  interface LegendRow {
    /** Number of the class, as `cls` of shapes says it */
    index: number;
    /** What people read for it, in the language of the request */
    title: string;
    /** Sizes in millimetres on paper */
    paint: Paint;
    /** Value or lower limit of the class; null for a class without one */
    value: string | number | boolean | null;
    /** Rows of the class that the viewer gets */
    count: number;
  }

  interface LimitShare {
    /** In the unit of the limits */
    limit: number;
    /** Demand that is reached, in the unit of the answer */
    covered: number;
    /** Part that is reached, 0–1; null without demand */
    share: number | null;
  }

  interface Line {
    /** Name of the field */
    name: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Type of the values */
    type: "text" | "integer" | "number" | "date" | "year" | "boolean" | "code" | "codes" | "phone";
    /** As people read it, words for codes; null without a value */
    value: string | number | boolean | null;
    /** As it is stored; null without a value */
    raw: string | number | boolean | null;
    /** Unit as people write it; null for what has none */
    unit: string | null;
    /** What else is to be known of the field; null for nothing */
    note: string | null;
    /** Only of fields that are part of another */
    share?: Share | null;
  }

  interface Link {
    /** What people read for it, in the language of the request */
    title: string;
    /** Address that opens the map program */
    url: string;
  }

  interface Made {
    /** Token of the export; null when cancelled */
    export?: string | null;
    /** Pages that were made; null when cancelled */
    pages?: number | null;
    /** Bytes; null when cancelled */
    size?: number | null;
    /** Whether it is the same, byte by byte; only when made again */
    same?: boolean | null;
    /** Layers of another edition; only when made again */
    changed?: string[] | null;
    /** Pages that were not made; only of an atlas */
    failed?: FailedPage[] | null;
  }

  interface MonthCount {
    /** 2026-01 */
    month: string;
    /** How many rows */
    count: number;
  }

  interface Named {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
  }

  interface Need {
    /** Key of the centre */
    code: string;
    /** Name as the data give it */
    name: string;
    /** Whether it lies outside the area asked about */
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
    /** Name as the data give it */
    name: string;
    /** Longitude in CGCS2000 degrees */
    lon: number;
    /** Latitude in CGCS2000 degrees */
    lat: number;
    /** What it adds to those before it; null where there was none */
    gain: number | null;
  }

  interface NewJob {
    /** What is to be done */
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
    /** The other denominator */
    value: number;
    /** What people read for it, in the language of the request */
    title: string;
    /** 0–1 */
    share: number;
  }

  interface Paint {
    /** Colour of the area or symbol, of the core of a line; null for none */
    fill?: string | null;
    /** 0 is clear, 1 covers */
    fill_opacity?: number;
    /** Colour of the outline or stroke; null for none */
    line?: string | null;
    /** Width of the outline or stroke in mm on paper */
    line_mm?: number;
    /** Strokes and gaps of the line */
    dash?: "solid" | "dash" | "dot" | "county" | "township";
    /** Pattern on the area */
    hatch?: "none" | "diagonal" | "cross" | "dots" | "horizontal";
    /** Colour of the pattern; null for none */
    hatch_line?: string | null;
    /** Symbol of a point; null where it has none */
    symbol?: "square" | "circle" | "ring" | "triangle" | "diamond" | "shield" | "cross" | "house" | "flag" | "star" | "pentagon" | "hexagon" | "drop" | "tree" | "ball" | "cup" | "book" | "gear" | "box" | "snow" | "mushroom" | "shop" | "flame" | "bolt" | null;
    /** Size of the symbol in mm on paper */
    size_mm?: number;
  }

  interface PaperChoice {
    /** Word for `paper` */
    id: "A4" | "A3" | "slide" | "figure";
    /** What people read for it, in the language of the request */
    title: string;
    /** mm, in landscape */
    width: number;
    /** mm, in landscape */
    height: number;
    /** Whether portrait is possible */
    turns: boolean;
  }

  interface Parameters {
    /** Layer ids of the services */
    services: string[];
    /** In `unit` */
    limits: number[];
    /** Metres or minutes */
    unit: "m" | "min";
    /** Reached by any of the services, or by each */
    match: "any" | "each";
    /** How far it is: straight, with a factor, or by road */
    mode: "straight" | "detour" | "road";
    /** Who or what is to be reached */
    demand: "population" | "population_60_plus" | "households" | "area";
    /** Areas of the rows */
    by: "grid" | "village" | "township";
    /** Area; null for the county */
    code: string | null;
    /** Whether places are counted */
    capacity: boolean;
    /** Proposed centres */
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
    /** Word for `parts` */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Whether it stands on the paper unless something else is said */
    usual: boolean;
  }

  interface PeriodChoice {
    /** 2026-10, 2026Q3 or 2026 */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
  }

  interface PeriodCount {
    /** 2026Q3 or 2026 */
    period: string;
    /** Rows of the period; null when withheld */
    count: number | null;
    /** Whether the count is withheld */
    suppressed: boolean;
  }

  interface Popup {
    /** Field that names the record */
    title: string;
    /** Fields below it in their order, those that this viewer may see */
    fields: string[];
  }

  interface Problem {
    /** urn:govmap:<code> */
    type: string;
    /** Kind of fault, in the language of the request */
    title: string;
    /** HTTP status */
    status: number;
    /** What is wrong and what to do, in the language of the request */
    detail: string;
    /** Stable; programs rely on it */
    code: string;
  }

  interface Profile {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** Level of the division */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
    /** Id of the layer */
    layer: string;
    /** What it lies in, the largest first */
    parents: Step[];
    /** West, south, east, north in CGCS2000 degrees; null without a place */
    bounds: [number, number, number, number] | null;
    /** The main numbers */
    figures: Figure[];
    /** Shares of villages with at least one */
    services: Figure[];
    /** Places of service by layer */
    facilities: Facility[];
    /** Parcels by class, the largest first */
    industry: Crop[];
    /** Where the county keeps them; null elsewhere */
    disputes: Disputes | null;
    /** Figures by the county's definitions */
    indicators: Indicator[];
    /** Divisions right below */
    children: Child[];
    /** Whether any of it is demo data */
    demo: boolean;
  }

  interface Ready {
    /** Always ok; anything else comes as a problem */
    status: "ok";
    /** Layers with data */
    layers: number;
  }

  interface Record {
    /** Name of the record, else its layer and key */
    title: string;
    /** Key of the row in its layer */
    key: string;
    /** The key again */
    code: string;
    /** Id of the layer */
    layer: string;
    /** Title of the layer */
    layer_title: string;
    /** What it lies in, the largest first */
    area: Step[];
    /** Fields of its card, those that this viewer may see */
    fields: Line[];
    /** Number to call; null without one that this viewer may know */
    phone: string | null;
    /** Addresses of its pictures */
    photos: string[];
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Who answers for the data */
    source: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** Whether its edition holds demo data */
    demo: boolean;
    /** How this viewer gets the rows */
    visibility: "exact" | "grid" | "counts" | "none";
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Longitude, latitude of a point in it, CGCS2000 degrees; null without a place */
    position: [number, number] | null;
    /** West, south, east, north in CGCS2000 degrees; null without a place */
    bounds: [number, number, number, number] | null;
    /** Links into map programs; empty unless it is a point whose exact place this viewer gets */
    navigate: Link[];
  }

  interface Remade {
    /** 32 hexadecimal digits that stand for it in addresses */
    token: string;
    /** What was made */
    kind: "sheet" | "atlas" | "report";
    /** Ending of the file */
    format: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Words from which it was made */
    query: string;
    /** Printed on it; the same question of the same editions has the same */
    fingerprint: string;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Layers that have another edition since */
    changed: string[];
    /** Pages of the file */
    pages: number;
    /** Bytes */
    size: number;
    /** SHA-256 of the file in hexadecimal digits */
    sha256: string;
    /** Role that exported it, with its scope */
    who: string;
    /** Time, ISO 8601 in UTC */
    made_at: string;
    /** Day printed on it */
    made_on: string;
    /** Whether the file is still kept */
    there: boolean;
    /** Whether any of it is demo data */
    demo: boolean;
    /** What a reader must know, one sentence each */
    notes: string[];
    /** Address of the file; null when it is no longer kept */
    file: string | null;
    /** Whether it is the same, byte by byte */
    same: boolean;
  }

  interface ReportChoices {
    /** Those that this viewer can have */
    kinds: ReportKind[];
    /** Townships, and what lies below them on the way to `code` */
    areas: Named[];
  }

  interface ReportKind {
    /** Word for `report` */
    id: "governance" | "coverage" | "profile";
    /** What people read for it, in the language of the request */
    title: string;
    /** What it is about, in the language of the request */
    about: string;
    /** What stands in it, in order */
    contents: string[];
    /** The newest first; empty where none is asked for */
    periods: PeriodChoice[];
    /** Whether it is about an area */
    area: boolean;
  }

  interface Rows {
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Fields that this viewer may see */
    columns: Column[];
    /** Cells in the order of the columns, codes as words */
    rows: ((string | number | boolean | null)[])[];
    /** Key of each row */
    keys: string[];
    /** Rows that the filter leaves */
    total: number;
    /** Rows that were skipped */
    offset: number;
  }

  interface SavedScenario {
    /** 32 hexadecimal digits that stand for it in addresses */
    token: string;
    /** What people call it */
    name: string;
    /** The question in its canonical form */
    query: string;
    /** Page that shows it */
    url: string;
    /** Time, ISO 8601 in UTC */
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
    /** 32 hexadecimal digits that stand for it in addresses */
    token: string;
    /** What people call it */
    name: string;
    /** The question in its canonical form */
    query: string;
    /** Page that shows it */
    url: string;
    /** Time, ISO 8601 in UTC */
    saved_at: string;
    /** Layers that have another edition since */
    changed: string[];
    /** In `unit` */
    covered: number;
    /** In `unit` */
    total: number;
    /** Part that is reached, 0–1; null without demand */
    share: number | null;
    /** Unit of the demand as people write it */
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
    /** Id of the layer */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Rows that this viewer gets; null when withheld */
    count: number | null;
    /** What is counted */
    unit: string;
  }

  interface Shapes {
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** Zoom band */
    z: number;
    /** All at once, by tile, or as squares that count rows */
    mode: "whole" | "tiles" | "bins";
    /** How the shapes are drawn */
    kind: "polygon" | "line" | "point";
    /** Period of published counts; null for other layers */
    period: string | null;
    /** Rows drawn */
    count: number;
    /** Key of each row; empty text for squares */
    key: string[];
    /** Name of each row; empty text for squares */
    name: string[];
    /** Index in the legend */
    cls: number[];
    /** Points, or differences, in quarter pixels */
    geom: ([number, number] | number[][] | null)[];
    /** Places of names in quarter pixels; only of areas with names */
    label?: ([number, number] | null)[] | null;
    /** Side of a square in pixels; only in mode bins */
    bin_px?: number | null;
    /** Rows in each square; only in mode bins */
    n?: number[] | null;
  }

  interface Share {
    /** Value of the field */
    numerator: number;
    /** Value of the field `of` */
    denominator: number;
    /** 0–1 */
    value: number;
    /** Field of the denominator */
    of: string;
  }

  interface SheetChoices {
    /** Signs of a title at most */
    title_most: number;
    /** Papers that can be chosen */
    papers: PaperChoice[];
    /** What can stand on the sheet */
    parts: PartChoice[];
    /** The county, and what lies below it towards the chosen area */
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
    /** Most demand reached, all of it with fewest centres, least way in all, or least longest way */
    objective: "max-cover" | "set-cover" | "p-median" | "p-center";
    /** Over all open centres, in `unit` */
    value: number;
    /** Proven: an upper bound for max-cover, a lower one otherwise; null for none */
    bound: number | null;
    /** Whether no better choice exists */
    optimal: boolean;
    /** How far it may be from the best, 0–1; null where nothing is proven */
    gap: number | null;
    /** The value with the existing centres only */
    before: number | null;
    /** Unit of the values */
    unit: string;
    /** All the demand there is, in the unit of the demand */
    total: number;
    /** Existing centres that stay */
    fixed: Existing[];
    /** New centres in the order of their gain */
    chosen: New[];
    /** What was asked, with what is usual filled in */
    parameters: SitingParameters;
    /** What a reader must know, one sentence each */
    notes: string[];
    /** Seconds that the search took */
    seconds: number;
  }

  interface SitingParameters {
    /** Layer ids of the services */
    services: string[];
    /** In `unit` */
    limits: number[];
    /** Metres or minutes */
    unit: "m" | "min";
    /** Reached by any of the services, or by each */
    match: "any" | "each";
    /** How far it is: straight, with a factor, or by road */
    mode: "straight" | "detour" | "road";
    /** Who or what is to be reached */
    demand: "population" | "population_60_plus" | "households" | "area";
    /** Areas of the rows */
    by: "grid" | "village" | "township";
    /** Area; null for the county */
    code: string | null;
    /** Whether places are counted */
    capacity: boolean;
    /** Proposed centres */
    placed: [number, number][];
    /** layer:key */
    closed: string[];
    /** Only with mode detour */
    detour?: number | null;
    /** Only by road or in minutes */
    travel?: "walk" | "ebike" | "car" | null;
    /** Only for minutes by straight line */
    speed_kmh?: number | null;
    /** New centres at most */
    add: number;
    /** Most demand reached, all of it with fewest centres, least way in all, or least longest way */
    objective: "max-cover" | "set-cover" | "p-median" | "p-center";
    /** Which of equally good choices; null for any */
    prefer: "" | "backup" | "equity" | null;
    /** villages, or how many places were listed */
    candidates: string | number;
    /** Seconds that the search may take */
    time_limit_s: number;
  }

  interface Source {
    /** Who answers for the data */
    owner: string;
    /** How often the data are renewed */
    renewal: "once" | "year" | "quarter" | "month" | "day";
  }

  interface Spot {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** Inhabitants; null where unknown */
    people: number | null;
    /** Disputes; null when withheld */
    n: number | null;
    /** Per 1,000 people; null without a count or people */
    rate: number | null;
    /** Per 1,000 people, smoothed; null without a rate */
    rate_smoothed: number | null;
    /** Gi* as a z-score; null without a rate */
    z: number | null;
    /** Probability of so large a z-score by chance; null without a rate */
    p: number | null;
    /** p, corrected for false discoveries; null without a rate */
    q: number | null;
    /** More or fewer than chance would bring, or neither */
    class: "hot" | "cold" | "none";
    /** Kind of emerging hot or cold spot; none for neither */
    trend: string;
    /** Months in which it was hot */
    hot_months: number;
  }

  interface SpotsParameters {
    /** First day, 2026-01-31 */
    since: string;
    /** Last day, inclusive, 2026-01-31 */
    until: string;
    /** Areas of the rows */
    by: "grid" | "village";
    /** Areas that touch, or within `band_m` */
    neighbours: "queen" | "band";
    /** Only with neighbours=band */
    band_m?: number | null;
    /** Share of false discoveries */
    alpha: number;
    /** How p is corrected for many tests */
    correction: string;
    /** How rates of few people are smoothed */
    smoothing: string;
    /** Months that a trend looks back */
    lag_months: number;
  }

  interface StandardAnswer {
    /** Id of the standard */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Layer ids; empty for any */
    services: string[];
    /** In `unit` */
    within: number;
    /** Metres or minutes */
    unit: "m" | "min";
    /** Whom the limit is meant for */
    population: "population" | "population_60_plus" | "households" | "area";
    /** A published clause, a suggestion, or a rule of the county */
    basis: "standard" | "suggestion" | "county";
    /** Where it is written; null for what is written nowhere */
    document: string | null;
    /** Clause of the document; null without one */
    clause: string | null;
    /** What else is to be known; null for nothing */
    note: string | null;
  }

  interface Step {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** Level of the division */
    level: "prefecture" | "county" | "township" | "village" | "grid" | "none";
  }

  interface StyleClass {
    /** Its row in the legend */
    title: Text;
    /** Values of the field, for categories */
    values?: string[];
    /** Lower limit, inclusive, for graduated classes; null for others */
    least?: number | null;
    /** How it is drawn */
    paint: Paint;
  }

  interface StyleSpec {
    /** One look for all rows, or a class by value, by number or by level of warning */
    kind?: "single" | "categories" | "graduated" | "levels";
    /** Field of the classes; null for a single style */
    field?: string | null;
    /** Of a single style; null for others */
    paint?: Paint | null;
    /** Classes that are declared, in the order of the legend */
    classes?: StyleClass[];
    /** Rows of no other category; null where there is no such class */
    other?: StyleClass | null;
    /** Colours of classes that are worked out; null where they are declared */
    ramp?: "share" | "rate" | null;
    /** Classes that are worked out */
    breaks?: number;
    /** Whether points that lie close together are drawn as one */
    cluster?: boolean;
    /** Whether its density can be drawn */
    heat?: boolean;
    /** Field that is written on the map; null for no names */
    labels?: string | null;
    /** Smallest zoom at which names are written */
    labels_from_zoom?: number;
    /** Smallest zoom at which it is drawn */
    min_zoom?: number;
    /** The larger, the further above */
    order?: number;
  }

  interface Text {
    /** In Chinese */
    zh: string;
    /** In English */
    en: string;
  }

  interface ThemeAnswer {
    /** Id of the named map */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Name of its icon */
    icon: string;
    /** What it is about, in the language of the request */
    description: string;
    /** Layers in the order of the list */
    groups: ThemeGroup[];
    /** What the time bar shows; null for no time bar */
    time: TimeBar | null;
    /** Layer that is coloured by a number; null for none */
    choropleth: string | null;
    /** Who asks */
    viewer: ThemeViewer;
    /** Whether any of it is demo data */
    demo: boolean;
    /** Where it is */
    county: CountyAnswer;
    /** Layers behind it, each with its edition */
    editions: { [name: string]: string };
    /** Symbol → path of its outline */
    symbols: { [name: string]: string };
    /** The largest first */
    divisions: Division[];
  }

  interface ThemeEntries {
    /** In the order of the catalogue */
    themes: ThemeEntry[];
  }

  interface ThemeEntry {
    /** Id of the named map */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** Name of its icon */
    icon: string;
    /** What it is about, in the language of the request */
    description: string;
    /** Roles that it is for */
    roles: ("public" | "grid_worker" | "planner" | "mediator" | "operator")[];
    /** Whether it is for the role of this viewer */
    for_viewer: boolean;
  }

  interface ThemeGroup {
    /** What people read for it, in the language of the request */
    title: string;
    /** From the top of the list down */
    layers: ThemeLayer[];
  }

  interface ThemeLayer {
    /** Id of the layer */
    id: string;
    /** What people read for it, in the language of the request */
    title: string;
    /** What it is about, in the language of the request */
    description: string;
    /** Group of the catalogue */
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
    /** Time that the data are of, as the source writes it; null where it says nothing */
    period: string | null;
    /** Whether any of it is demo data; null without data */
    demo: boolean | null;
    /** Field of the day of a row; null without one, or without rows for this viewer */
    time_field: string | null;
    /** Whether it is shown at first */
    visible: boolean;
    /** Version of the screen shapes */
    v: string;
    /** Published periods, for layers given out as counts */
    periods: string[];
    /** Whether its records may have pictures */
    photos: boolean;
    /** Who answers for the data */
    owner: string;
    /** Classes in the order of the legend */
    legend: LegendRow[];
    /** How it is drawn, without its classes, which the legend has */
    style: DrawnStyle;
    /** Fields to filter by */
    filters: LayerField[];
    /** By zoom band */
    screen: { [name: string]: Band };
  }

  interface ThemeViewer {
    /** Role of this viewer */
    role: "public" | "grid_worker" | "planner" | "mediator" | "operator";
    /** Division code; empty for the public */
    scope: string;
    /** West, south, east, north in CGCS2000 degrees; null without a place */
    bounds: [number, number, number, number] | null;
    /** Name of `scope`; empty for the public */
    scope_name: string;
    /** Changes with everything that redaction rests on */
    key: string;
    /** Whether another role may be chosen */
    switch: boolean;
    /** Roles that may be chosen; empty where none may */
    roles: ("public" | "grid_worker" | "planner" | "mediator" | "operator")[];
  }

  interface TimeBar {
    /** Id of the layer */
    layer: string;
    /** By month, by published period, or not at all for this viewer */
    kind: "months" | "periods" | "none";
    /** Published periods; empty for other kinds */
    periods: string[];
  }

  interface Timeline {
    /** Id of the layer */
    layer: string;
    /** Edition of the layer that it comes from */
    edition: string;
    /** What a reader must know, such as what is withheld; empty for nothing */
    note: string;
    /** Division code that was asked for; null for none */
    area: string | null;
    /** Rows by month; empty for layers given out as counts */
    months: MonthCount[];
    /** Published periods; empty for other layers */
    periods: PeriodCount[];
  }

  interface Token {
    /** To be sent back; holds for this browser */
    token: string;
  }

  interface Unreached {
    /** Division code */
    code: string;
    /** Name as the data give it */
    name: string;
    /** All the demand of the area, in the unit of the answer */
    demand: number;
    /** Name of the nearest centre; null where none is reached */
    nearest: string | null;
    /** Smallest limit that reaches some of it; null where none does */
    needed: number | null;
    /** Smallest limit that reaches all of it; null where none does */
    needed_all: number | null;
  }

  interface Use {
    /** Key of the centre */
    code: string;
    /** Name as the data give it */
    name: string;
    /** In people */
    capacity: number;
    /** In people */
    used: number;
  }

  interface WatchedJob {
    /** Id of the job */
    id: string;
    /** What is to be done */
    kind: string;
    /** Where it stands */
    state: "waiting" | "running" | "done" | "failed" | "cancelled";
    /** 0–1 */
    done: number;
    /** What it is at, in the language of the request; empty before it begins */
    message: string;
    /** Of a search that still runs; null before anything is found */
    best: Best | null;
    /** What came of it; null until it is done */
    result: Siting | Made | null;
    /** Jobs that come first */
    ahead: number;
    /** Only of a job that failed */
    error?: JobError | null;
    /** Whether somebody works; true for a job that has ended */
    worker: boolean;
  }
}
