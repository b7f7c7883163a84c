/** The question of the product finder, with the names of the address. */

import type { Result } from "../../api/client";
import type { Query } from "../../api/asked";
import { asked, useAsked } from "../../api/asked";
import type { Resource } from "../../api/resource";
import { MANY_PRODUCTS_OPTIONS, methodEntries } from "../../method/options";
import { formatWeights } from "../../state/parts";
import { useRested } from "../../state/useRested";
import type { ProductsState } from "./state";

const REST_MS = 350;

export function productsQuery(view: ProductsState, weights: string | null = view.weights && formatWeights(view.weights)): Query | null {
  if (view.exporter === null || view.market === null) return null;
  return asked([
    ["exporter", view.exporter],
    ["market", view.market],
    ["year", view.year],
    ["data", view.data],
    ["level", view.level === "4" ? null : view.level],
    ["served", view.served === "all" ? null : view.served],
    ...methodEntries(view.method, MANY_PRODUCTS_OPTIONS),
    ["weights", weights],
    ["rank_by", view.rank_by === "score" ? null : view.rank_by],
    ["lang", view.lang],
  ]);
}

/** Weights go along for the rank ranges, once they rest. */
export function useProductRanking(view: ProductsState): Resource<Result> {
  const weights = useRested(view.weights && formatWeights(view.weights), REST_MS);
  // An earlier answer may stand in only where it has the same rows to rank.
  const family = `products ${view.exporter ?? ""} ${view.market ?? ""} ${view.level} ${view.served}`;
  return useAsked<Result>("products", productsQuery(view, weights), family);
}
