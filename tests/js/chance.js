// Random values that are the same in every run.

/** Numbers in 0…1 from a seed (mulberry32). */
export function chance(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least, most) => least + Math.floor(next() * (most - least + 1));
  const one = (items) => items[whole(0, items.length - 1)];
  const some = (items) => items.filter(() => next() < 0.5);
  const text = (signs, most) => Array.from({ length: whole(1, most) }, () => one(signs)).join("");
  return { next, whole, one, some, text };
}
