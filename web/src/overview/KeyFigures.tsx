import type { Column } from "../api/client";
import type { Row } from "../api/rows";
import { cell } from "../api/rows";
import type { Language } from "../i18n/language";
import { How } from "../ui/How";
import { useSaid } from "../ui/useSaid";

interface Props {
  label: string;
  row: Row;
  columns: readonly Column[];
  ids: readonly string[];
  lang: Language;
}

/** The numbers of the year, each of which can be asked how it is computed. */
export function KeyFigures({ label, row, columns, ids, lang }: Props) {
  const said = useSaid(lang);
  const shown = ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  return (
    <dl className="key-figures" aria-label={label}>
      {shown.map((column) => (
        <div key={column.id}>
          <dt>
            <How id={column.id} name={column.name} />
          </dt>
          <dd className={cell(row, column.id) === null ? "missing" : undefined}>{said(row, column)}</dd>
        </div>
      ))}
    </dl>
  );
}
