import { useTexts } from "../texts";
import type { Column, Result } from "../../../api/client";
import type { Row } from "../../../api/rows";
import { cell, textIn } from "../../../api/rows";
import { useHistory } from "../questions";
import { goTo } from "../state";
import type { Language } from "../../../i18n/language";
import type { MarketsState } from "../state";
import { ErrorState, Skeleton } from "../../../ui/states";
import { useSaid } from "../../../ui/useSaid";
import { Sparkline } from "./Sparkline";

const SERIES = ["value_usd", "share_in_market", "price_usd_t"] as const;
const KIND = { value_usd: "bars", share_in_market: "line", price_usd_t: "line" } as const;

interface Props {
  view: MarketsState;
  market: string;
  result: Result;
}

/** The years that led here: value, share and price, as small charts and as a table. */
export function History({ view, market, result }: Props) {
  const t = useTexts();
  const { data, error, retry } = useHistory(view, market, result);
  const years = data?.rows.map((row) => textIn(row, "year")) ?? [];
  return (
    <div className="history">
      <h3>
        {t("history.title")}{" "}
        {years.length > 0 && (
          <span className="muted">{t("history.years", { first: years[0] ?? "", last: years.at(-1) ?? "" })}</span>
        )}
      </h3>
      {error && <ErrorState error={error} onRetry={retry} onFix={(field, value) => goTo({ [field]: value })} />}
      {!data && !error && <Skeleton rows={4} />}
      {data?.rows.length === 0 && <p className="muted">{t("history.none")}</p>}
      {data && data.rows.length > 0 && (
        <>
          <div className="sparks">
            {SERIES.map((id) => {
              const column = data.columns.find((one) => one.id === id);
              return column && <Sparkline key={id} column={column} rows={data.rows} kind={KIND[id]} lang={view.lang} />;
            })}
          </div>
          <details>
            <summary>{t("history.table")}</summary>
            <HistoryTable columns={data.columns} rows={data.rows} lang={view.lang} />
          </details>
        </>
      )}
    </div>
  );
}

/** They say the same in every row. */
const CONSTANT = new Set(["exporter", "importer", "product", "exporter_name", "importer_name", "product_name"]);

function HistoryTable({ columns, rows, lang }: { columns: readonly Column[]; rows: readonly Row[]; lang: Language }) {
  const said = useSaid(lang);
  const shown = columns.filter(({ hidden, id }) => !hidden && !CONSTANT.has(id));
  return (
    <div className="inner-scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {shown.map((column) => (
              <th key={column.id} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={textIn(row, "year")}>
              {shown.map((column) => (
                <td key={column.id} className={cell(row, column.id) === null ? "missing" : undefined}>
                  {said(row, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
