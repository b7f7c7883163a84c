import type { Column } from "../api/client";
import type { Row } from "../api/rows";
import { cell, reasonFor } from "../api/rows";
import { formatWithUnit } from "../format/number";
import { useSay } from "../i18n";
import type { Language } from "../i18n/language";

/** What is said of a value outside the large tables: with its unit, or the reason why there is none. */
export function useSaid(lang: Language): (row: Row, column: Pick<Column, "id" | "unit">) => string {
  const t = useSay();
  return (row, { id, unit }) => {
    const value = cell(row, id);
    if (value === null) return t(`reason.${reasonFor(row, id)}`);
    return unit === "flag" ? t(value === 1 ? "table.yes" : "table.no") : formatWithUnit(value, id, unit, lang);
  };
}
