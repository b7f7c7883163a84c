/** The whole state of a view, and its one form: the query string, with the names the API uses. */

import type { Weights } from "../scoring/score";

export type Language = "en" | "zh";

/** Options of the analysis that are passed on to the API as they stand; each is absent when it has its default. */
export const METHOD_OPTIONS = {
  basis: ["bilateral", "world"],
  distance: ["ports", "sea", "great_circle"],
  window: ["3", "5", "10"],
  exponent: ["window", "intervals"],
  average: ["simple", "weighted"],
  price_period: ["year", "window"],
  missing: ["usual", "one"],
  tariff: ["mean", "max"],
  scale: ["percentile", "minmax", "zscore"],
} as const;

export type MethodOption = keyof typeof METHOD_OPTIONS;
export const METHOD_DEFAULTS: Record<MethodOption, string> = {
  basis: "bilateral",
  distance: "ports",
  window: "5",
  exponent: "window",
  average: "simple",
  price_period: "year",
  missing: "usual",
  tariff: "mean",
  scale: "percentile",
};

export interface ViewState {
  view: string;
  lang: Language;
  exporter: string | null;
  product: string | null;
  year: string | null;
  data: string | null;
  method: Partial<Record<MethodOption, string>>;
  /** null: the default preset. */
  weights: Weights | null;
  rank_by: string;
  /** Column by which the table is sorted, with a leading minus for descending; null: by rank. */
  sort: string | null;
  /** "all" or names of column groups; empty: the essential columns. */
  columns: readonly string[];
  /** The row that is open. */
  market: string | null;
}

export function defaultLanguage(preferred: readonly string[]): Language {
  return preferred[0]?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function parseWeights(text: string): Weights {
  const pairs = text.split(",").map((part) => part.split("="));
  return Object.fromEntries(
    pairs
      .map(([id = "", value = ""]) => [id.trim(), Number(value)] as const)
      .filter(([id, value]) => id !== "" && Number.isFinite(value) && value >= 0),
  );
}

/** "gap=2,distance_km=1"; weights of 0 are left out unless all are 0, which one of them then says. */
export function formatWeights(weights: Weights): string {
  const entries = Object.entries(weights);
  const used = entries.filter(([, weight]) => weight > 0);
  return (used.length > 0 ? used : entries.slice(0, 1)).map(([id, weight]) => `${id}=${weight}`).join(",");
}

export function parseView(search: string, language: Language): ViewState {
  const query = new URLSearchParams(search);
  const lang = query.get("lang");
  const weights = query.get("weights");
  const method = Object.fromEntries(
    Object.keys(METHOD_OPTIONS).flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ) as ViewState["method"];
  return {
    view: query.get("view") ?? "markets",
    lang: lang === "en" || lang === "zh" ? lang : language,
    exporter: query.get("exporter"),
    product: query.get("product"),
    year: query.get("year"),
    data: query.get("data"),
    method,
    weights: weights === null ? null : parseWeights(weights),
    rank_by: query.get("rank_by") ?? "score",
    sort: query.get("sort"),
    columns: query.get("columns")?.split(",").filter(Boolean) ?? [],
    market: query.get("market"),
  };
}

/** Like encodeURIComponent, but keeps the signs that read well in a query (weights=gap=2,distance_km=1). */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("%3D", "=").replaceAll("%2C", ",");
}

/** The query string of a view, keys in one fixed order, defaults left out; the language always stands in it. */
export function formatView(view: ViewState): string {
  const entries: [string, string | null][] = [
    ["view", view.view === "markets" ? null : view.view],
    ["exporter", view.exporter],
    ["product", view.product],
    ["year", view.year],
    ["data", view.data],
    ...methodEntries(view.method),
    ["weights", view.weights && formatWeights(view.weights)],
    ["rank_by", view.rank_by === "score" ? null : view.rank_by],
    ["sort", view.sort],
    ["columns", view.columns.join(",") || null],
    ["market", view.market],
    ["lang", view.lang],
  ];
  return "?" + entries.flatMap(([key, value]) => (value === null ? [] : [`${key}=${encode(value)}`])).join("&");
}

export function methodEntries(method: ViewState["method"]): [MethodOption, string | null][] {
  return (Object.keys(METHOD_OPTIONS) as MethodOption[]).map((name) => {
    const value = method[name];
    return [name, value === undefined || value === METHOD_DEFAULTS[name] ? null : value];
  });
}
