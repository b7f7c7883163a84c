import { useMemo } from "react";
import { useEconomies, useIndicators } from "../../lists/useLists";
import { fixFor } from "../../method/fixes";
import type { Scale } from "../../scoring/score";
import { Notes } from "../../ui/Notes";
import { ErrorState, Skeleton } from "../../ui/states";
import { ViewFrame } from "../../ui/ViewFrame";
import { rankRows } from "../markets/ranking";
import { scoringWeights } from "../markets/weights";
import { WeightPanel } from "../markets/WeightPanel";
import { Answer } from "./Answer";
import { Headline } from "./Headline";
import { NothingAsked } from "./NothingAsked";
import { QueryPanel } from "./QueryPanel";
import { useProductRanking } from "./questions";
import { goTo, productsView, turned } from "./state";
import { useTexts } from "./texts";

const SCALES: readonly Scale[] = ["percentile", "minmax", "zscore"];

/** For an exporter and a market: which products? */
export default function ProductFinder() {
  const view = productsView.use();
  const t = useTexts();
  const economies = useEconomies(view.lang);
  const indicators = useIndicators(view.lang);
  const answer = useProductRanking(view);
  const result = answer.data;
  const weights = useMemo(() => scoringWeights(view.weights, indicators.data, result), [view.weights, indicators.data, result]);
  const scale = SCALES.find((name) => name === view.method.scale) ?? "percentile";
  const ranked = useMemo(
    () => result && rankRows(result, { scale, weights, rankBy: view.rank_by }, "product"),
    [result, scale, weights, view.rank_by],
  );
  const asked = view.exporter !== null && view.market !== null;
  const failed = answer.error ?? economies.error ?? indicators.error;
  const retryAll = () => {
    for (const resource of [answer, economies, indicators]) if (resource.error) resource.retry();
  };
  return (
    <ViewFrame
      ask={<QueryPanel view={view} />}
      side={<WeightPanel view={view} lists={indicators.data} result={result} of={turned} />}
      sideLabel={t("weights")}
      notes={result && <Notes result={result} lang={view.lang} />}
      busy={answer.pending}
    >
      {asked && <Headline view={view} economies={economies.data?.economies} result={result} />}
      {failed && <ErrorState error={failed} onRetry={retryAll} onFix={(field, value) => goTo(fixFor(view, field, value, failed.valid))} />}
      {!asked && !failed && <NothingAsked />}
      {asked && !result && !failed && <Skeleton rows={16} />}
      {result && ranked && <Answer view={view} result={result} ranked={ranked} weights={weights} stale={answer.pending} />}
    </ViewFrame>
  );
}
