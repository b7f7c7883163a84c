/** Where each part of a sum begins and ends, on a scale that holds them all. */

export interface Fall {
  /** From 0 to 1 along the scale. */
  from: number;
  to: number;
}

export interface Waterfall {
  falls: Fall[];
  /** Where nought and the whole sum stand. */
  zero: number;
  whole: number;
}

export function waterfallOf(parts: readonly number[]): Waterfall {
  const ends: number[] = [];
  let sum = 0;
  for (const part of parts) ends.push((sum += part));
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const at = (x: number) => (high > low ? (x - low) / (high - low) : 0);
  const falls = parts.map((_, index) => ({ from: at(ends[index - 1] ?? 0), to: at(ends[index] ?? 0) }));
  return { falls, zero: at(0), whole: at(sum) };
}
