import { memo } from "react";
import { useTexts } from "./texts";
import type { Economy, Product, Result } from "../../api/client";
import { numberIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import { useTitle } from "../../ui/useTitle";
import type { MarketsState } from "./state";
import { productCodes } from "./state";

interface Props {
  view: MarketsState;
  economies: readonly Economy[] | undefined;
  products: readonly Product[] | undefined;
  result: Result | null;
}

/** Of so many codes a headline can tell. */
const MOST_NAMED = 6;

/** What is asked, as a headline, and the answer's size in one sentence. */
export const Headline = memo(function Headline({ view, economies, products, result }: Props) {
  const t = useTexts();
  const exporter = economies?.find(({ code }) => code === view.exporter)?.name ?? view.exporter ?? "";
  const product = products?.find(({ code }) => code === view.product);
  const year = String((result?.parameters.year as number | string | undefined) ?? view.year ?? "");
  const served = result?.rows.filter((row) => (numberIn(row, "value_usd") ?? 0) > 0) ?? [];
  const sold = served.reduce((sum, row) => sum + (numberIn(row, "value_usd") ?? 0), 0);
  const codes = productCodes(view.product);
  const basket = codes.length > 1;
  const productName = basket ? t("basket.title", { count: codes.length }) : (product?.name ?? "");
  // A long basket is read off its chips.
  const named = codes.length > MOST_NAMED ? "" : codes.join(view.lang === "zh" ? "、" : ", ");
  useTitle(exporter, named === "" ? productName : productName === "" ? named : `${productName} (${named})`);

  return (
    <div className="headline">
      <p className="kicker">{t("finder.kicker", { exporter })}</p>
      <h1>
        {productName} <span className="code">{named}</span>
      </h1>
      {product && !product.complete && (
        <p className="muted">{t("ask.incomplete", { present: product.hs6_present ?? 0, total: product.hs6_total ?? 0 })}</p>
      )}
      {result && (
        <p className="summary">
          {t(served.length > 0 ? "finder.summary" : "finder.summary.none", {
            exporter,
            value: formatWithUnit(sold, "value_usd", "usd", view.lang),
            served: served.length,
            markets: result.rows.length,
            year,
          })}{" "}
          <span className="muted">{t("finder.caveat")}</span>
        </p>
      )}
    </div>
  );
});
