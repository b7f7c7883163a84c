import type { Column } from "../../api/client";
import type { Row } from "../../api/rows";
import type { Language } from "../../i18n/language";
import { CellValue } from "./CellValue";
import type { Sight } from "./sight";

interface Props {
  row: Row;
  /** All columns of the table. */
  columns: readonly Column[];
  /** Of so many the row itself has made the cells. */
  lead: number;
  sight: Sight;
  lang: Language;
}

/** The cells in sight, between two that stand for those that are not, so that each stays under its header. */
export function Cells({ row, columns, lead, sight: { from, end }, lang }: Props) {
  return (
    <>
      {from > lead && <td className="aside" colSpan={from - lead} />}
      {columns.slice(from, end).map((column) => (
        <CellValue key={column.id} row={row} column={column} lang={lang} />
      ))}
      {end < columns.length && <td className="aside" colSpan={columns.length - end} />}
    </>
  );
}
