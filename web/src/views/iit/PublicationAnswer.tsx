import { useCallback } from "react";
import { unwrap, client } from "../../api/client";
import { fileOf } from "../../api/family";
import { useResource } from "../../api/resource";
import type { paths } from "../../api/schema";
import { spanAsked } from "../../lists/span";
import { useYears } from "../../lists/SpanField";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { PublicationTable } from "../../ui/PublicationTable";
import { ErrorState, Skeleton } from "../../ui/states";
import { question } from "./asking";
import type { IitState } from "./state";
import { fixFor, goTo } from "./state";
import { useTexts } from "./texts";

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
            <PublicationTable key={table.name} table={table} />
          ))}
        </>
      )}
    </>
  );
}
