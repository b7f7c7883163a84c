import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../api/client";
import type { Row } from "../api/rows";
import { cell, numberIn, reasonFor } from "../api/rows";
import { formatBare } from "../format/number";
import type { Language } from "../state/viewState";
import { CellValue } from "./CellValue";

interface Props {
  code: string;
  name: string;
  row: Row;
  rank: number | null;
  score: number | null;
  weightPresent: number;
  columns: readonly Column[];
  open: boolean;
  lang: Language;
  /** The row to be open from now on; null closes. */
  onOpen: (code: string | null) => void;
}

export const MarketRow = memo(function MarketRow(props: Props) {
  const { code, name, row, rank, score, weightPresent, columns, open, lang, onOpen } = props;
  const { t } = useTranslation();
  const served = numberIn(row, "served") === 1;
  const low = numberIn(row, "rank_low");
  const high = numberIn(row, "rank_high");
  return (
    <tr data-code={code} aria-selected={open} onClick={() => onOpen(open ? null : code)}>
      <td data-col="rank">{rank ?? "–"}</td>
      <th scope="row" data-col="importer_name">
        <button type="button" aria-expanded={open} title={t("table.open", { market: name })}>
          <span className="served-mark" data-served={served} title={t(served ? "table.served" : "table.new")} />
          <span className="market-name">{name}</span>
          <span className="visually-hidden">{t(served ? "table.served" : "table.new")}</span>
        </button>
      </th>
      <td data-col="score">
        <span className="score-bar" style={{ inlineSize: `${Math.max(0, Math.min(1, score ?? 0)) * 100}%` }} />
        <span className="score-number">{score === null ? "–" : formatBare(score, "score", "score", lang)}</span>
      </td>
      <td data-col="rank_low">{low === null ? "–" : low === high ? low : `${low}–${high ?? ""}`}</td>
      <ParameterCells row={row} columns={columns} weightPresent={columns.some(({ id }) => id === "weight_present") ? weightPresent : null} lang={lang} />
    </tr>
  );
});

interface CellsProps {
  row: Row;
  columns: readonly Column[];
  /** Of the weights of this moment; null where the column is not shown. */
  weightPresent: number | null;
  lang: Language;
}

/** The cells that no weight moves, kept apart so that a re-rank does not touch them. */
const ParameterCells = memo(function ParameterCells({ row, columns, weightPresent, lang }: CellsProps) {
  return columns
    .filter(({ id }) => id !== "rank_low")
    .map((column) => (
      <CellValue key={column.id} row={column.id === "weight_present" ? { ...row, weight_present: weightPresent } : row} column={column} lang={lang} />
    ));
}, showTheSame);

/** A later answer to nearly the same question (other rank ranges) leaves most cells as they are. */
function showTheSame(before: CellsProps, after: CellsProps): boolean {
  if (before.columns !== after.columns || before.lang !== after.lang || before.weightPresent !== after.weightPresent) return false;
  return after.columns.every(({ id }) => {
    const value = cell(after.row, id);
    return value === cell(before.row, id) && (value !== null || reasonFor(after.row, id) === reasonFor(before.row, id));
  });
}
