import { EmptyState } from "../../ui/states";
import { useTitle } from "../../ui/useTitle";
import { marketsView } from "./state";
import { useTexts } from "./texts";

const EXAMPLES = [
  { exporter: "CHL", product: "2603", en: "Chile, copper ores (2603)", zh: "智利，铜矿砂（2603）" },
  { exporter: "AUS", product: "2601", en: "Australia, iron ores (2601)", zh: "澳大利亚，铁矿砂（2601）" },
  { exporter: "ZAF", product: "2610", en: "South Africa, chromium ores (2610)", zh: "南非，铬矿砂（2610）" },
];

export function NothingAsked() {
  const t = useTexts();
  const { lang } = marketsView.use();
  useTitle(t("finder.title"));
  return (
    <EmptyState
      title={t("finder.empty.title")}
      text={t("finder.empty.text")}
      lead={t("finder.empty.try")}
      examples={EXAMPLES.map(({ exporter, product, ...name }) => ({ to: marketsView.link({ exporter, product }), name: name[lang] }))}
    />
  );
}
