// Choosing a row from a list: it is marked, and the map goes where it lies.

const CLOSEST = 13; // zoom from which a village still shows what lies around it

/** @param {App} app
 * @param {string | null} layer
 * @param {string} key */
export function show(app, layer, key) {
  app.state.set({ selected: layer ? { layer, key } : null });
  const place = layer && app.layers.place(layer, key);
  if (place) app.view.showBounds(place.bounds, { maxZoom: CLOSEST });
}
