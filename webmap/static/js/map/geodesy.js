// Lengths and areas on the CGCS2000 ellipsoid.

const A = 6378137;
const F = 1 / 298.257222101;
const B = A * (1 - F);
const E2 = F * (2 - F);
const RAD = Math.PI / 180;

/** Metres between two {lat, lng}: Vincenty's inverse solution, millimetres at county size.
 * @param {{lat: number, lng: number}} from
 * @param {{lat: number, lng: number}} to */
export function distance(from, to) {
  const L = (to.lng - from.lng) * RAD;
  const [U1, U2] = [from, to].map(({ lat }) => Math.atan((1 - F) * Math.tan(lat * RAD)));
  const [s1, c1, s2, c2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L;
  for (let round = 0; round < 50; round += 1) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
    if (sinS === 0) return 0;
    const cosS = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (c1 * c2 * sl) / sinS;
    const cos2A = 1 - sinA * sinA;
    const cos2M = cos2A ? cosS - (2 * s1 * s2) / cos2A : 0;
    const C = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A));
    const before = lambda;
    lambda = L + (1 - C) * F * sinA * (sigma + C * sinS * (cos2M + C * cosS * (2 * cos2M * cos2M - 1)));
    if (Math.abs(lambda - before) < 1e-12) return vincenty({ cos2A, sigma, sinS, cosS, cos2M });
  }
  return NaN;
}

/** @param {Record<string, number>} arc */
function vincenty({ cos2A, sigma, sinS, cosS, cos2M }) {
  const u2 = (cos2A * (A * A - B * B)) / (B * B);
  const p = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  const q = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  const last = (q / 6) * cos2M * (4 * sinS * sinS - 3) * (4 * cos2M * cos2M - 3);
  return B * p * (sigma - q * sinS * (cos2M + (q / 4) * (cosS * (2 * cos2M * cos2M - 1) - last)));
}

/** Square metres inside a ring of {lat, lng}: on the sphere of equal area, with authalic latitudes.
 * @param {{lat: number, lng: number}[]} ring */
export function area(ring) {
  const qPole = authalicQ(1);
  const radius2 = (A * A * qPole) / 2;
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [sinI, sinJ] = [ring[i], ring[j]].map(({ lat }) => authalicQ(Math.sin(lat * RAD)) / qPole);
    sum += (ring[i].lng - ring[j].lng) * RAD * (sinI + sinJ);
  }
  return Math.abs((sum * radius2) / 2);
}

/** @param {number} sine */
function authalicQ(sine) {
  const e = Math.sqrt(E2);
  return (1 - E2) * (sine / (1 - E2 * sine * sine) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e));
}
