/** Classes of colour for a map: one ramp for amounts, two sides of zero for signed quantities. */

export interface Classes {
  kind: "ramp" | "signed";
  /** Index of the colour: 0…STEPS−1 on a ramp, −SIDES…SIDES for signed values. */
  classOf: (value: number) => number;
  /** Smallest and largest value of each class that has any, in the order of the classes. */
  legend: { index: number; low: number; high: number }[];
}

export const STEPS = 5;
export const SIDES = 3;

/** Values at equal shares of the sorted list: as many rows in one class as in another, however skewed the amounts. */
function quantileBounds(values: readonly number[], classes: number): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from({ length: classes - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / classes)] ?? 0);
}

const step = (bounds: readonly number[], value: number): number => bounds.filter((bound) => value >= bound).length;

export function classesOf(values: readonly number[], signed: boolean): Classes {
  const classOf = signed ? signedClass(values) : rampClass(values);
  const ranges = new Map<number, { index: number; low: number; high: number }>();
  for (const value of values) {
    const index = classOf(value);
    const range = ranges.get(index) ?? { index, low: value, high: value };
    ranges.set(index, { index, low: Math.min(range.low, value), high: Math.max(range.high, value) });
  }
  const legend = [...ranges.values()].sort((a, b) => a.index - b.index);
  return { kind: signed ? "signed" : "ramp", classOf, legend };
}

function rampClass(values: readonly number[]): (value: number) => number {
  const bounds = quantileBounds(values, STEPS);
  return (value) => step(bounds, value);
}

function signedClass(values: readonly number[]): (value: number) => number {
  const sizes = values.filter((value) => value !== 0).map(Math.abs);
  const bounds = quantileBounds(sizes, SIDES);
  return (value) => (value === 0 ? 0 : Math.sign(value) * (1 + step(bounds, Math.abs(value))));
}
