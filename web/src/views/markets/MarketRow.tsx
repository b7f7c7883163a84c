import { memo } from "react";
import type { Column } from "../../api/client";
import type { Row } from "../../api/rows";
import { numberIn } from "../../api/rows";
import { formatBare } from "../../format/number";
import type { Language } from "../../i18n/language";
import { CellValue } from "../../ui/table/CellValue";
import { useTexts } from "./texts";

interface Props {
  code: string;
  name: string;
  row: Row;
  rank: number | null;
  score: number | null;
  weightPresent: number;
  columns: readonly Column[];
  open: boolean;
  chosen: boolean;
  lang: Language;
  /** The row to be open from now on; null closes. */
  onOpen: (code: string | null) => void;
  onChoose: (code: string) => void;
}

export const MarketRow = memo(function MarketRow(props: Props) {
  const { code, name, row, rank, score, weightPresent, columns, open, chosen, lang, onOpen, onChoose } = props;
  const served = numberIn(row, "served") === 1;
  const low = numberIn(row, "rank_low");
  const high = numberIn(row, "rank_high");
  const full = score === null ? 0 : Math.max(0, Math.min(1, score));
  return (
    <tr data-code={code} data-open={open} data-served={served} onClick={() => onOpen(open ? null : code)}>
      <td data-col="rank" onClick={(event) => event.stopPropagation()}>
        <label>
          <Tick code={code} name={name} chosen={chosen} onChoose={onChoose} />
          {rank ?? "–"}
        </label>
      </td>
      <Market name={name} served={served} open={open} />
      <td data-col="score">
        <span className="score-bar" style={{ transform: `scaleX(${full})` }} />
        <span className="score-number">{score === null ? "–" : formatBare(score, "score", "score", lang)}</span>
      </td>
      <td data-col="rank_low">{low === null ? "–" : low === high ? low : `${low}–${high ?? ""}`}</td>
      <ParameterCells row={row} columns={columns} weightPresent={columns.some(({ id }) => id === "weight_present") ? weightPresent : null} lang={lang} />
    </tr>
  );
});

const Tick = memo(function Tick({ code, name, chosen, onChoose }: Pick<Props, "code" | "name" | "chosen" | "onChoose">) {
  const t = useTexts();
  return <input type="checkbox" checked={chosen} aria-label={t("chosen.choose", { market: name })} onChange={() => onChoose(code)} />;
});

const Market = memo(function Market({ name, served, open }: { name: string; served: boolean; open: boolean }) {
  const t = useTexts();
  const said = t(served ? "table.served" : "table.new");
  return (
    <th scope="row" data-col="importer_name">
      <button type="button" aria-expanded={open} title={t("table.open", { market: name })}>
        <span className="served-mark" title={said} />
        <span className="market-name">{name}</span>
        <span className="visually-hidden">{said}</span>
      </button>
    </th>
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
  return columns.map((column) => (
    <CellValue key={column.id} row={column.id === "weight_present" ? { ...row, weight_present: weightPresent } : row} column={column} lang={lang} />
  ));
});
