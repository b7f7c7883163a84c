import { failureOf } from "../../api/resource";
import { useEconomies, useIndicators } from "../../lists/useLists";
import { fixFor } from "../../method/fixes";
import { Notes } from "../../ui/Notes";
import { ErrorState, Skeleton } from "../../ui/states";
import { ViewFrame } from "../../ui/ViewFrame";
import { useRanking } from "../markets/useRanking";
import { WeightPanel } from "../markets/WeightPanel";
import { Answer } from "./Answer";
import { Headline } from "./Headline";
import { NothingAsked } from "./NothingAsked";
import { QueryPanel } from "./QueryPanel";
import { useProductRanking } from "./questions";
import { goTo, productsView, turned } from "./state";
import { useTexts } from "./texts";

/** For an exporter and a market: which products? */
export default function ProductFinder() {
  const view = productsView.use();
  const t = useTexts();
  const economies = useEconomies(view.lang);
  const indicators = useIndicators(view.lang);
  const answer = useProductRanking(view);
  const result = answer.data;
  const { weights, ranked } = useRanking(view, indicators.data, result, "product");
  const asked = view.exporter !== null && view.market !== null;
  const failed = failureOf(answer, economies, indicators);
  return (
    <ViewFrame
      ask={<QueryPanel view={view} />}
      side={<WeightPanel view={view} lists={indicators.data} result={result} of={turned} />}
      sideLabel={t("weights")}
      notes={result && <Notes result={result} lang={view.lang} />}
      busy={answer.pending}
    >
      {asked && <Headline view={view} economies={economies.data?.economies} result={result} />}
      {failed && <ErrorState {...failed} onFix={(field, value) => goTo(fixFor(view, field, value, failed.error.valid))} />}
      {!asked && !failed && <NothingAsked />}
      {asked && !result && !failed && <Skeleton rows={16} />}
      {result && ranked && <Answer view={view} result={result} ranked={ranked} weights={weights} stale={answer.pending} />}
    </ViewFrame>
  );
}
