import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Economy, Product, Result } from "../api/client";
import { numberIn } from "../api/rows";
import { formatWithUnit } from "../format/number";
import type { ViewState } from "../state/viewState";

interface Props {
  view: ViewState;
  economies: readonly Economy[] | undefined;
  products: readonly Product[] | undefined;
  result: Result | null;
}

/** What is asked, as a headline, and the answer's size in one sentence. */
export function Headline({ view, economies, products, result }: Props) {
  const { t } = useTranslation();
  const exporter = economies?.find(({ code }) => code === view.exporter)?.name ?? view.exporter ?? "";
  const product = products?.find(({ code }) => code === view.product);
  const year = String((result?.parameters.year as number | string | undefined) ?? view.year ?? "");
  const served = result?.rows.filter((row) => (numberIn(row, "value_usd") ?? 0) > 0) ?? [];
  const sold = served.reduce((sum, row) => sum + (numberIn(row, "value_usd") ?? 0), 0);
  const productName = product?.name ?? view.product ?? "";
  const title = `${exporter} · ${productName} (${view.product ?? ""}) · ${t("app.title")}`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div className="headline">
      <p className="kicker">{t("finder.kicker", { exporter })}</p>
      <h1>
        {productName} <span className="code">{view.product}</span>
      </h1>
      {product && !product.complete && (
        <p className="muted">{t("ask.incomplete", { present: product.hs6_present ?? 0, total: product.hs6_total ?? 0 })}</p>
      )}
      {result && (
        <p className="summary">
          {t("finder.summary", {
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
}
