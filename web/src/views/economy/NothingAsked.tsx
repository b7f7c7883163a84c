import { EmptyState } from "../../ui/states";
import { useTitle } from "../../ui/useTitle";
import { economyView } from "./state";
import { useTexts } from "./texts";

const EXAMPLES = [
  { exporter: "CHL", en: "Chile", zh: "智利" },
  { exporter: "AUS", en: "Australia", zh: "澳大利亚" },
  { exporter: "EU27", en: "European Union (27)", zh: "欧盟（27 国）" },
];

export function NothingAsked() {
  const t = useTexts();
  const { lang } = economyView.use();
  useTitle(t("title"));
  return (
    <EmptyState
      title={t("empty.title")}
      text={t("empty.text")}
      lead={t("empty.try")}
      examples={EXAMPLES.map(({ exporter, ...name }) => ({ to: economyView.link({ exporter }), name: name[lang] }))}
    />
  );
}
