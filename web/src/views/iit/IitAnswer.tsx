import { useMemo } from "react";
import type { FamilyAnswer } from "../../api/family";
import { fileOf, useFamily } from "../../api/family";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { saidValue } from "../../charts/figure";
import { FigureChart } from "../../charts/FigureChart";
import type { Language } from "../../i18n/language";
import { spanAsked } from "../../lists/span";
import { useYears } from "../../lists/SpanField";
import { Answered } from "../../ui/Answered";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { ChosenTable } from "../../ui/table/ChosenTable";
import { question } from "./asking";
import { competitivenessFigure, totalOf, verticalShare, worded } from "./rows";
import type { IitState, Show } from "./state";
import { fixFor, goTo } from "./state";
import { useTexts } from "./texts";

/** Of each tab the columns that always stand, and those that are shown unless others are chosen. */
const COLUMNS: Readonly<Record<Exclude<Show, "tables">, { lead: readonly string[]; essentials: readonly string[] }>> = {
  level: {
    lead: ["year", "partner_name", "industry_name"],
    essentials: ["gl", "gl_fine", "gl_aggregate", "gl_adjusted", "balassa", "aquino", "bergstrand", "brulhart_a", "exports_usd", "imports_usd"],
  },
  kinds: {
    lead: ["year", "partner_name", "gl_fine"],
    essentials: ["hiit", "viit_high", "viit_low", "iit_untyped", "iit_below", "iit_type", "one_way", "two_way_horizontal", "two_way_vertical", "two_way_untyped", "exports_usd", "imports_usd"],
  },
  industries: {
    lead: ["industry", "industry_name", "partner_name"],
    essentials: ["gl", "gl_fine", "hiit", "viit_high", "viit_low", "iit_type", "thom_mcdowell", "tc", "tc_band", "trade_share", "exports_usd", "imports_usd"],
  },
  competitiveness: {
    lead: ["industry", "industry_name", "partner_name"],
    essentials: ["tc", "tc_band", "rca", "rsca", "nrca", "vollrath", "lafay", "michaely", "intensity", "market_share", "exports_usd", "imports_usd"],
  },
  sources: {
    lead: ["industry", "industry_name", "partner_name"],
    essentials: ["from_year", "to_year", "trade_share_before", "trade_share_after", "gl_before", "gl_after", "iit_share_before", "iit_share_after", "contribution"],
  },
};
const keyOf = (row: Row): string => [textIn(row, "partner"), textIn(row, "industry"), textIn(row, "year")].join("-");

interface Props {
  view: IitState;
  show: Exclude<Show, "tables">;
  name: string;
}

/** The answer of a tab: a sentence, its chart, its table. */
export function IitAnswer({ view, show, name }: Props) {
  const t = useTexts();
  const { lang } = view;
  const asked = question(view, spanAsked(view.years, useYears(view.data, lang)));
  const resource = useFamily(asked && [asked], `iit ${show} ${view.reporter ?? ""} ${view.products.join()}`);
  const data = resource.data;
  const answer = useMemo(() => data && worded(data, show, t), [data, show, t]);
  const figure = useMemo(() => {
    if (!data || show !== "competitiveness") return data?.chart ?? null;
    const [first] = data.rows;
    const tc = data.columns.find(({ id }) => id === "tc")?.name ?? "";
    const title = t("competitiveness.title", { measure: tc, name, partner: first ? textIn(first, "partner_name") : "", year: first ? textIn(first, "year") : "" });
    return competitivenessFigure(data, title, tc, lang);
  }, [data, show, name, t, lang]);
  const { lead, essentials } = COLUMNS[show];
  return (
    <Answered resource={{ ...resource, data: answer }} lang={lang} none={t("iit.none")} onFix={(field, value) => goTo(fixFor(view, field, value))}>
      {(result) => (
        <>
          {show !== "sources" && show !== "competitiveness" && <Summary answer={result} name={name} lang={lang} />}
          {asked && (
            <DownloadMenu
              files={[
                { label: t("files.xlsx"), from: fileOf(asked, "xlsx") },
                { label: t("files.csv"), from: fileOf(asked, "csv") },
              ]}
            />
          )}
          {figure && figure.series.length > 0 && <FigureChart figure={figure} lang={lang} fileName={`iit-${show}-${view.reporter ?? ""}`} />}
          {show === "competitiveness" && <p className="muted small">{t("competitiveness.reading")}</p>}
          {show === "sources" && <p className="muted small">{t("sources.reading")}</p>}
          <ChosenTable
            caption={figure?.title ?? t(`tab.${show}`)}
            result={result}
            lead={lead}
            essentials={essentials}
            keyOf={keyOf}
            view={view}
            goTo={goTo}
          />
        </>
      )}
    </Answered>
  );
}

/** How much of the trade is within industries, and how much of that is vertical. */
function Summary({ answer, name, lang }: { answer: FamilyAnswer; name: string; lang: Language }) {
  const t = useTexts();
  const total = totalOf(answer);
  if (!total) return null;
  const share = (value: number | null) => saidValue(value, "fraction", lang);
  const vertical = verticalShare(total);
  return (
    <p className="summary">
      {t("iit.summary", { name, partner: textIn(total, "partner_name"), year: textIn(total, "year"), gl: share(numberIn(total, "gl")), fine: share(numberIn(total, "gl_fine")) })}{" "}
      {vertical === null ? t("iit.summary.untyped") : t(vertical > 0.5 ? "iit.summary.vertical" : "iit.summary.horizontal", { vertical: share(vertical), horizontal: share(1 - vertical) })}
    </p>
  );
}
