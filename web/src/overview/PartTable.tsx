import { useId } from "react";
import type { Column } from "../api/client";
import type { Row } from "../api/rows";
import { cell, numberIn, textIn } from "../api/rows";
import { unitLabel } from "../format/number";
import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { How } from "../ui/How";
import { Link } from "../ui/Link";
import { CellValue } from "../ui/table/CellValue";
import type { Part } from "./shapes";

interface Named {
  /** Columns of the code and of the name. */
  code: string;
  name: string;
  /** Where the name leads. */
  to?: (row: Row) => string;
}

interface Props {
  part: Part;
  /** What a row is about, in one column each. */
  names: readonly Named[];
  columns: readonly string[];
  /** The column that is drawn as a bar, too. */
  bar?: string;
  lang: Language;
}

/** The largest of something as a small table, longest bar first. */
export function PartTable({ part, names, columns: ids, bar, lang }: Props) {
  const t = useSay();
  const heading = useId();
  const find = (id: string): Column | undefined => part.columns.find((column) => column.id === id);
  const columns = ids.flatMap((id) => find(id) ?? []);
  const most = bar === undefined ? 0 : Math.max(0, ...part.rows.map((row) => numberIn(row, bar) ?? 0));
  const key = (row: Row) => names.map(({ code }) => textIn(row, code)).join("-");
  return (
    <section className="part" aria-labelledby={heading}>
      <h2 id={heading}>{part.title}</h2>
      {part.rows.length === 0 ? (
        <p className="muted">{t("reason.zero_flow")}</p>
      ) : (
        <div className="part-scroll" tabIndex={0} role="group" aria-labelledby={heading}>
          <table>
            <caption className="visually-hidden">{part.title}</caption>
            <thead>
              <tr>
                {names.map(({ name }) => (
                  <th key={name} scope="col" className="text">
                    {find(name)?.name}
                  </th>
                ))}
                {bar !== undefined && <td className="part-bar" />}
                {columns.map(({ id, name, unit }) => (
                  <th key={id} scope="col">
                    <How id={id} name={name} /> <span className="muted">{unitLabel(unit, lang)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {part.rows.map((row) => (
                <tr key={key(row)} data-code={key(row)}>
                  {names.map((named, place) => (
                    <Name key={named.name} row={row} named={named} head={place === 0} />
                  ))}
                  {bar !== undefined && (
                    <td className="part-bar" aria-hidden="true">
                      <span className="bar">
                        <span className="bar-part" style={{ inlineSize: `${most > 0 ? (100 * (numberIn(row, bar) ?? 0)) / most : 0}%` }} />
                      </span>
                    </td>
                  )}
                  {columns.map((column) => (
                    <CellValue key={column.id} row={row} column={column} lang={lang} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Name({ row, named: { code, name, to }, head }: { row: Row; named: Named; head: boolean }) {
  const said = String(cell(row, name) ?? textIn(row, code));
  const shown = (
    <>
      {to ? <Link to={to(row)}>{said}</Link> : said} <span className="code">{textIn(row, code)}</span>
    </>
  );
  return head ? <th scope="row">{shown}</th> : <td className="text">{shown}</td>;
}
