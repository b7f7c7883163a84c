import { EmptyState } from "../../ui/states";
import { useTitle } from "../../ui/useTitle";
import { productsView } from "./state";
import { useTexts } from "./texts";

const EXAMPLES = [
  { exporter: "CHL", market: "CHN", en: "Chile to China", zh: "智利 → 中国" },
  { exporter: "AUS", market: "IND", en: "Australia to India", zh: "澳大利亚 → 印度" },
  { exporter: "ZAF", market: "DEU", en: "South Africa to Germany", zh: "南非 → 德国" },
];

export function NothingAsked() {
  const t = useTexts();
  const { lang } = productsView.use();
  useTitle(t("title"));
  return (
    <EmptyState
      title={t("empty.title")}
      text={t("empty.text")}
      lead={t("empty.try")}
      examples={EXAMPLES.map(({ exporter, market, ...name }) => ({ to: productsView.link({ exporter, market }), name: name[lang] }))}
    />
  );
}
