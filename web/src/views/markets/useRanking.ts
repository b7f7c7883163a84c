import { useMemo } from "react";
import type { Result } from "../../api/client";
import type { Weights } from "../../scoring/score";
import { scaleNamed } from "../../scoring/score";
import type { RankedRow } from "./ranking";
import { rankRows } from "./ranking";
import type { MarketsState } from "./state";
import type { WeightLists } from "./weights";
import { scoringWeights } from "./weights";

/** The weights of this moment, and the rows of an answer as they rank them; no rows before there is an answer. */
export function useRanking(
  { weights: chosen, rank_by: rankBy, method }: Pick<MarketsState, "weights" | "rank_by" | "method">,
  lists: WeightLists | null,
  result: Result | null,
  subject: "importer" | "product",
): { weights: Weights; ranked: RankedRow[] | null } {
  const weights = useMemo(() => scoringWeights(chosen, lists, result), [chosen, lists, result]);
  const scale = scaleNamed(method.scale);
  const ranked = useMemo(() => result && rankRows(result, { scale, weights, rankBy }, subject), [result, scale, weights, rankBy, subject]);
  return { weights, ranked };
}
