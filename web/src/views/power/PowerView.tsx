import { useEconomies, useProducts } from "../../lists/useLists";
import { Tabs } from "../../ui/Tabs";
import { ViewFrame } from "../../ui/ViewFrame";
import { useTitle } from "../../ui/useTitle";
import { OneAnswer } from "./OneAnswer";
import { PathAnswer } from "./PathAnswer";
import "./power.css";
import { PowerFields } from "./PowerFields";
import { RankingAnswer } from "./RankingAnswer";
import { goTo, powerView, SHOWS } from "./state";
import { useTexts } from "./texts";

/** Who is strong in trade, by how much, and whether by share or by price? */
export default function PowerView() {
  const view = powerView.use();
  const t = useTexts();
  const { show, economy, product, lang } = view;
  const who = useEconomies(lang).data?.economies.find(({ code }) => code === economy)?.name ?? economy;
  const what = useProducts(lang, view.data).data?.products.find(({ code }) => code === product)?.name ?? product;
  useTitle(t("power.title"), who ?? "", what ?? "");
  const Answer = show === "ranking" ? RankingAnswer : show === "path" ? PathAnswer : OneAnswer;
  return (
    <ViewFrame ask={<PowerFields view={view} />}>
      <div className="headline">
        <p className="kicker">{t(`kicker.${show}`)}</p>
        <h1>
          {show === "ranking" || who === null ? (what ?? t("power.everything")) : who}{" "}
          <span className="code">{show === "ranking" || who === null ? product : economy}</span>
        </h1>
        {show !== "ranking" && who !== null && show !== "products" && show !== "leaders" && <p className="muted">{what ?? t("power.everything")}</p>}
      </div>
      <div className="answer-tools">
        <Tabs label={t("power.tabs")} tabs={SHOWS.map((id) => ({ id, name: t(`tab.${id}`) }))} shown={show} onShow={(next) => goTo({ show: next, sort: null, columns: [] })} />
      </div>
      <Answer key={show} view={view} who={who} what={what} />
    </ViewFrame>
  );
}
