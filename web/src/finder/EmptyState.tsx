import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../state/viewState";

const EXAMPLES = [
  { exporter: "CHL", product: "2603", en: "Chile, copper ores (2603)", zh: "智利，铜矿砂（2603）" },
  { exporter: "AUS", product: "2601", en: "Australia, iron ores (2601)", zh: "澳大利亚，铁矿砂（2601）" },
  { exporter: "ZAF", product: "2610", en: "South Africa, chromium ores (2610)", zh: "南非，铬矿砂（2610）" },
];

export function EmptyState({ lang }: { lang: Language }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("app.title");
  }, [t]);
  return (
    <section className="state">
      <h1>{t("finder.empty.title")}</h1>
      <p>{t("finder.empty.text")}</p>
      <p className="muted">{t("finder.empty.try")}</p>
      <ul className="examples">
        {EXAMPLES.map((example) => (
          <li key={example.exporter}>
            <a href={`?exporter=${example.exporter}&product=${example.product}&lang=${lang}`}>{example[lang]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
