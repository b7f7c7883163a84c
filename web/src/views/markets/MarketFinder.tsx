import { useMemo } from "react";
import { failureOf } from "../../api/resource";
import { LOCALE } from "../../format/number";
import { useDatasets, useEconomies, useIndicators, useProducts } from "../../lists/useLists";
import { fixFor } from "../../method/fixes";
import { Notes } from "../../ui/Notes";
import { ErrorState, Skeleton } from "../../ui/states";
import { parseSort } from "../../ui/table/order";
import { ViewFrame } from "../../ui/ViewFrame";
import { Answer } from "./Answer";
import "./detail.css";
import "./markets.css";
import { Headline } from "./Headline";
import { NothingAsked } from "./NothingAsked";
import { QueryPanel } from "./QueryPanel";
import { useMarkets } from "./questions";
import { sortRows } from "./ranking";
import { goTo, marketsView, mendedBasket, withoutWeights } from "./state";
import { useTexts } from "./texts";
import { useRanking } from "./useRanking";
import { WeightPanel } from "./WeightPanel";

/** For an exporter and a product: which markets? */
export function MarketFinder() {
  const view = marketsView.use();
  const question = withoutWeights(view);
  const t = useTexts();
  const economies = useEconomies(view.lang);
  const products = useProducts(view.lang, view.data);
  const datasets = useDatasets(view.lang);
  const indicators = useIndicators(view.lang);
  const markets = useMarkets(view);
  const result = markets.data;

  const { weights, ranked } = useRanking(view, indicators.data, result, "importer");
  const rows = useMemo(() => ranked && sortRows(ranked, parseSort(view.sort), LOCALE[view.lang]), [ranked, view.sort, view.lang]);

  const asked = view.exporter !== null && view.product !== null;
  const failed = failureOf(markets, economies, products, indicators, datasets);
  const onFix = (field: string, value: string) =>
    goTo(
      field === "product"
        ? { product: mendedBasket(view.product, value, products.data?.products ?? []) }
        : fixFor(view, field, value, failed?.error.valid ?? []),
    );
  return (
    <ViewFrame
      ask={<QueryPanel view={question} />}
      side={<WeightPanel view={view} lists={indicators.data} result={result} />}
      sideLabel={t("weights.title")}
      notes={result && <Notes result={result} lang={view.lang} />}
      busy={markets.pending}
    >
      {asked && <Headline view={question} economies={economies.data?.economies} products={products.data?.products} result={result} />}
      {failed && <ErrorState {...failed} onFix={onFix} />}
      {!asked && !failed && <NothingAsked />}
      {asked && !result && !failed && <Skeleton rows={16} className="answer-skeleton" />}
      {result && ranked && rows && (
        <Answer view={view} result={result} ranked={ranked} rows={rows} weights={weights} economies={economies.data?.economies} stale={markets.pending} />
      )}
    </ViewFrame>
  );
}
