import { useEconomies, useProducts } from "../../lists/useLists";
import { EmptyState } from "../../ui/states";
import { Tabs } from "../../ui/Tabs";
import { useTitle } from "../../ui/useTitle";
import { ViewFrame } from "../../ui/ViewFrame";
import { IitAnswer } from "./IitAnswer";
import { IitFields } from "./IitFields";
import { PublicationAnswer } from "./PublicationAnswer";
import type { IitState } from "./state";
import { goTo, iitView, SHOWS } from "./state";
import { useTexts } from "./texts";

/** What kind of trade is it: between industries or within them, and of one quality or of several? */
export default function IitView() {
  const view = iitView.use();
  const t = useTexts();
  const { show, reporter, products, lang } = view;
  const name = useEconomies(lang).data?.economies.find(({ code }) => code === reporter)?.name ?? reporter;
  const list = useProducts(lang, view.data).data?.products;
  const goods = products.map((code) => list?.find((one) => one.code === code)?.name ?? code).join(t("list.comma"));
  useTitle(t("iit.title"), name ?? "", goods);
  return (
    <ViewFrame ask={<IitFields view={view} />}>
      {name === null ? (
        <Nothing />
      ) : (
        <>
          <div className="headline">
            <p className="kicker">{t(`kicker.${show}`)}</p>
            <h1>
              {name} <span className="code">{reporter}</span>
            </h1>
            {goods !== "" && <p className="muted">{goods}</p>}
          </div>
          <div className="answer-tools">
            <Tabs label={t("iit.tabs")} tabs={SHOWS.map((id) => ({ id, name: t(`tab.${id}`) }))} shown={show} onShow={(next) => goTo({ show: next, sort: null, columns: [] })} />
          </div>
          {show === "tables" ? <PublicationAnswer view={view} /> : <IitAnswer key={show} view={view} show={show} name={name} />}
        </>
      )}
    </ViewFrame>
  );
}

const EXAMPLES: readonly { id: "copper" | "partners" | "tables"; state: Partial<IitState> }[] = [
  { id: "copper", state: { reporter: "CHN", products: ["2603"], show: "kinds" } },
  { id: "partners", state: { reporter: "CHN", partners: ["developed", "developing"] } },
  { id: "tables", state: { reporter: "DEU", show: "tables" } },
];

function Nothing() {
  const t = useTexts();
  return (
    <EmptyState
      title={t("empty.title")}
      text={t("empty.text")}
      lead={t("empty.try")}
      examples={EXAMPLES.map(({ id, state }) => ({ to: iitView.link(state), name: t(`example.${id}`) }))}
    />
  );
}
