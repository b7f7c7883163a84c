import { useMemo } from "react";
import { fileOf, useFamily } from "../../api/family";
import type { Row } from "../../api/rows";
import { textIn } from "../../api/rows";
import { FigureChart } from "../../charts/FigureChart";
import { spanAsked } from "../../lists/span";
import { useYears } from "../../lists/SpanField";
import { Answered } from "../../ui/Answered";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { ChosenTable } from "../../ui/table/ChosenTable";
import { question } from "./asking";
import { ChangeSummary } from "./ChangeSummary";
import { sigmaFigure } from "./figures";
import { NeedsEconomy } from "./NeedsEconomy";
import type { AnswerProps } from "./RankingAnswer";
import { Split } from "./Split";
import type { Show } from "./state";
import { fixFor, goTo, OF_AN_ECONOMY } from "./state";
import { useTexts } from "./texts";
import { worded } from "./words";

/** Of each question the columns that always stand, and those that are shown unless others are chosen. */
const COLUMNS: Readonly<Record<Exclude<Show, "ranking" | "path">, { lead: readonly string[]; essentials: readonly string[] }>> = {
  products: {
    lead: ["product", "product_name"],
    essentials: ["rank", "tlc_export", "price_factor_export", "tpi_export", "tlc_import", "price_factor_import", "tpi_import", "tpi", "quality", "sigma", "stage", "exports_usd"],
  },
  change: {
    lead: ["product", "product_name"],
    essentials: ["from_year", "to_year", "power_before", "power_after", "change", "share_part", "price_part", "mix_part", "entry_exit"],
  },
  roads: {
    lead: ["product", "product_name"],
    essentials: ["road", "stage", "sigma", "tlc_export_before", "tlc_export", "price_factor_export_before", "price_factor_export", "quality_before", "quality", "markup_part", "cost_part", "road_meaning"],
  },
  leaders: { lead: ["product", "product_name"], essentials: ["leader_name", "leader_power", "first_power", "power", "leads", "above_first"] },
  elasticities: {
    lead: ["product", "product_name"],
    essentials: ["sigma_exporters", ...["fixed_point", "iterate", "feenstra", "given"].flatMap((method) => [`sigma_${method}`, `converged_${method}`, `status_${method}`])],
  },
};
const keyOf = (row: Row): string => [textIn(row, "product"), textIn(row, "from_year"), textIn(row, "to_year")].filter(Boolean).join("-");

/** The questions that have one answer, its chart and its table. */
export function OneAnswer({ view, who, what }: AnswerProps) {
  const t = useTexts();
  const { lang, show } = view;
  const years = spanAsked(view.years, useYears(view.data, lang));
  const asked = question(view, years);
  const resource = useFamily(asked && [asked], `power ${show} ${view.economy ?? ""} ${view.product ?? ""}`);
  const answer = useMemo(() => resource.data && worded(resource.data, t), [resource.data, t]);
  const figure = useMemo(
    () => (answer && show === "elasticities" ? sigmaFigure(answer, t("elasticities.title", { product: what ?? t("power.everything") }), lang) : (answer?.chart ?? null)),
    [answer, show, what, t, lang],
  );
  if (OF_AN_ECONOMY.has(show) && view.economy === null) return <NeedsEconomy view={view} />;
  const { lead, essentials } = COLUMNS[show as keyof typeof COLUMNS];
  return (
    <Answered resource={{ ...resource, data: answer }} lang={lang} none={t("power.none")} onFix={(field, value) => goTo(fixFor(view, field, value))}>
      {(result) => {
        const open = show === "products" && view.product !== null ? result.rows.find((row) => keyOf(row) === view.product) : undefined;
        return (
          <>
            {show === "change" && <ChangeSummary answer={result} who={who ?? ""} lang={lang} />}
            {asked && (
              <DownloadMenu
                files={[
                  { label: t("files.xlsx"), from: fileOf(asked, "xlsx") },
                  { label: t("files.csv"), from: fileOf(asked, "csv") },
                ]}
              />
            )}
            {open && <Split view={view} answer={result} row={open} onward={["ranking", "path", "change"]} />}
            {figure && figure.series.length > 0 && <FigureChart figure={figure} lang={lang} fileName={["power", show, view.economy].filter(Boolean).join("-")} />}
            {show === "products" && <p className="muted small">{t("products.reading")}</p>}
            {show === "roads" && <p className="muted small">{t("roads.reading")}</p>}
            <ChosenTable
              caption={figure?.title ?? t(`tab.${show}`)}
              result={result}
              lead={lead}
              essentials={essentials}
              keyOf={keyOf}
              view={view}
              goTo={goTo}
              {...(show === "products" ? { open: view.product, onOpen: (code: string | null) => goTo({ product: code === "TOTAL" ? null : code }) } : {})}
            />
          </>
        );
      }}
    </Answered>
  );
}
