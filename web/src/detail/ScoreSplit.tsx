import { useTranslation } from "react-i18next";
import type { Column } from "../api/client";
import { reasonFor } from "../api/rows";
import type { RankedRow } from "../finder/ranking";
import { formatBare } from "../format/number";
import type { Scale, Weights } from "../scoring/score";
import type { Language } from "../state/viewState";

interface Props {
  open: RankedRow;
  columns: readonly Column[];
  weights: Weights;
  scale: Scale;
  lang: Language;
}

interface Part {
  column: Column;
  part: number;
  weight: number;
  /** Share of the weight that was present in this row: the most the part can be on a scale from 0 to 1. */
  most: number;
}

/** The score as a sum: one bar per parameter, and below it what could not take part. */
export function ScoreSplit({ open, columns, weights, scale, lang }: Props) {
  const { t } = useTranslation();
  const weighted = columns.filter(({ id }) => (weights[id] ?? 0) > 0);
  const present = weighted.filter(({ id }) => id in open.parts);
  const missing = weighted.filter(({ id }) => !(id in open.parts));
  const whole = present.reduce((sum, { id }) => sum + (weights[id] ?? 0), 0);
  const parts: Part[] = present
    .map((column) => ({
      column,
      part: open.parts[column.id] ?? 0,
      weight: weights[column.id] ?? 0,
      most: (weights[column.id] ?? 0) / whole,
    }))
    .sort((a, b) => b.part - a.part);
  const number = (value: number) => formatBare(value, "score", "score", lang);
  if (open.score === null) return <p className="muted">{t("why.no_score")}</p>;
  // Standard scores have no ends; the widest bar then sets the scale.
  const reach = scale === "zscore" ? Math.max(...parts.map(({ part }) => Math.abs(part)), 1e-9) : Math.max(...parts.map(({ most }) => most));
  return (
    <div className="split" data-signed={scale === "zscore"}>
      <p className="muted small">{t("why.split", { score: number(open.score) })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("why.parameter")}</th>
            <td />
            <th scope="col">{t("why.part")}</th>
            <th scope="col">{t("why.weight")}</th>
            <th scope="col">{t("why.scaled")}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ column, part, weight, most }) => (
            <tr key={column.id}>
              <th scope="row" title={column.meaning}>
                {column.name}
              </th>
              <td aria-hidden="true">
                <Bar part={part / reach} most={scale === "zscore" ? null : most / reach} />
              </td>
              <td>{number(part)}</td>
              <td>{weight}</td>
              <td>{number(part / most)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("why.score")}</th>
            <td />
            <td>{number(open.score)}</td>
            <td />
            <td />
          </tr>
        </tfoot>
      </table>
      {missing.length > 0 && (
        <p className="small missing-list">
          <span className="muted">{t("why.missing")}</span>{" "}
          {missing.map((column, index) => (
            <span key={column.id}>
              {column.name} <span className="muted">({t(`reason.${reasonFor(open.row, column.id)}`)})</span>
              {index < missing.length - 1 ? (lang === "zh" ? "、" : ", ") : ""}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function Bar({ part, most }: { part: number; most: number | null }) {
  return (
    <span className="bar">
      {most !== null && <span className="bar-most" style={{ inlineSize: `${most * 100}%` }} />}
      <span className="bar-part" data-negative={part < 0} style={{ inlineSize: `${Math.abs(part) * 100}%` }} />
    </span>
  );
}
