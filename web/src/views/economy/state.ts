/** What the address says of the overview of an economy. */

import { text, textOr } from "../../state/parts";
import { declareView } from "../../state/view";

export const economyView = declareView("economy", {
  /** The economy itself: the one that sells, in every other view. */
  exporter: text,
  year: text,
  data: text,
  /** Digits of the HS code. */
  level: textOr("4"),
  /** Rows of each table. */
  top: textOr("10"),
  /** Years over which growth is measured. */
  window: textOr("5"),
  /** They go along to the finders. */
  product: text,
  market: text,
});

export type EconomyState = ReturnType<typeof economyView.use>;
export const { goTo } = economyView;
