// The card at the top of the map. What must be said of it stands there on a phone too, which keeps nothing else beside the map.

import { PHONE } from "../core/screen.js";
import { byId } from "./dom.js";

/** @param {string} title
 * @param {string} line what stands under it
 * @param {boolean} says whether it limits what the map shows: which rows, when, for whom */
export function titleCard(title, line, says) {
  byId("map-title").textContent = title;
  byId("map-subtitle").textContent = line;
  const card = byId("title-card");
  card.toggleAttribute("data-says", says);
  card.setAttribute("data-covers-map", PHONE.matches ? "top" : "corner");
}
