// Asks for the first shapes while the page is still being read: which zoom band they come in follows from the size of the
// window alone. A classic script of its own, because modules run only once the whole page is there. A window for which
// this is not sure asks for nothing here: the map does it later.

{
  const BANDS = [8, 10, 11, 12, 13, 14, 16]; // as in map/requests.js
  const SLACK = 0.4;
  const STEP = 0.1; // zooms of the map
  const UNSURE = 0.07; // so near to the next band a panel one line higher decides
  // What lies beside and over the map, by the least width of the window: [window, width, height] in px. On a phone the
  // width decides alone.
  const TAKEN = [
    [1360, 664, 206],
    [1200, 300, 206],
    [768, 48, 156],
    [0, 0, 0],
  ];
  const MARGIN = 20;
  const { bounds, zoom, shapes } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

  /** @param {number} lat */
  const north = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

  /** The zoom at which bounds [w, s, e, n] just fit into what is clear of the window.
   * @param {number[]} box */
  const fitting = ([w, s, e, n]) => {
    const [, width, height] = TAKEN.find(([least]) => innerWidth >= least) ?? TAKEN[TAKEN.length - 1];
    const [across, along] = [(innerWidth - width - MARGIN) / (((e - w) / 360) * 256), (innerHeight - height - MARGIN) / ((north(n) - north(s)) * 256)];
    return Math.log2(Math.min(across, along));
  };

  const wanted = zoom ? Number(zoom) : fitting((bounds ?? "").split(",").map(Number));
  const band = BANDS.find((one) => one >= wanted - SLACK);
  const sure = zoom || BANDS.every((one) => Math.abs(wanted - one - SLACK - STEP) > UNSURE);
  for (const item of band && sure ? (shapes ?? "").split(" ") : []) {
    const [address, tiled = ""] = item.split("#");
    if (tiled.split(",").includes(String(band))) continue; // which tiles is for the map to say
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: address.replace("*", String(band)) });
    document.head.append(link);
  }
}
