import type { CSSProperties } from "react";
import { Fragment } from "react";
import type { Column, Result } from "../../api/client";
import { cell, numberIn } from "../../api/rows";
import { formatBare } from "../../format/number";
import type { Language } from "../../i18n/language";
import { How } from "../../ui/How";
import { groupedColumns } from "../../ui/table/columns";
import { useSaid } from "../../ui/useSaid";
import { bestOf } from "./comparing";
import type { RankedRow } from "./ranking";
import { useTexts } from "./texts";

interface Props {
  result: Result;
  /** The markets compared, in the order in which they were chosen. */
  rows: readonly RankedRow[];
  lang: Language;
}

/** Two to four markets side by side: the ranks and scores of this moment, then every parameter; the best is marked. */
export function Compare({ result, rows, lang }: Props) {
  const t = useTexts();
  if (rows.length < 2) return <p className="state">{t("compare.none")}</p>;
  return (
    <div className="compare inner-scroll" tabIndex={0} role="region" aria-label={t("compare.caption")}>
      <table style={{ "--markets": rows.length } as CSSProperties}>
        <caption className="visually-hidden">{t("compare.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("why.parameter")}</th>
            {rows.map(({ code, name }) => (
              <th key={code} scope="col">
                {name} <span className="code">{code}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("table.rank")}</th>
            <Figures rows={rows} direction="less" valueOf={(row) => row.rank} say={(value) => String(value)} />
          </tr>
          <tr>
            <th scope="row">{t("why.score")}</th>
            <Figures rows={rows} direction="more" valueOf={(row) => row.score} say={(value) => formatBare(value, "score", "score", lang)} />
          </tr>
        </tbody>
        {groupedColumns(result.columns)
          .filter(({ group }) => group !== "rank")
          .map(({ group, columns }) => (
            <tbody key={group}>
              <tr>
                <th scope="rowgroup" colSpan={rows.length + 1} className="group">
                  {t(`group.${group}`)}
                </th>
              </tr>
              {columns.map((column) => (
                <Parameter key={column.id} column={column} rows={rows} lang={lang} />
              ))}
            </tbody>
          ))}
      </table>
    </div>
  );
}

function Parameter({ column, rows, lang }: { column: Column; rows: readonly RankedRow[]; lang: Language }) {
  const t = useTexts();
  const said = useSaid(lang);
  const { id, name } = column;
  const best = bestOf(rows.map(({ row }) => numberIn(row, id)), column.direction);
  return (
    <tr>
      <th scope="row">
        <How id={id} name={name} />
      </th>
      {rows.map(({ code, row }, index) => {
        const missing = cell(row, id) === null;
        return (
          <td key={code} className={missing ? "missing" : undefined} data-best={missing ? undefined : best.has(index)}>
            {said(row, column)}
            {best.has(index) && <span className="visually-hidden"> ({t("compare.best")})</span>}
          </td>
        );
      })}
    </tr>
  );
}

interface FiguresProps {
  rows: readonly RankedRow[];
  direction: "more" | "less";
  valueOf: (row: RankedRow) => number | null;
  say: (value: number) => string;
}

function Figures({ rows, direction, valueOf, say }: FiguresProps) {
  const values = rows.map(valueOf);
  const best = bestOf(values, direction);
  return (
    <Fragment>
      {values.map((value, index) => (
        <td key={rows[index]?.code} className="figure" data-best={best.has(index)}>
          {value === null ? "–" : say(value)}
        </td>
      ))}
    </Fragment>
  );
}
