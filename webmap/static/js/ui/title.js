// The card at the top of the map. What must be said of it stands there on a phone too, which keeps nothing else beside the map.

import { byId } from "./dom.js";

const PHONE = matchMedia("(max-width: 767px)");

/** @param {string} title
 * @param {string} line what stands under it
 * @param {boolean} says whether it limits what the map shows: which rows, when, for whom */
export function titleCard(title, line, says) {
  byId("map-title").textContent = title;
  byId("map-subtitle").textContent = line;
  const card = byId("title-card");
  card.toggleAttribute("data-says", says);
  card.toggleAttribute("data-covers-map", says && PHONE.matches);
}
