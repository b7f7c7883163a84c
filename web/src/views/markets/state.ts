/** What the address says of the market finder. */

import type { Language } from "../../i18n/language";
import type { Method } from "../../method/options";
import { MANY_PRODUCTS_OPTIONS, METHOD_OPTIONS } from "../../method/options";
import { list, oneOf, options, text, textOr, weights } from "../../state/parts";
import { declareView } from "../../state/view";

export const marketsView = declareView("markets", {
  exporter: text,
  /** A code, or a basket of codes between commas. */
  product: text,
  year: text,
  data: text,
  /** The candidates: "region:Asia", "income:high", "bloc:ASEAN", "agreement:RCEP" or economies. */
  among: list,
  served: textOr("all"),
  method: options(METHOD_OPTIONS),
  weights,
  rank_by: textOr("score"),
  /** Column by which the table is sorted, with a leading minus for descending; null: by rank. */
  sort: text,
  /** "all", names of column groups or of columns; empty: the essential columns. */
  columns: list,
  /** Bounds that the rows in sight keep to: "value_usd>=1000000". */
  filter: list,
  /** Markets chosen to be compared or briefed. */
  chosen: list,
  show: oneOf(["ranking", "compare", "availability"]),
  /** The row that is open. */
  market: text,
});

export type MarketsState = ReturnType<typeof marketsView.use>;
export const { goTo } = marketsView;

/** The finder asked about one pair of those that another view compares over many products, computed as it was there. */
export function pairAsked(address: string, method: Method, lang: Language): MarketsState {
  return { ...marketsView.parse(address, lang), method: { basis: MANY_PRODUCTS_OPTIONS.basis[0], ...method } };
}

/** The codes of a basket; one alone is no basket. */
export const productCodes = (product: string | null): string[] => product?.split(",").filter(Boolean) ?? [];

/** A basket in which the first code that the data set does not know gives way to the nearest that it does. */
export function mendedBasket(product: string | null, nearest: string, known: readonly { code: string }[]): string {
  const codes = productCodes(product);
  const wrong = codes.find((code) => !known.some((one) => one.code === code));
  if (codes.length < 2 || wrong === undefined) return nearest;
  return [...new Set(codes.map((code) => (code === wrong ? nearest : code)))].sort().join(",");
}

export const MOST_IN_BASKET = 25;
export const MOST_COMPARED = 4;

/** Takes a market among those chosen, or out of them; the first gives way to a fifth. */
export function chooseMarket(view: MarketsState, code: string): void {
  const rest = view.chosen.filter((one) => one !== code);
  goTo({ chosen: rest.length < view.chosen.length ? rest : [...rest, code].slice(-MOST_COMPARED) });
}

let asked: { key: string; view: MarketsState } | null = null;

/** The view but for its weights: the same object as long as nothing else has changed, so that the question need not be drawn anew. */
export function withoutWeights(view: MarketsState): MarketsState {
  const key = marketsView.format({ ...view, weights: null });
  if (asked?.key !== key) asked = { key, view: { ...view, weights: null } };
  return asked.view;
}
