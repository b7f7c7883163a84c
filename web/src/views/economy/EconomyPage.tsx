import { failureOf } from "../../api/resource";
import { useEconomies } from "../../lists/useLists";
import "../../overview/overview.css";
import { Notes } from "../../ui/Notes";
import { ErrorState, Skeleton } from "../../ui/states";
import { ViewFrame } from "../../ui/ViewFrame";
import { Answer } from "./Answer";
import { NothingAsked } from "./NothingAsked";
import { QueryPanel } from "./QueryPanel";
import { useEconomyOverview } from "./questions";
import { economyView, goTo } from "./state";

/** An economy at a glance: what it sells and buys, with whom, how concentrated, and where it could sell more. */
export default function EconomyPage() {
  const view = economyView.use();
  const economies = useEconomies(view.lang);
  const answer = useEconomyOverview(view);
  const failed = failureOf(answer, economies);
  return (
    <ViewFrame ask={<QueryPanel view={view} />} notes={answer.data && <Notes result={answer.data} lang={view.lang} />} busy={answer.pending}>
      {failed && (
        <ErrorState
          {...failed}
          onFix={(field, value) => goTo({ [field === "economy" ? "exporter" : field]: value })}
        />
      )}
      {view.exporter === null && !failed && <NothingAsked />}
      {view.exporter !== null && !answer.data && !failed && <Skeleton rows={16} className="answer-skeleton" />}
      {answer.data && <Answer view={view} overview={answer.data} />}
    </ViewFrame>
  );
}
