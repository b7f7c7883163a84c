/** What the address says of the priorities of an exporter. */

import { MANY_PRODUCTS_OPTIONS } from "../../method/options";
import { list, oneOf, options, text, textOr } from "../../state/parts";
import { declareView } from "../../state/view";

export const prioritiesView = declareView("priorities", {
  exporter: text,
  year: text,
  data: text,
  /** Digits of the HS code. */
  level: textOr("4"),
  /** So many pairs of product and market. */
  top: textOr("200"),
  served: textOr("all"),
  /** Only markets of these: "region:Asia", "income:high", "bloc:ASEAN", "agreement:RCEP" or economies. */
  among: list,
  method: options(MANY_PRODUCTS_OPTIONS),
  /** A preset; it counts where the pairs are ranked by their score. */
  weights: textOr("balanced"),
  rank_by: textOr("unrealised_usd"),
  show: oneOf(["heat", "tree"]),
  sort: text,
  /** The pair that is open. */
  product: text,
  market: text,
});

export type PrioritiesState = ReturnType<typeof prioritiesView.use>;
export const { goTo } = prioritiesView;
