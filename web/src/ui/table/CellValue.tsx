import { memo } from "react";
import { useSay } from "../../i18n";
import type { Column } from "../../api/client";
import type { Row } from "../../api/rows";
import { cell, reasonFor } from "../../api/rows";
import { isCoded } from "../../format/codes";
import { formatBare, isSigned } from "../../format/number";
import type { Language } from "../../i18n/language";

const TEXTUAL = new Set(["text", "code", "date"]);

interface Props {
  row: Row;
  column: Column;
  lang: Language;
}

/** One value as a cell of a table, or the reason why there is none. */
export const CellValue = memo(function CellValue({ row, column, lang }: Props) {
  const t = useSay();
  const value = cell(row, column.id);
  const textual = TEXTUAL.has(column.unit);
  if (value === null) {
    return (
      <td data-col={column.id} className={textual ? "text missing" : "missing"}>
        {t(`reason.${reasonFor(row, column.id)}`)}
      </td>
    );
  }
  if (column.unit === "flag") return <td data-col={column.id}>{t(value === 1 ? "table.yes" : "table.no")}</td>;
  const sign = isSigned(column.id) && typeof value === "number" ? Math.sign(value) : undefined;
  const said = formatBare(value, column.id, column.unit, lang);
  return (
    <td
      data-col={column.id}
      data-sign={sign}
      data-zero={value === 0 || undefined}
      className={textual ? "text" : undefined}
      title={column.unit === "text" ? (isCoded(column.id) ? `${said}\n${column.meaning}` : said) : undefined}
    >
      {said}
    </td>
  );
}, showTheSame);

/** A later answer to nearly the same question (other rank ranges) leaves most cells as they are. */
function showTheSame(before: Props, after: Props): boolean {
  if (before.column !== after.column || before.lang !== after.lang) return false;
  const { id } = after.column;
  const value = cell(after.row, id);
  return value === cell(before.row, id) && (value !== null || reasonFor(after.row, id) === reasonFor(before.row, id));
}
