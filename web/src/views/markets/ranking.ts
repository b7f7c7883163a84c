/** The rows of an answer, scored and ranked by the weights of this moment, and put in the order asked for. */

import type { Column, Result } from "../../api/client";
import type { Cell, Row } from "../../api/rows";
import { cell, numberIn, textIn } from "../../api/rows";
import type { Direction, Scale, Weights } from "../../scoring/score";
import type { Bound, Sort } from "../../ui/table/order";
import { answers, sortBy, within } from "../../ui/table/order";
import { competitionRank, rankOrder, weightedScore } from "../../scoring/score";

export interface RankedRow {
  code: string;
  name: string;
  row: Row;
  score: number | null;
  rank: number | null;
  weightPresent: number;
  /** The part of each weighted parameter in the score; those without a value are absent. */
  parts: Readonly<Record<string, number>>;
}

export interface Ranking {
  scale: Scale;
  weights: Weights;
  /** "score" or the column that ranks alone. */
  rankBy: string;
}

export function directionOf(columns: readonly Column[], id: string): Direction {
  return columns.find((column) => column.id === id)?.direction ?? "more";
}

/** Rows in rank order, each told from the others by its `subject`. */
export function rankRows(result: Result, { scale, weights, rankBy }: Ranking, subject: "importer" | "product" = "importer"): RankedRow[] {
  const { columns, rows } = result;
  const values = (id: string) => rows.map((row) => numberIn(row, id));
  const weighted = columns.filter((column) => (weights[column.id] ?? 0) > 0);
  const scoring = weightedScore(
    weighted,
    Object.fromEntries(weighted.map(({ id }) => [id, values(id)])),
    weights,
    rows.length,
    scale,
  );
  const rank =
    rankBy === "score" ? competitionRank(scoring.score) : competitionRank(values(rankBy), directionOf(columns, rankBy));
  const ranked = rows.map((row, index) => ({
    code: textIn(row, subject),
    name: textIn(row, `${subject}_name`),
    row,
    score: scoring.score[index] ?? null,
    rank: rank[index] ?? null,
    weightPresent: scoring.weightPresent[index] ?? 0,
    parts: Object.fromEntries(
      Object.entries(scoring.parts).flatMap(([id, parts]) => {
        const part = parts[index];
        return part === null || part === undefined ? [] : [[id, part]];
      }),
    ),
  }));
  const order = rankOrder(
    rank,
    ranked.map(({ code }) => code),
  );
  return order.flatMap((index) => ranked[index] ?? []);
}

function keyOf(ranked: RankedRow, id: string): Cell {
  if (id === "score") return ranked.score;
  if (id === "rank") return ranked.rank;
  if (id === "importer_name") return ranked.name;
  if (id === "weight_present") return ranked.weightPresent;
  return cell(ranked.row, id);
}

/** Rows by one column, empty cells last whichever way, equal ones in rank order. */
export function sortRows(rows: readonly RankedRow[], sort: Sort | null, locale: string): RankedRow[] {
  return sortBy(rows, sort, keyOf, locale);
}

/** The rows that hold the words typed, are served or new as asked, and keep to every bound. Ranks stay as they are. */
export function filterRows(rows: readonly RankedRow[], typed: string, bounds: readonly Bound[]): RankedRow[] {
  return rows.filter(
    (one) =>
      (typed.trim() === "" || answers([one.code, one.name, textIn(one.row, "importer_name")], typed)) &&
      bounds.every((bound) => within(keyOf(one, bound.id), bound)),
  );
}
