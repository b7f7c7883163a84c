import { useMemo } from "react";
import { fileOf, useFamily } from "../../api/family";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { saidValue } from "../../charts/figure";
import { FigureChart } from "../../charts/FigureChart";
import { LOCALE } from "../../format/number";
import { Answered } from "../../ui/Answered";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { ChosenTable } from "../../ui/table/ChosenTable";
import { ranking } from "./asking";
import { nameOf, splitFigure } from "./figures";
import { Split } from "./Split";
import type { PowerState } from "./state";
import { fixFor, goTo } from "./state";
import { useTexts } from "./texts";
import { worded } from "./words";

export interface AnswerProps {
  view: PowerState;
  /** Names of the economy and the product asked about. */
  who: string | null;
  what: string | null;
}

const LEAD = ["rank", "economy_name", "tpi", "tlc"];
const ESSENTIALS = [
  "tlc_export", "price_factor_export", "tpi_export", "tlc_import", "price_factor_import", "tpi_import", "market_power", "quality", "stage", "exports_usd", "imports_usd",
];
const economyOf = (row: Row): string => textIn(row, "economy");

/** Every economy, ranked; the one that is open is taken apart into share and price. */
export function RankingAnswer({ view, what }: AnswerProps) {
  const t = useTexts();
  const { lang, economy } = view;
  const asked = ranking(view);
  const resource = useFamily([asked], `power ranking ${view.product ?? ""}`);
  const measure = view.method.rank_by ?? "tpi";
  const data = resource.data;
  const answer = useMemo(() => data && worded(data, t), [data, t]);
  const title = data?.chart?.title ?? "";
  const figure = useMemo(
    () => (data ? (splitFigure(data, measure, title, t("chart.split"), lang) ?? data.chart ?? null) : null),
    [data, measure, title, t, lang],
  );
  const pick = ({ name }: { name: string }) => {
    const row = data?.rows.find((one) => textIn(one, "economy_name") === name);
    if (row) goTo({ economy: economyOf(row) });
  };
  return (
    <Answered resource={{ ...resource, data: answer }} lang={lang} none={t("power.none")} onFix={(field, value) => goTo(fixFor(view, field, value))}>
      {(result) => {
        const open = result.rows.find((row) => economyOf(row) === economy);
        const first = result.rows.slice(0, 3).filter((row) => numberIn(row, measure) !== null);
        const names = new Intl.ListFormat(LOCALE[lang]).format(
          first.map((row) => t("ranking.one", { name: textIn(row, "economy_name"), value: saidValue(numberIn(row, measure), "1", lang) })),
        );
        return (
          <>
            <p className="summary">
              {t("ranking.summary", { year: textIn(result.rows[0] ?? {}, "year"), measure: nameOf(result, measure), product: what ?? t("power.everything"), names })}
            </p>
            <DownloadMenu
              files={[
                { label: t("files.xlsx"), from: fileOf(asked, "xlsx") },
                { label: t("files.csv"), from: fileOf(asked, "csv") },
              ]}
            />
            {economy !== null && !open && <p className="muted">{t("ranking.absent", { code: economy })}</p>}
            {open && <Split view={view} answer={result} row={open} onward={["path", "products", "change", "roads"]} />}
            {figure && <FigureChart figure={figure} lang={lang} fileName={`power-${view.product ?? "all"}`} onPick={pick} />}
            <ChosenTable
              caption={title}
              result={result}
              lead={LEAD}
              essentials={ESSENTIALS}
              keyOf={economyOf}
              view={view}
              goTo={goTo}
              open={economy}
              onOpen={(code) => goTo({ economy: code })}
            />
          </>
        );
      }}
    </Answered>
  );
}
