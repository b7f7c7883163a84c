import type { ReactNode } from "react";
import type { Result } from "../api/client";
import type { Resource } from "../api/resource";
import type { Language } from "../i18n/language";
import { Notes } from "./Notes";
import { ErrorState, Skeleton } from "./states";

interface Props<T> {
  resource: Resource<T>;
  lang: Language;
  /** What is said of an answer without rows. */
  none: string;
  onFix?: (field: string, value: string) => void;
  children: (answer: T) => ReactNode;
}

/** An answer with its notes, or what stands in its place: waiting, failure, no rows. */
export function Answered<T extends Pick<Result, "rows" | "notes" | "provenance" | "citation">>({ resource, lang, none, onFix, children }: Props<T>) {
  const { data, error, pending, retry } = resource;
  return (
    <div aria-busy={pending}>
      {error && <ErrorState error={error} onRetry={retry} {...(onFix ? { onFix } : {})} />}
      {!data && !error && <Skeleton rows={14} className="answer-skeleton" />}
      {data?.rows.length === 0 && <p className="state">{none}</p>}
      {data && data.rows.length > 0 && children(data)}
      {data && <Notes result={data} lang={lang} />}
    </div>
  );
}
