// CGCS2000 ↔ GCJ-02, for pictures that are cut in GCJ-02. On the screen the map then runs in GCJ-02; everything that is
// shown as a number or stored is turned back.

const A = 6378245.0;
const EE = 0.006693421622965943;
const RAD = Math.PI / 180;

/** [lng, lat] in CGCS2000 → GCJ-02.
 * @param {number[]} place */
export function toGcj([lng, lat]) {
  const [dLng, dLat] = offset(lng, lat);
  return [lng + dLng, lat + dLat];
}

/** [lng, lat] in GCJ-02 → CGCS2000, by three rounds, to well under a centimetre.
 * @param {number[]} place */
export function fromGcj([lng, lat]) {
  let [x, y] = [lng, lat];
  for (let round = 0; round < 3; round += 1) {
    const [dLng, dLat] = offset(x, y);
    [x, y] = [lng - dLng, lat - dLat];
  }
  return [x, y];
}

/** @param {number} lng
 * @param {number} lat */
function offset(lng, lat) {
  const x = lng - 105;
  const y = lat - 35;
  const root = Math.sqrt(Math.abs(x));
  const wave = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    wave +
    ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    wave +
    ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const sine = Math.sin(lat * RAD);
  const magic = 1 - EE * sine * sine;
  const dLat = (north * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI);
  const dLng = (east * 180) / ((A / Math.sqrt(magic)) * Math.cos(lat * RAD) * Math.PI);
  return [dLng, dLat];
}

/** World quarter pixels at a band → [lng, lat].
 * @param {number} x
 * @param {number} y
 * @param {number} band */
export function toDegrees(x, y, band) {
  const world = 1024 * 2 ** band;
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) / RAD;
  return [(x / world) * 360 - 180, lat];
}

/** [lng, lat] → world quarter pixels at a band.
 * @param {number} lng
 * @param {number} lat
 * @param {number} band */
export function toQuarters(lng, lat, band) {
  const world = 1024 * 2 ** band;
  const sine = Math.sin(lat * RAD);
  return [((lng + 180) / 360) * world, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world];
}

/** Shift of a place in quarter pixels of its band from CGCS2000 to GCJ-02.
 * @param {number} x
 * @param {number} y
 * @param {number} band */
export function gcjShift(x, y, band) {
  const [lng, lat] = toGcj(toDegrees(x, y, band));
  const [u, v] = toQuarters(lng, lat, band);
  return [u - x, v - y];
}
