import { memo } from "react";
import type { Economy, Result } from "../../api/client";
import { numberIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import { useTitle } from "../../ui/useTitle";
import type { ProductsState } from "./state";
import { useTexts } from "./texts";

interface Props {
  view: ProductsState;
  economies: readonly Economy[] | undefined;
  result: Result | null;
}

/** What is asked, as a headline, and the answer's size in a sentence. */
export const Headline = memo(function Headline({ view, economies, result }: Props) {
  const t = useTexts();
  const nameOf = (code: string | null) => economies?.find((one) => one.code === code)?.name ?? code ?? "";
  const [exporter, market] = [nameOf(view.exporter), nameOf(view.market)];
  useTitle(exporter, market, t("title"));
  const sum = (id: string) => (result?.rows ?? []).reduce((total, row) => total + (numberIn(row, id) ?? 0), 0);
  const money = (id: string) => formatWithUnit(sum(id), id, "usd", view.lang);
  const year = String((result?.parameters.year as number | undefined) ?? view.year ?? "");
  return (
    <div className="headline">
      <p className="kicker">{t("title")}</p>
      <h1>{t("kicker", { exporter, market })}</h1>
      {result && result.rows.length > 0 && (
        <p className="summary">
          {t("summary", {
            exporter,
            market,
            year,
            products: result.rows.length,
            served: result.rows.filter((row) => (numberIn(row, "value_usd") ?? 0) > 0).length,
            value: money("value_usd"),
          })}{" "}
          {t("summary.unrealised", { value: money("unrealised_usd") })} <span className="muted">{t("summary.caveat")}</span>
        </p>
      )}
    </div>
  );
});
