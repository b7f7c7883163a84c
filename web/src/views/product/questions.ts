import type { Query } from "../../api/asked";
import { asked, useAsked } from "../../api/asked";
import type { Resource } from "../../api/resource";
import type { ProductOverview } from "../../overview/shapes";
import type { ProductState } from "./state";

/** Null where no product is named, or a basket of several. */
export function productQuery(view: ProductState): Query | null {
  if (view.product === null || view.product.includes(",")) return null;
  return asked([
    ["product", view.product],
    ["year", view.year],
    ["data", view.data],
    ["top", view.top === "10" ? null : view.top],
    ["window", view.window === "5" ? null : view.window],
    ["lang", view.lang],
  ]);
}

export const useProductOverview = (view: ProductState): Resource<ProductOverview> =>
  useAsked<ProductOverview>("product", productQuery(view), `product ${view.product ?? ""}`);
