/** The rows of an answer, scored and ranked by the weights of this moment, and put in the order asked for. */

import type { Column, Result } from "../api/client";
import type { Row } from "../api/rows";
import { cell, numberIn, textIn } from "../api/rows";
import type { Direction, Scale, Weights } from "../scoring/score";
import { competitionRank, rankOrder, weightedScore } from "../scoring/score";

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

/** Rows in rank order. */
export function rankRows(result: Result, { scale, weights, rankBy }: Ranking): RankedRow[] {
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
    code: textIn(row, "importer"),
    name: textIn(row, "importer_name"),
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

export interface Sort {
  id: string;
  descending: boolean;
}

export function parseSort(text: string | null): Sort | null {
  if (text === null) return null;
  return text.startsWith("-") ? { id: text.slice(1), descending: true } : { id: text, descending: false };
}

/** What a click on a header leads to: the better end first, then the other end, then back to rank order. */
export function nextSort(present: Sort | null, column: Pick<Column, "id" | "direction" | "unit">): string | null {
  const textual = ["text", "code", "date"].includes(column.unit);
  const first = !textual && column.direction !== "less";
  const write = (descending: boolean) => (descending ? `-${column.id}` : column.id);
  if (present?.id !== column.id) return write(first);
  return present.descending === first ? write(!first) : null;
}

function keyOf(ranked: RankedRow, id: string): number | string | null {
  if (id === "score") return ranked.score;
  if (id === "rank") return ranked.rank;
  if (id === "importer_name") return ranked.name;
  if (id === "weight_present") return ranked.weightPresent;
  return cell(ranked.row, id);
}

/** Rows by one column, empty cells last whichever way, equal ones in rank order. */
export function sortRows(rows: readonly RankedRow[], sort: Sort | null, locale: string): RankedRow[] {
  if (sort === null) return [...rows];
  const collator = new Intl.Collator(locale);
  const sign = sort.descending ? -1 : 1;
  const keyed = rows.map((row, index) => ({ row, index, key: keyOf(row, sort.id) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.index - b.index;
    const order =
      typeof a.key === "number" && typeof b.key === "number"
        ? a.key - b.key
        : collator.compare(String(a.key), String(b.key));
    return sign * order || a.index - b.index;
  });
  return keyed.map(({ row }) => row);
}
