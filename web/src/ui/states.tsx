import { useSay } from "../i18n";
import type { ApiError } from "../api/client";
import { Link } from "./Link";

/** Grey lines in the shape of what will come. */
export function Skeleton({ rows, className = "" }: { rows: number; className?: string }) {
  const t = useSay();
  return (
    <div className={`skeleton ${className}`} role="status">
      <span className="visually-hidden">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  );
}

interface EmptyProps {
  title: string;
  text: string;
  /** Introduces the examples ("For example"). */
  lead?: string;
  examples: readonly { to: string; name: string }[];
}

/** Nothing is asked yet: what to do, and examples to start from. */
export function EmptyState({ title, text, lead, examples }: EmptyProps) {
  return (
    <section className="state">
      <h1>{title}</h1>
      <p>{text}</p>
      {lead !== undefined && <p className="muted">{lead}</p>}
      <ul className="examples">
        {examples.map(({ to, name }) => (
          <li key={to}>
            <Link to={to}>{name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Names of the fields by which a question is asked; of any other its option is named. */
const FIELDS: Readonly<Record<string, "ask.exporter" | "ask.product" | "ask.year" | "ask.data">> = {
  exporter: "ask.exporter",
  product: "ask.product",
  year: "ask.year",
  data: "ask.data",
};

interface ErrorProps {
  error: ApiError;
  onRetry: () => void;
  /** Takes the nearest valid value for the field in error. */
  onFix?: (field: string, value: string) => void;
}

/** What went wrong, where, and the way out. */
export function ErrorState({ error, onRetry, onFix }: ErrorProps) {
  const t = useSay();
  const { field, nearest } = error;
  if (error.code === "offline") {
    return (
      <div className="state" role="alert">
        <h2>{t("state.offline")}</h2>
        <p>{t("state.offline.text")}</p>
        <p className="muted">{t("state.retrying")}</p>
        <button type="button" className="button" onClick={onRetry}>
          {t("state.retry")}
        </button>
      </div>
    );
  }
  return (
    <div className="state" role="alert">
      <h2>{t("state.error")}</h2>
      <p>{error.message}</p>
      {field !== null && <p className="muted">{t("state.field", { field: FIELDS[field] ? t(FIELDS[field]) : field })}</p>}
      <p className="actions">
        {onFix && field !== null && nearest !== null && (
          <button type="button" className="button primary" onClick={() => onFix(field, nearest)}>
            {t("state.nearest", { nearest })}
          </button>
        )}
        <button type="button" className="button" onClick={onRetry}>
          {t("state.retry")}
        </button>
      </p>
    </div>
  );
}
