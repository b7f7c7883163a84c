/** The questions of the market finder, as the API takes them: the same names as in the address, defaults left out. */

import type { Query } from "../../api/asked";
import { asked, askedAhead, fileAddress, useAsked } from "../../api/asked";
import type { Result } from "../../api/client";
import type { Question, Resource } from "../../api/resource";
import { methodEntries } from "../../method/options";
import { formatWeights } from "../../state/parts";
import { useRested } from "../../state/useRested";
import type { MarketsState } from "./state";

const REST_MS = 350;

/** What every question about the view's exporter and product has in common. */
const common = (view: MarketsState): [string, string | null][] => [
  ["exporter", view.exporter],
  ["product", view.product],
  ["year", view.year],
  ["data", view.data],
  ["lang", view.lang],
];

/** The options that decide the rows, their parameters and their ranks. */
export function marketsQuery(view: MarketsState, weights: string | null = view.weights && formatWeights(view.weights)): Query | null {
  if (view.exporter === null || view.product === null) return null;
  return asked([
    ...common(view),
    ["among", view.among.join(",") || null],
    ["served", view.served === "all" ? null : view.served],
    ...methodEntries(view.method),
    ["weights", weights],
    ["rank_by", view.rank_by === "score" ? null : view.rank_by],
  ]);
}

/** What an answer is about: while another comes, the last one stands in for it only if this is the same. */
const about = (view: MarketsState, market = ""): string => `${view.exporter ?? ""} ${view.product ?? ""} ${market}`;

const family = (view: MarketsState): string => `markets ${about(view)} ${view.among.join()} ${view.served}`;

/** What the address asks of the market finder, before the page is there. */
export function marketsAhead(view: MarketsState): Question[] {
  const query = marketsQuery(view);
  return query ? [askedAhead("markets", query, family(view))] : [];
}

/** Weights go along for the rank ranges, once they rest. */
export function useMarkets(view: MarketsState): Resource<Result> {
  const weights = useRested(view.weights && formatWeights(view.weights), REST_MS);
  return useAsked<Result>("markets", marketsQuery(view, weights), family(view));
}

/** The years that led to an answer; as it was computed, defaults included, so that both speak of the same years. */
export function useHistory(view: MarketsState, market: string, { parameters }: Pick<Result, "parameters">): Resource<Result> {
  const years: [string, string][] = (["year", "window"] as const).map((name) => [name, String(Number(parameters[name]))]);
  return useAsked<Result>("history", asked([...common(view), ["market", market], ...years]), `history ${about(view, market)}`);
}

/** Who else sells the product in a market. */
export function useCompetitors(view: MarketsState, market: string): Resource<Result> {
  return useAsked<Result>("competitors", asked([...common(view), ["market", market], ...methodEntries(view.method)]), `competitors ${about(view, market)}`);
}

/** Which parameter is known for how many markets, of which years, from where. */
export function useAvailability(view: MarketsState, by: "parameter" | "market"): Resource<Result> {
  const query = marketsQuery(view, null);
  return useAsked<Result>("availability", query && { ...query, by }, `availability ${about(view)} ${by}`);
}

/** A one-page or two-page account of markets, as a page that prints. */
export function briefAddress(view: MarketsState, markets: readonly string[]): string {
  const query = marketsQuery(view);
  return `/api/v1/brief?${new URLSearchParams({ ...query, market: markets.join(",") })}`;
}

/** The whole answer as a file. */
export const marketsFile = (view: MarketsState, format: "csv" | "xlsx"): string => fileAddress("markets", marketsQuery(view), format);
