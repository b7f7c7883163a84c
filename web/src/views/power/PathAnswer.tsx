import { useMemo } from "react";
import { fileOf, useFamily } from "../../api/family";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { FigureChart } from "../../charts/FigureChart";
import { spanAsked, spanOf } from "../../lists/span";
import { useYears } from "../../lists/SpanField";
import { Answered } from "../../ui/Answered";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { ChosenTable } from "../../ui/table/ChosenTable";
import { paths, ranking } from "./asking";
import { nameOf, pathFigure } from "./figures";
import type { AnswerProps } from "./RankingAnswer";
import { economiesOf, fixFor, goTo } from "./state";
import { useTexts } from "./texts";
import { worded } from "./words";

const FIRST = 5;
const LEAD = ["year", "economy_name", "tpi", "tlc"];
const ESSENTIALS = ["rank", "tlc_export", "price_factor_export", "tpi_export", "tlc_import", "price_factor_import", "tpi_import", "quality", "sigma", "stage", "exports_usd", "imports_usd"];
const keyOf = (row: Row): string => `${textIn(row, "economy")}-${textIn(row, "year")}`;

/** The paths of the economies chosen, or of the first of the ranking where none is. */
export function PathAnswer({ view, what }: AnswerProps) {
  const t = useTexts();
  const { lang, product } = view;
  const known = useYears(view.data, lang);
  const years = spanAsked(view.years, known);
  const measure = view.method.rank_by ?? "tpi";
  const named = economiesOf(view);
  const ranked = useFamily(named.length === 0 ? [ranking(view)] : null, `power ranking ${product ?? ""}`);
  const first = named.length > 0 ? named : (ranked.data?.rows.slice(0, FIRST).map((row) => textIn(row, "economy")) ?? []);
  const asked = first.length > 0 && years !== null ? paths(view, first, years) : null;
  const resource = useFamily(asked, `power path ${product ?? ""}`);
  const listed = first.join();
  const settled = !resource.pending && !resource.error;
  const answer = useMemo(() => {
    if (!resource.data) return null;
    const order = listed.split(",");
    const rows = resource.data.rows.filter((row) => order.includes(textIn(row, "economy")));
    // An earlier answer about other economies does not say that these traded nothing.
    if (rows.length === 0 && !settled) return null;
    rows.sort((a, b) => (numberIn(a, "year") ?? 0) - (numberIn(b, "year") ?? 0) || order.indexOf(textIn(a, "economy")) - order.indexOf(textIn(b, "economy")));
    return worded({ ...resource.data, rows }, t);
  }, [resource.data, listed, settled, t]);
  const [from, to] = spanOf(view.years, known);
  const title = answer ? t("path.title", { measure: nameOf(answer, measure), product: what ?? t("power.everything"), from, to }) : "";
  const figure = useMemo(() => answer && pathFigure(answer, listed.split(","), measure, title, lang), [answer, listed, measure, title, lang]);
  const whole = asked?.[0] ? { path: "power", query: Object.fromEntries(Object.entries(asked[0].query).filter(([name]) => name !== "economy")) } : null;
  return (
    <Answered
      resource={{ ...resource, data: answer, error: resource.error ?? ranked.error, retry: ranked.error ? ranked.retry : resource.retry }}
      lang={lang}
      none={t("power.none")}
      onFix={(field, value) => goTo(fixFor(view, field, value))}
    >
      {(result) => (
        <>
          {named.length === 0 && <p className="summary">{t("path.first", { count: FIRST })}</p>}
          {whole && (
            <DownloadMenu
              files={[
                { label: t("files.every.xlsx"), from: fileOf(whole, "xlsx") },
                { label: t("files.every.csv"), from: fileOf(whole, "csv") },
              ]}
            />
          )}
          {figure && <FigureChart figure={figure} lang={lang} fileName={`power-path-${product ?? "all"}`} />}
          <ChosenTable
            caption={title}
            result={result}
            lead={LEAD}
            essentials={ESSENTIALS}
            keyOf={keyOf}
            view={view}
            goTo={goTo}
          />
        </>
      )}
    </Answered>
  );
}
