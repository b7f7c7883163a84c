import { useMemo } from "react";
import type { Result } from "../../api/client";
import type { Row } from "../../api/rows";
import type { Language } from "../../i18n/language";
import { ColumnChooser } from "./ColumnChooser";
import { visibleColumns } from "./columns";
import { ResultTable } from "./ResultTable";

interface Props {
  caption: string;
  result: Pick<Result, "columns" | "rows">;
  /** Columns that are always there, before the others; the second names the row. */
  lead: readonly string[];
  essentials: readonly string[];
  keyOf: (row: Row) => string;
  /** As in the address; of the columns nothing for the essentials, "all", or ids. */
  view: { columns: readonly string[]; sort: string | null; lang: Language };
  goTo: (change: { columns: string[] } | { sort: string | null }) => void;
  open?: string | null;
  onOpen?: (key: string | null) => void;
}

/** A table of any answer whose columns are chosen: the essentials, all of them, or one by one. */
export function ChosenTable({ lead, essentials, view, goTo, result, ...rest }: Props) {
  const { columns: chosen, sort, lang } = view;
  const further = useMemo(() => result.columns.filter(({ id }) => !lead.includes(id)), [result.columns, lead]);
  const shown = visibleColumns(further, chosen, essentials).map(({ id }) => id);
  return (
    <>
      <ColumnChooser columns={further} essentials={essentials} chosen={chosen} onChoose={(columns) => goTo({ columns })} />
      <ResultTable {...rest} result={result} columns={[...lead, ...shown]} lang={lang} sort={sort} onSort={(next) => goTo({ sort: next })} />
    </>
  );
}
