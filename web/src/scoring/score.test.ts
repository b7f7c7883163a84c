import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Scale, ScoredColumn, Values } from "./score";
import { competitionRank, rankOrder, scaled, weightedScore } from "./score";

interface Case {
  scale: Scale;
  columns: ScoredColumn[];
  weights: Record<string, number>;
  codes: string[];
  values: Record<string, (number | null)[]>;
  expected: { score: Values; rank: Values; weight_present: Values; parts: Record<string, Values> };
}

const CASES = new URL("../../../tests/golden/scoring_cases.json", import.meta.url);

function expectClose(actual: Values, expected: Values): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, row) => {
    const got = actual[row] ?? null;
    if (value === null || got === null) expect(got).toBe(value);
    else expect(Math.abs(got - value)).toBeLessThanOrEqual(1e-12);
  });
}

describe("the cases made by the Python package", () => {
  const { cases } = JSON.parse(readFileSync(CASES, "utf8")) as { cases: Case[] };
  it.each(cases.map((one, index) => ({ ...one, index })))("case $index ($scale)", (one) => {
    const { score, weightPresent, parts } = weightedScore(one.columns, one.values, one.weights, one.codes.length, one.scale);
    expectClose(score, one.expected.score);
    expectClose(weightPresent, one.expected.weight_present);
    expectClose(competitionRank(score), one.expected.rank);
    for (const [id, expected] of Object.entries(one.expected.parts)) {
      expectClose(parts[id] ?? expected.map(() => (one.weights[id] ? null : 0)), expected);
    }
  });
});

describe("scaled", () => {
  it("gives mid-ranks, turned where less is better", () => {
    expectClose(scaled([10, 20, null, 20], "less", "percentile"), [5 / 6, 1 / 3, null, 1 / 3]);
    expectClose(scaled([10, 20, null, 30], "more", "minmax"), [0, 0.5, null, 1]);
  });

  it("gives the middle where nothing varies", () => {
    expect(scaled([3, 3], "less", "minmax")).toEqual([0.5, 0.5]);
    expect(scaled([3, 3], "more", "percentile")).toEqual([0.5, 0.5]);
    expect(scaled([3, null], "more", "zscore")).toEqual([0, null]);
  });
});

describe("weightedScore", () => {
  const columns: ScoredColumn[] = [
    { id: "gap", direction: "more" },
    { id: "distance_km", direction: "less" },
  ];
  const values = { gap: [0.1, 0.3, null, null], distance_km: [500, 1500, 1000, null] };

  it("re-weights over what is present, and splits exactly", () => {
    const { score, weightPresent, parts } = weightedScore(columns, values, { gap: 3, distance_km: 1 }, 4, "minmax");
    expectClose(score, [0.25, 0.75, 0.5, null]);
    expectClose(weightPresent, [1, 1, 0.25, 0]);
    expectClose(parts.gap ?? [], [0, 0.75, null, null]);
    expectClose(parts.distance_km ?? [], [0.25, 0, 0.5, null]);
  });

  it("has no score without weights", () => {
    expect(weightedScore(columns, values, { gap: 0 }, 4, "minmax").score).toEqual([null, null, null, null]);
  });
});

describe("ranks", () => {
  it("share a place when equal to 12 decimals, and put the unknown last", () => {
    const rank = competitionRank([0.7, 0.9, 0.7 + 1e-14, null]);
    expect(rank).toEqual([2, 1, 2, null]);
    expect(rankOrder(rank, ["C", "B", "A", "D"])).toEqual([1, 2, 0, 3]);
    expect(rankOrder([null, null, 1], ["Z", "A", "M"])).toEqual([2, 1, 0]);
  });

  it("follow the direction of a column", () => {
    expect(competitionRank([100, 5, 100], "less")).toEqual([2, 1, 2]);
  });
});
