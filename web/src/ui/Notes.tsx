import { memo } from "react";
import { useSay } from "../i18n";
import type { Provenance, Result } from "../api/client";
import { formatBare } from "../format/number";
import type { Language } from "../i18n/language";

/** What the reader must know of the answer, where it comes from, and how to cite it. */
export const Notes = memo(function Notes({ result, lang }: { result: Pick<Result, "notes" | "provenance" | "citation">; lang: Language }) {
  const t = useSay();
  return (
    <footer className="notes">
      {result.notes.length > 0 && (
        <details open>
          <summary>
            {t("notes.title")} <span className="count">{result.notes.length}</span>
          </summary>
          <ul>
            {result.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>
          {t("notes.sources")} <span className="count">{result.provenance.length}</span>
        </summary>
        <ul>
          {result.provenance.map((source, index) => (
            <Source key={`${source.table}-${index}`} source={source} lang={lang} />
          ))}
        </ul>
      </details>
      {result.citation && (
        <p className="citation">
          <span className="muted">{t("notes.citation")}</span> {result.citation}
        </p>
      )}
    </footer>
  );
});

function Source({ source, lang }: { source: Provenance; lang: Language }) {
  const t = useSay();
  const safe = source.licence_url?.startsWith("https://") ? source.licence_url : null;
  return (
    <li>
      {source.name}
      {source.edition && <span className="muted"> · {source.edition}</span>}
      {source.licence && <span className="muted"> · {safe ? <a href={safe}>{source.licence}</a> : source.licence}</span>}
      {source.retrieved && (
        <span className="muted"> · {t("notes.retrieved", { date: formatBare(source.retrieved, "", "date", lang) })}</span>
      )}
      {source.citation && <div className="muted small">{source.citation}</div>}
    </li>
  );
}
