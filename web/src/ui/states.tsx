import { useTranslation } from "react-i18next";
import type { ApiError } from "../api/client";

/** Grey lines in the shape of what will come. */
export function Skeleton({ rows, className = "" }: { rows: number; className?: string }) {
  const { t } = useTranslation();
  return (
    <div className={`skeleton ${className}`} role="status">
      <span className="visually-hidden">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  );
}

interface ErrorProps {
  error: ApiError;
  onRetry: () => void;
  /** Takes the nearest valid value for the field in error. */
  onFix: (field: string, value: string) => void;
}

/** What went wrong, where, and the way out. */
export function ErrorState({ error, onRetry, onFix }: ErrorProps) {
  const { t } = useTranslation();
  const { field, nearest } = error;
  if (error.code === "offline") {
    return (
      <div className="state" role="alert">
        <h2>{t("state.offline")}</h2>
        <p>{t("state.offline.text")}</p>
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
      {field !== null && <p className="muted">{t("state.field", { field })}</p>}
      <p className="actions">
        {field !== null && nearest !== null && (
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
