import { failureOf } from "../../api/resource";
import { useEconomies, useProducts } from "../../lists/useLists";
import "../../overview/overview.css";
import { Notes } from "../../ui/Notes";
import { ErrorState, Skeleton } from "../../ui/states";
import { ViewFrame } from "../../ui/ViewFrame";
import { Answer } from "./Answer";
import { NothingAsked } from "./NothingAsked";
import { QueryPanel } from "./QueryPanel";
import { useProductOverview } from "./questions";
import { goTo, productView } from "./state";

/** A product at a glance: who sells and buys it, at what unit values, how concentrated both sides are. */
export default function ProductPage() {
  const view = productView.use();
  const economies = useEconomies(view.lang);
  const products = useProducts(view.lang, view.data);
  const answer = useProductOverview(view);
  const failed = failureOf(answer, products);
  const basket = view.product?.includes(",") ? view.product.split(",") : [];
  const asked = view.product !== null && basket.length === 0;
  const exporter = economies.data?.economies.find(({ code }) => code === view.exporter)?.name ?? view.exporter;
  return (
    <ViewFrame ask={<QueryPanel view={view} />} notes={asked && answer.data && <Notes result={answer.data} lang={view.lang} />} busy={answer.pending}>
      {failed && (
        <ErrorState
          {...failed}
          onFix={(field, value) => goTo({ [field]: value })}
        />
      )}
      {!asked && !failed && <NothingAsked basket={basket} products={products.data?.products} />}
      {asked && !answer.data && !failed && <Skeleton rows={16} className="answer-skeleton" />}
      {asked && answer.data && <Answer view={view} overview={answer.data} exporter={exporter} />}
    </ViewFrame>
  );
}
