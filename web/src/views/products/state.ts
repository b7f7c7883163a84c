/** What the address says of the product finder. */

import { MANY_PRODUCTS_OPTIONS } from "../../method/options";
import { list, options, text, textOr, weights } from "../../state/parts";
import { declareView } from "../../state/view";

export const productsView = declareView("products", {
  exporter: text,
  market: text,
  year: text,
  data: text,
  /** Digits of the HS code. */
  level: textOr("4"),
  served: textOr("all"),
  method: options(MANY_PRODUCTS_OPTIONS),
  weights,
  rank_by: textOr("unrealised_usd"),
  /** Column by which the table is sorted, with a leading minus for descending; null: by rank. */
  sort: text,
  /** "all", names of column groups or of columns; empty: the essential columns. */
  columns: list,
  /** The row that is open. */
  product: text,
});

export type ProductsState = ReturnType<typeof productsView.use>;
export const { goTo } = productsView;

type Change = Partial<Pick<ProductsState, "weights" | "rank_by" | "sort">>;

/** Whoever moves a weight wants to see what it does: the ranking is then by the score. */
const byScore = (change: Change): Change => ("weights" in change ? { rank_by: "score", ...change } : change);

/** The view as the weight panel turns it. */
export const turned = {
  now: productsView.now,
  goTo: (change: Change) => productsView.goTo(byScore(change)),
  adjust: (change: Change) => productsView.adjust(byScore(change)),
};
