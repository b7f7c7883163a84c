import type { components } from "../api/schema";
import "./publication.css";

type Table = components["schemas"]["PublicationTable"];

/** Heads that stand under the same words, side by side. */
export function overs(columns: Table["columns"]): { over: string | null; count: number }[] {
  const spans: { over: string | null; count: number }[] = [];
  for (const { over } of columns) {
    const last = spans.at(-1);
    if (last?.over === over) last.count += 1;
    else spans.push({ over, count: 1 });
  }
  return spans;
}

/** A table as it stands in a paper; it scrolls in its own frame where the page is narrow. */
export function PublicationTable({ table }: { table: Table }) {
  const { name, title, stub, columns, groups, notes } = table;
  const spans = overs(columns);
  const twoLines = spans.some(({ over }) => over !== null);
  return (
    <section className="publication">
      <h2 id={`${name}-title`}>{title}</h2>
      <div className="inner-scroll" tabIndex={0} role="region" aria-labelledby={`${name}-title`}>
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            {twoLines && (
              <tr>
                <td />
                {spans.map(({ over, count }, place) =>
                  over === null ? (
                    <td key={place} colSpan={count} />
                  ) : (
                    <th key={place} scope="colgroup" colSpan={count}>
                      {over}
                    </th>
                  ),
                )}
              </tr>
            )}
            <tr>
              <th scope="col">{stub}</th>
              {columns.map(({ label }, place) => (
                <th key={place} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group, place) => (
            <tbody key={place}>
              {group.title !== null && (
                <tr>
                  <th scope="rowgroup" colSpan={columns.length + 1} className="group">
                    {group.title}
                  </th>
                </tr>
              )}
              {group.rows.map((row, index) => (
                <tr key={index} data-strong={row.strong}>
                  <th scope="row" style={{ paddingInlineStart: `${row.indent}rem` }}>
                    {row.label}
                  </th>
                  {row.cells.map((said, column) => (
                    <td key={column}>{said}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <ul className="muted small">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
