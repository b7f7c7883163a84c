import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RowDetail } from "../detail/RowDetail";
import { useDatasets, useEconomies, useIndicators, useProducts } from "../lists/useLists";
import type { Scale } from "../scoring/score";
import { goTo } from "../state/useViewState";
import type { ViewState } from "../state/viewState";
import { LOCALE } from "../format/number";
import { MapPanel } from "../map/MapPanel";
import { ErrorState, Skeleton } from "../ui/states";
import { EmptyState } from "./EmptyState";
import { fixFor } from "./fixes";
import { Headline } from "./Headline";
import { MarketTable } from "./MarketTable";
import { Notes } from "./Notes";
import { QueryPanel } from "./QueryPanel";
import { parseSort, rankRows, sortRows } from "./ranking";
import { useMarkets } from "./useMarkets";
import { scoringWeights } from "./weights";
import { WeightPanel } from "./WeightPanel";

const SCALES: readonly Scale[] = ["percentile", "minmax", "zscore"];

/** For an exporter and a product: which markets? */
export function MarketFinder({ view }: { view: ViewState }) {
  const { t } = useTranslation();
  const economies = useEconomies(view.lang);
  const products = useProducts(view.lang, view.data);
  const datasets = useDatasets(view.lang);
  const indicators = useIndicators(view.lang);
  const markets = useMarkets(view);
  const result = markets.data;

  // The panel of weights follows the hand at once; the table follows as fast as it can.
  const moved = useDeferredValue(view.weights);
  const weights = useMemo(() => scoringWeights(moved, indicators.data, result), [moved, indicators.data, result]);
  const scale = SCALES.find((name) => name === view.method.scale) ?? "percentile";
  const ranked = useMemo(
    () => (result ? rankRows(result, { scale, weights, rankBy: view.rank_by }) : null),
    [result, scale, weights, view.rank_by],
  );
  const rows = useMemo(
    () => ranked && sortRows(ranked, parseSort(view.sort), LOCALE[view.lang]),
    [ranked, view.sort, view.lang],
  );
  const open = ranked?.find(({ code }) => code === view.market) ?? null;
  const asked = view.exporter !== null && view.product !== null;
  const failed = markets.error ?? economies.error ?? products.error ?? indicators.error ?? datasets.error;
  const retryAll = () => {
    for (const resource of [markets, economies, products, indicators, datasets]) if (resource.error) resource.retry();
  };

  return (
    <div className="finder">
      <aside className="ask" aria-label={t("ask.title")}>
        <QueryPanel view={view} economies={economies.data?.economies} products={products.data?.products} datasets={datasets.data} />
      </aside>
      <main className="answer" aria-busy={markets.pending}>
        {asked && <Headline view={view} economies={economies.data?.economies} products={products.data?.products} result={result} />}
        {failed && (
          <ErrorState error={failed} onRetry={retryAll} onFix={(field, value) => goTo(fixFor(view, field, value, failed.valid))} />
        )}
        {!asked && !failed && <EmptyState lang={view.lang} />}
        {asked && !result && !failed && <Skeleton rows={16} className="answer-skeleton" />}
        {result && ranked && rows && (
          <div className="answer-body" data-open={open !== null}>
            <div className="ranking-column">
              {rows.length === 0 ? (
                <p className="state">{t("finder.norows")}</p>
              ) : (
                <>
                  <MapPanel view={view} result={result} ranked={ranked} economies={economies.data?.economies} />
                  <MarketTable view={view} columns={result.columns} rows={rows} stale={markets.pending} />
                </>
              )}
            </div>
            {open && <RowDetail key={open.code} view={view} result={result} open={open} weights={weights} scale={scale} count={rows.length} />}
          </div>
        )}
      </main>
      <aside className="weights" aria-label={t("weights.title")}>
        <WeightPanel view={view} lists={indicators.data} result={result} />
      </aside>
      {result && <Notes result={result} lang={view.lang} />}
    </div>
  );
}
