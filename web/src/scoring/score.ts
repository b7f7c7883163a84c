/**
 * The score, its exact split and the rank, for weights that re-rank while they are moved.
 *
 * The same arithmetic as the package's own scoring; tests/golden/scoring_cases.json holds both to 1e-12.
 * A null is a missing value: it takes no part in the scaling, and its weight is left out of the row's score.
 */

export type Scale = "percentile" | "minmax" | "zscore";
export type Direction = "more" | "less" | "none";
export type Values = readonly (number | null)[];
export type Weights = Readonly<Record<string, number>>;

export interface ScoredColumn {
  id: string;
  direction: Direction;
}

export interface Scoring {
  /** Weighted mean of z over the columns present in the row; null if none is. */
  score: (number | null)[];
  /** Share of the whole weight that was present in the row. */
  weightPresent: number[];
  /** w·z over the weight present, per weighted column; the parts of a row sum to its score. */
  parts: Record<string, (number | null)[]>;
}

/** Decimals to which two scores must agree to share a rank. */
const EQUAL_TO = 1e12;

/** Sorts behind every rank; finite, so that two rows without a rank compare as equal. */
const NO_RANK = Number.MAX_SAFE_INTEGER;

const isKnown = (x: number | null | undefined): x is number => typeof x === "number" && Number.isFinite(x);

/** How many of the ascending `sorted` lie below x, or (with `upto`) at or below it. */
function countBelow(sorted: readonly number[], x: number, upto: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? x;
    if (value < x || (upto && value === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function percentile(known: readonly number[]): (x: number) => number {
  const sorted = Float64Array.from(known).sort() as unknown as readonly number[];
  return (x) => (countBelow(sorted, x, false) + countBelow(sorted, x, true)) / (2 * sorted.length);
}

function minmax(known: readonly number[]): (x: number) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const x of known) {
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  return (x) => (high > low ? (x - low) / (high - low) : 0.5);
}

function zscore(known: readonly number[]): (x: number) => number {
  const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
  const spread = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length);
  const varies = spread > 0 && known.some((x) => x !== known[0]);
  return (x) => (varies ? (x - mean) / spread : 0);
}

const SCALES = { percentile, minmax, zscore };

/** The scale of that name; percentile where none is named, or none has the name. */
export const scaleNamed = (name = ""): Scale => (Object.hasOwn(SCALES, name) ? (name as Scale) : "percentile");

/** z over the rows compared, turned so that more is better; null stays null, no spread gives 0.5 (0 for zscore). */
export function scaled(values: Values, direction: Direction, scale: Scale): (number | null)[] {
  const known = values.filter(isKnown);
  const z = SCALES[scale](known);
  const turn = direction !== "less" ? z : scale === "zscore" ? (x: number) => -z(x) : (x: number) => 1 - z(x);
  return values.map((x) => (isKnown(x) ? turn(x) : null));
}

/** Σ w·z / Σ w over the columns present in each row. Weights of 0 take no part. */
export function weightedScore(
  columns: readonly ScoredColumn[],
  values: Readonly<Record<string, Values>>,
  weights: Weights,
  rows: number,
  scale: Scale,
): Scoring {
  const used = columns.filter((column) => (weights[column.id] ?? 0) > 0);
  const whole = used.reduce((sum, column) => sum + (weights[column.id] ?? 0), 0);
  const total = new Float64Array(rows);
  const present = new Float64Array(rows);
  const weighted = used.map((column) => {
    const w = weights[column.id] ?? 0;
    const z = scaled(values[column.id] ?? new Array<null>(rows).fill(null), column.direction, scale);
    z.forEach((x, row) => {
      if (x === null) return;
      total[row] = (total[row] ?? 0) + w * x;
      present[row] = (present[row] ?? 0) + w;
    });
    return { id: column.id, w, z };
  });
  const parts: Scoring["parts"] = {};
  for (const { id, w, z } of weighted) parts[id] = z.map((x, row) => (x === null ? null : (w * x) / (present[row] ?? 1)));
  return {
    score: Array.from(total, (sum, row) => ((present[row] ?? 0) > 0 ? sum / (present[row] ?? 1) : null)),
    weightPresent: Array.from(present, (sum) => (whole > 0 ? sum / whole : 0)),
    parts,
  };
}

/** 1 for the best; equal values share the rank and the next is skipped ("1224"); null has none. */
export function competitionRank(values: Values, direction: Direction = "more"): (number | null)[] {
  const sign = direction === "less" ? -1 : 1;
  const key = values.map((x) => (isKnown(x) ? sign * Math.round(x * EQUAL_TO) : null));
  const sorted = Float64Array.from(key.filter(isKnown)).sort() as unknown as readonly number[];
  return key.map((x) => (x === null ? null : 1 + sorted.length - countBelow(sorted, x, true)));
}

/** Row numbers in the order of the ranking: no rank last, equal ranks by code. */
export function rankOrder(rank: Values, codes: readonly string[]): number[] {
  return codes
    .map((_, row) => row)
    .sort((a, b) => (rank[a] ?? NO_RANK) - (rank[b] ?? NO_RANK) || compareCodes(codes[a] ?? "", codes[b] ?? ""));
}

export function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
