import { useCallback } from "react";
import { useTexts } from "../texts";
import type { Column, HistoryQuery, Result } from "../../../api/client";
import { api } from "../../../api/client";
import { useResource } from "../../../api/resource";
import type { Row } from "../../../api/rows";
import { cell, reasonFor, textIn } from "../../../api/rows";
import { formatWithUnit } from "../../../format/number";
import { goTo } from "../state";
import type { Language } from "../../../i18n/language";
import type { MarketsState } from "../state";
import { ErrorState, Skeleton } from "../../../ui/states";
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
  const query: HistoryQuery = {
    exporter: view.exporter ?? "",
    product: view.product ?? "",
    market,
    lang: view.lang,
    // As the answer was computed, defaults included, so that both speak of the same years.
    year: Number(result.parameters.year),
    window: Number(result.parameters.window) as NonNullable<HistoryQuery["window"]>,
    ...(view.data === null ? {} : { data: view.data }),
  };
  const key = `history ${JSON.stringify(query)}`;
  const loader = useCallback(() => api.history(JSON.parse(key.slice("history ".length)) as HistoryQuery), [key]);
  const { data, error, retry } = useResource(key, `history ${market}`, loader);
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
  const t = useTexts();
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
              {shown.map(({ id, unit }) => {
                const value = cell(row, id);
                return (
                  <td key={id} className={value === null ? "missing" : undefined}>
                    {value === null ? t(`reason.${reasonFor(row, id)}`) : formatWithUnit(value, id, unit, lang)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
