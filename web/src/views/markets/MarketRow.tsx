import { memo } from "react";
import type { Column } from "../../api/client";
import type { Row } from "../../api/rows";
import { numberIn } from "../../api/rows";
import { formatBare } from "../../format/number";
import type { Language } from "../../i18n/language";
import { Cells } from "../../ui/table/Cells";
import type { Sight } from "../../ui/table/sight";
import { useTexts } from "./texts";

/** Rank, name, score and range of ranks head every row. */
export const LEAD = 4;

interface Props {
  code: string;
  name: string;
  row: Row;
  rank: number | null;
  score: number | null;
  weightPresent: number;
  /** All of the table; of the first four the row makes the cells. */
  columns: readonly Column[];
  sight: Sight;
  open: boolean;
  chosen: boolean;
  lang: Language;
  /** The row to be open from now on; null closes. */
  onOpen: (code: string | null) => void;
  onChoose: (code: string) => void;
}

export const MarketRow = memo(function MarketRow(props: Props) {
  const { code, name, row, rank, score, weightPresent, columns, sight, open, chosen, lang, onOpen, onChoose } = props;
  const served = numberIn(row, "served") === 1;
  const low = numberIn(row, "rank_low");
  const high = numberIn(row, "rank_high");
  const full = score === null ? 0 : Math.max(0, Math.min(1, score));
  // The one parameter that follows the weights: where it is out of sight, the cells need not be drawn anew.
  const follows = columns.slice(sight.from, sight.end).some(({ id }) => id === "weight_present");
  return (
    <tr data-code={code} data-open={open} data-served={served} onClick={() => onOpen(open ? null : code)}>
      <td data-col="rank" onClick={(event) => event.stopPropagation()}>
        <label>
          <Tick code={code} name={name} chosen={chosen} onChoose={onChoose} />
          {rank ?? "–"}
        </label>
      </td>
      <Market name={name} served={served} open={open} />
      <td data-col="score" style={{ backgroundSize: `${(100 * full).toFixed(1)}% 2px` }}>
        {score === null ? "–" : formatBare(score, "score", "score", lang)}
      </td>
      <td data-col="rank_low">{low === null ? "–" : low === high ? low : `${low}–${high ?? ""}`}</td>
      <ParameterCells row={row} columns={columns} sight={sight} weightPresent={follows ? weightPresent : null} lang={lang} />
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
      <button type="button" className="market-name" aria-expanded={open} aria-description={said} title={`${t("table.open", { market: name })} · ${said}`}>
        {name}
      </button>
    </th>
  );
});

interface CellsProps extends Pick<Props, "row" | "columns" | "sight" | "lang"> {
  /** Of the weights of this moment; null where the column is not in sight. */
  weightPresent: number | null;
}

/** The cells that no weight moves, kept apart so that a re-rank does not touch them. */
const ParameterCells = memo(function ParameterCells({ row, weightPresent, ...rest }: CellsProps) {
  return <Cells row={weightPresent === null ? row : { ...row, weight_present: weightPresent }} lead={LEAD} {...rest} />;
});
