import { useTranslation } from "react-i18next";
import type { Column } from "../api/client";
import type { Row } from "../api/rows";
import { cell, reasonFor } from "../api/rows";
import { formatBare, isSigned } from "../format/number";
import type { Language } from "../state/viewState";

const TEXTUAL = new Set(["text", "code", "date"]);

/** One value, or the reason why there is none. */
export function CellValue({ row, column, lang }: { row: Row; column: Column; lang: Language }) {
  const { t } = useTranslation();
  const value = cell(row, column.id);
  if (value === null) {
    return (
      <td data-col={column.id} className="missing">
        {t(`reason.${reasonFor(row, column.id)}`)}
      </td>
    );
  }
  if (column.unit === "flag") return <td data-col={column.id}>{t(value === 1 ? "table.yes" : "table.no")}</td>;
  const sign = isSigned(column.id) && typeof value === "number" ? Math.sign(value) : undefined;
  return (
    <td data-col={column.id} data-sign={sign} data-zero={value === 0 || undefined} className={TEXTUAL.has(column.unit) ? "text" : undefined}>
      {formatBare(value, column.id, column.unit, lang)}
    </td>
  );
}
