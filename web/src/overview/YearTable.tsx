import { textIn } from "../api/rows";
import { unitLabel } from "../format/number";
import type { Language } from "../i18n/language";
import { CellValue } from "../ui/table/CellValue";
import type { Part } from "./shapes";

/** The numbers of a chart over the years, the latest year first. */
export function YearTable({ caption, part, ids, lang }: { caption: string; part: Part; ids: readonly string[]; lang: Language }) {
  const columns = ["year", ...ids].flatMap((id) => part.columns.find((column) => column.id === id) ?? []);
  const [year, ...rest] = columns;
  return (
    <div className="part-scroll years" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, name, unit }) => (
              <th key={id} scope="col">
                {name} <span className="muted">{unitLabel(unit, lang)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...part.rows].reverse().map((row) => (
            <tr key={textIn(row, "year")}>
              {year && <th scope="row">{textIn(row, year.id)}</th>}
              {rest.map((column) => (
                <CellValue key={column.id} row={row} column={column} lang={lang} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
