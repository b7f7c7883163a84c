/** What the address says of the overview of a product. */

import { text, textOr } from "../../state/parts";
import { declareView } from "../../state/view";

export const productView = declareView("product", {
  /** Who asks; goes along to the market finder. */
  exporter: text,
  product: text,
  year: text,
  data: text,
  /** Rows of each table. */
  top: textOr("10"),
  /** Years over which growth is measured. */
  window: textOr("5"),
});

export type ProductState = ReturnType<typeof productView.use>;
export const { goTo } = productView;
