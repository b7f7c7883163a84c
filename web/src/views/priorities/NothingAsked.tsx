import { EmptyState } from "../../ui/states";
import { useTitle } from "../../ui/useTitle";
import { prioritiesView } from "./state";
import { useTexts } from "./texts";

const EXAMPLES = [
  { exporter: "CHL", en: "Chile", zh: "智利" },
  { exporter: "AUS", en: "Australia", zh: "澳大利亚" },
  { exporter: "ZAF", en: "South Africa", zh: "南非" },
];

export function NothingAsked() {
  const t = useTexts();
  const { lang } = prioritiesView.use();
  useTitle(t("title"));
  return (
    <EmptyState
      title={t("empty.title")}
      text={t("empty.text")}
      lead={t("empty.try")}
      examples={EXAMPLES.map(({ exporter, ...name }) => ({ to: prioritiesView.link({ exporter }), name: name[lang] }))}
    />
  );
}
