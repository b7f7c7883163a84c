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
  /** As in the address: nothing for the essentials, "all", or ids. */
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
  keyOf: (row: Row) => string;
  lang: Language;
  sort: string | null;
  onSort: (sort: string | null) => void;
  open?: string | null;
  onOpen?: (key: string | null) => void;
}

/** A table of any answer whose columns are chosen: the essentials, all of them, or one by one. */
export function ChosenTable({ lead, essentials, chosen, onChoose, result, ...rest }: Props) {
  const further = useMemo(() => result.columns.filter(({ id }) => !lead.includes(id)), [result.columns, lead]);
  const shown = visibleColumns(further, chosen, essentials).map(({ id }) => id);
  return (
    <>
      <ColumnChooser columns={further} essentials={essentials} chosen={chosen} onChoose={onChoose} />
      <ResultTable {...rest} result={result} columns={[...lead, ...shown]} />
    </>
  );
}
