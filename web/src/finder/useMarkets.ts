/** The answer to the question of the view. Weights go along for the rank ranges, once they rest. */

import { useCallback } from "react";
import type { MarketsQuery, Result } from "../api/client";
import { api } from "../api/client";
import type { Resource } from "../api/resource";
import { useResource } from "../api/resource";
import { useRested } from "../state/useRested";
import type { ViewState } from "../state/viewState";
import { formatWeights, methodEntries } from "../state/viewState";

const REST_MS = 350;

/** The view as a question to the API: the same names, defaults left out. */
export function marketsQuery(view: ViewState, weights: string | null): MarketsQuery | null {
  if (view.exporter === null || view.product === null) return null;
  const entries = [
    ["year", view.year],
    ["data", view.data],
    ...methodEntries(view.method),
    ["weights", weights],
    ["rank_by", view.rank_by === "score" ? null : view.rank_by],
    ["lang", view.lang],
  ].filter(([, value]) => value !== null);
  // Whether a value is valid is for the API to say; its message is shown.
  return { exporter: view.exporter, product: view.product, ...Object.fromEntries(entries) } as MarketsQuery;
}

export function useMarkets(view: ViewState): Resource<Result> {
  const weights = useRested(view.weights && formatWeights(view.weights), REST_MS);
  const query = marketsQuery(view, weights);
  const key = query && `markets ${JSON.stringify(query)}`;
  const family = `markets ${view.exporter ?? ""} ${view.product ?? ""}`;
  const loader = useCallback(
    () => api.markets(JSON.parse(key?.slice("markets ".length) ?? "null") as MarketsQuery),
    [key],
  );
  return useResource(key, family, loader);
}
