import { memo, useMemo, useState } from "react";
import { useSay } from "../../i18n";
import type { Column, Result } from "../../api/client";
import type { Row } from "../../api/rows";
import { cell, textIn } from "../../api/rows";
import { LOCALE } from "../../format/number";
import type { Language } from "../../i18n/language";
import { Cells } from "./Cells";
import { CellValue } from "./CellValue";
import { DataTable } from "./DataTable";
import type { Sight } from "./sight";
import { answers, nextSort, parseSort, sortBy } from "./order";
import { TextFilter } from "./TextFilter";

interface Props {
  caption: string;
  result: Pick<Result, "columns" | "rows">;
  /** Ids of the columns shown, in this order; the first two stay in sight, the second names the row. */
  columns: readonly string[];
  /** What tells one row from another, and is given to `onOpen`. */
  keyOf: (row: Row) => string;
  lang: Language;
  /** As in the address ("-value_usd"); null: the order of the answer. */
  sort: string | null;
  onSort: (sort: string | null) => void;
  /** The row that is open. */
  open?: string | null;
  /** Called with the row to be open from now on; null closes. Rows cannot be opened if left out. */
  onOpen?: (key: string | null) => void;
  stale?: boolean;
}

interface Line {
  code: string;
  row: Row;
}

/** The rows of any answer as a table that can be sorted, filtered by words and opened. */
export function ResultTable(props: Props) {
  const { caption, result, columns: ids, keyOf, lang, sort, onSort, open = null, onOpen, stale = false } = props;
  const t = useSay();
  const [typed, setTyped] = useState("");
  const idList = ids.join();
  const columns = useMemo(
    () => idList.split(",").flatMap((id) => result.columns.find((column) => column.id === id) ?? []),
    [result.columns, idList],
  );
  const lines = useMemo(() => result.rows.map((row): Line => ({ code: keyOf(row), row })), [result.rows, keyOf]);
  const shown = useMemo(() => {
    const fit = typed === "" ? lines : lines.filter(({ code, row }) => answers([code, ...columns.map(({ id }) => textIn(row, id))], typed));
    return sortBy(fit, parseSort(sort), ({ row }, id) => cell(row, id), LOCALE[lang]);
  }, [lines, columns, typed, sort, lang]);
  return (
    <section className="ranking" aria-label={caption}>
      <div className="table-tools">
        <TextFilter typed={typed} onType={setTyped} shown={shown.length} all={lines.length} />
      </div>
      {shown.length === 0 && <p className="muted">{t("filter.none")}</p>}
      {shown.length > 0 && (
        <DataTable
          caption={caption}
          columns={columns}
          rows={shown}
          sort={parseSort(sort)}
          onSort={(column) => onSort(nextSort(parseSort(sort), column))}
          open={open}
          lang={lang}
          stale={stale}
        >
          {(line, sight) => (
            <ResultRow key={line.code} line={line} columns={columns} sight={sight} lang={lang} open={line.code === open} onOpen={onOpen} />
          )}
        </DataTable>
      )}
    </section>
  );
}

interface RowProps {
  line: Line;
  columns: readonly Column[];
  sight: Sight;
  lang: Language;
  open: boolean;
  onOpen: ((key: string | null) => void) | undefined;
}

const ResultRow = memo(function ResultRow({ line, columns, sight, lang, open, onOpen }: RowProps) {
  const { code, row } = line;
  const [first, name] = columns;
  return (
    <tr data-code={code} data-open={open} onClick={() => onOpen?.(open ? null : code)}>
      {first && <CellValue row={row} column={first} lang={lang} />}
      {name && (
        <th scope="row" data-col={name.id}>
          {onOpen ? (
            <button type="button" className="row-name" aria-expanded={open} title={textIn(row, name.id)}>
              {textIn(row, name.id)}
            </button>
          ) : (
            <span className="row-name" title={textIn(row, name.id)}>{textIn(row, name.id)}</span>
          )}
        </th>
      )}
      <Cells row={row} columns={columns} lead={2} sight={sight} lang={lang} />
    </tr>
  );
});
