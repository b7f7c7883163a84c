import type { Column } from "../api/client";
import type { Row } from "../api/rows";
import { cell, reasonFor } from "../api/rows";
import { formatWithUnit } from "../format/number";
import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { How } from "../ui/How";

interface Props {
  label: string;
  row: Row;
  columns: readonly Column[];
  ids: readonly string[];
  lang: Language;
}

/** The numbers of the year, each of which can be asked how it is computed. */
export function KeyFigures({ label, row, columns, ids, lang }: Props) {
  const t = useSay();
  const shown = ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  return (
    <dl className="key-figures" aria-label={label}>
      {shown.map(({ id, name, unit }) => {
        const value = cell(row, id);
        return (
          <div key={id}>
            <dt>
              <How id={id} name={name} />
            </dt>
            <dd className={value === null ? "missing" : undefined}>
              {value === null ? t(`reason.${reasonFor(row, id)}`) : formatWithUnit(value, id, unit, lang)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
