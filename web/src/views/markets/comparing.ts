import type { Direction } from "../../scoring/score";

/** Places of the best of the values; none where nothing is better, or all are equally good. */
export function bestOf(values: readonly (number | null)[], direction: Direction): ReadonlySet<number> {
  const known = values.filter((value) => value !== null);
  if (direction === "none" || known.length < 2) return new Set();
  const best = direction === "more" ? Math.max(...known) : Math.min(...known);
  if (known.every((value) => value === best)) return new Set();
  return new Set(values.flatMap((value, index) => (value === best ? [index] : [])));
}
