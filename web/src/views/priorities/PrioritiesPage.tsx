import { failureOf } from "../../api/resource";
import { useEconomies, useIndicators } from "../../lists/useLists";
import { fixFor } from "../../method/fixes";
import { Notes } from "../../ui/Notes";
import { ErrorState, Skeleton } from "../../ui/states";
import { ViewFrame } from "../../ui/ViewFrame";
import { Answer } from "./Answer";
import { NothingAsked } from "./NothingAsked";
import "./priorities.css";
import { QueryPanel } from "./QueryPanel";
import { usePriorities } from "./questions";
import { goTo, prioritiesView } from "./state";

/** For an exporter: which pairs of product and market first? */
export default function PrioritiesPage() {
  const view = prioritiesView.use();
  const economies = useEconomies(view.lang);
  const indicators = useIndicators(view.lang);
  const answer = usePriorities(view);
  const failed = failureOf(answer, economies, indicators);
  return (
    <ViewFrame
      ask={<QueryPanel view={view} columns={answer.data?.columns} presets={indicators.data?.presets} />}
      notes={answer.data && <Notes result={answer.data} lang={view.lang} />}
      busy={answer.pending}
    >
      {failed && (
        <ErrorState
          {...failed}
          onFix={(field, value) => goTo(field === "weights" ? { weights: value } : fixFor({ method: view.method }, field, value, failed.error.valid))}
        />
      )}
      {view.exporter === null && !failed && <NothingAsked />}
      {view.exporter !== null && !answer.data && !failed && <Skeleton rows={16} className="answer-skeleton" />}
      {answer.data && <Answer view={view} result={answer.data} economies={economies.data?.economies} stale={answer.pending} />}
    </ViewFrame>
  );
}
