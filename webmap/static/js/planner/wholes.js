// Whole numbers that add up: parts of a sum are rounded so that their sum is the rounded sum.

/** @param {number[]} parts
 * @param {number} sum what they must add up to */
export function wholes(parts, sum) {
  const out = parts.map(Math.floor);
  const order = parts.map((part, i) => ({ i, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  const lack = sum - out.reduce((all, one) => all + one, 0);
  for (const { i } of order.slice(0, Math.max(0, lack))) out[i] += 1;
  return out;
}
