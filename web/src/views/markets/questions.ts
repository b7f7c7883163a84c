/** The questions of the market finder, as the API takes them: the same names as in the address, defaults left out. */

import { useCallback } from "react";
import type { MarketsQuery, Result } from "../../api/client";
import { api, fetchResult } from "../../api/client";
import type { Resource } from "../../api/resource";
import { useResource } from "../../api/resource";
import { methodEntries } from "../../method/options";
import { formatWeights } from "../../state/parts";
import { useRested } from "../../state/useRested";
import type { MarketsState } from "./state";

const REST_MS = 350;

type Query = Readonly<Record<string, string>>;

/** Whether a value is valid is for the API to say; its message is shown. */
function asked(entries: readonly (readonly [string, string | null])[]): Query {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

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

/** Weights go along for the rank ranges, once they rest. */
export function useMarkets(view: MarketsState): Resource<Result> {
  const weights = useRested(view.weights && formatWeights(view.weights), REST_MS);
  const query = marketsQuery(view, weights);
  const key = query && `markets ${JSON.stringify(query)}`;
  // An earlier answer may stand in only where it has the same rows to rank.
  const family = `markets ${view.exporter ?? ""} ${view.product ?? ""} ${view.among.join()} ${view.served}`;
  const loader = useCallback(() => api.markets(JSON.parse(key?.slice("markets ".length) ?? "null") as MarketsQuery), [key]);
  return useResource(key, family, loader);
}

/** Any other address of the API that answers with a Result. */
function useAnswer(name: string, query: Query | null): Resource<Result> {
  const key = query && `${name} ${JSON.stringify(query)}`;
  const loader = useCallback(
    () => fetchResult(`/api/v1/${name}`, JSON.parse(key?.slice(name.length + 1) ?? "{}") as Query),
    [key, name],
  );
  return useResource(key, `${name} ${query?.market ?? ""}`, loader);
}

/** Who else sells the product in a market. */
export function useCompetitors(view: MarketsState, market: string): Resource<Result> {
  return useAnswer("competitors", asked([...common(view), ["market", market], ...methodEntries(view.method)]));
}

/** Which parameter is known for how many markets, of which years, from where. */
export function useAvailability(view: MarketsState, by: "parameter" | "market"): Resource<Result> {
  const query = marketsQuery(view, null);
  return useAnswer("availability", query && { ...query, by });
}

/** A one-page or two-page account of markets, as a page that prints. */
export function briefAddress(view: MarketsState, markets: readonly string[]): string {
  const query = marketsQuery(view);
  return `/api/v1/brief?${new URLSearchParams({ ...query, market: markets.join(",") })}`;
}

/** The whole answer as a file. */
export function fileAddress(view: MarketsState, format: "csv" | "xlsx"): string {
  return `/api/v1/files/markets?${new URLSearchParams({ ...marketsQuery(view), format })}`;
}
