import { useCallback } from "react";
import { unwrap, client } from "../../api/client";
import { fileOf } from "../../api/family";
import { useResource } from "../../api/resource";
import type { components, paths } from "../../api/schema";
import { spanAsked } from "../../lists/span";
import { useYears } from "../../lists/SpanField";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { ErrorState, Skeleton } from "../../ui/states";
import { question } from "./asking";
import type { IitState } from "./state";
import { fixFor, goTo } from "./state";
import { useTexts } from "./texts";

type Table = components["schemas"]["PublicationTable"];
type Query = paths["/api/v1/iit/tables"]["get"]["parameters"]["query"];

const FORMATS = ["xlsx", "docx", "tex", "html", "txt"] as const;

/** The four tables of the source of 2006, as they go into a paper. */
export function PublicationAnswer({ view }: { view: IitState }) {
  const t = useTexts();
  const asked = question(view, spanAsked(view.years, useYears(view.data, view.lang)));
  const key = asked && `tables ${JSON.stringify(asked.query)}`;
  const loader = useCallback(
    () => unwrap(client.GET("/api/v1/iit/tables", { params: { query: JSON.parse(key?.slice("tables ".length) ?? "{}") as Query } })),
    [key],
  );
  const { data, error, retry } = useResource(key, `tables ${view.reporter ?? ""}`, loader);
  return (
    <>
      {error && <ErrorState error={error} onRetry={retry} onFix={(field, value) => goTo(fixFor(view, field, value))} />}
      {!data && !error && <Skeleton rows={14} className="answer-skeleton" />}
      {data && asked && (
        <>
          <DownloadMenu files={FORMATS.map((format) => ({ label: t(`tables.${format}`), from: fileOf(asked, format) }))} />
          {data.tables.map((table) => (
            <Publication key={table.name} table={table} />
          ))}
        </>
      )}
    </>
  );
}

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

function Publication({ table }: { table: Table }) {
  const { name, title, stub, columns, groups, notes } = table;
  const spans = overs(columns);
  const twoLines = spans.some(({ over }) => over !== null);
  return (
    <section className="iit-table">
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
