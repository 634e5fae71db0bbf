// The parts of the map page that the first view does without, in one file: see core/later.js.

export * as bookmarks from "./panels/bookmarks.js";
export * as filters from "./panels/filters.js";
export { Measure } from "./panels/measure.js";
export * as more from "./panels/more.js";
export * as table from "./panels/table.js";
