import { useTexts } from "../texts";
import type { Column } from "../../../api/client";
import { reasonFor } from "../../../api/rows";
import { How } from "../../../ui/How";
import type { RankedRow } from "../ranking";
import { formatBare } from "../../../format/number";
import type { Weights } from "../../../scoring/score";
import type { Language } from "../../../i18n/language";
import { waterfallOf } from "./waterfall";

interface Props {
  open: RankedRow;
  columns: readonly Column[];
  weights: Weights;
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
export function ScoreSplit({ open, columns, weights, lang }: Props) {
  const t = useTexts();
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
  const { falls, zero, whole: sum } = waterfallOf(parts.map(({ part }) => part));
  return (
    <div className="split">
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
          {parts.map(({ column, part, weight, most }, index) => (
            <tr key={column.id}>
              <th scope="row" title={column.meaning}>
                <How id={column.id} name={column.name} />
              </th>
              <td aria-hidden="true">
                <Step from={falls[index]?.from ?? 0} to={falls[index]?.to ?? 0} zero={zero} />
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
            <td aria-hidden="true">
              <Step from={zero} to={sum} zero={zero} whole />
            </td>
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
              {column.name}
              {lang === "zh" ? "" : " "}
              <span className="muted">{t("why.reason", { reason: t(`reason.${reasonFor(open.row, column.id)}`) })}</span>
              {index < missing.length - 1 ? (lang === "zh" ? "、" : ", ") : ""}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** One step of the waterfall: from where the sum stood to where it stands with this part. */
function Step({ from, to, zero, whole = false }: { from: number; to: number; zero: number; whole?: boolean }) {
  return (
    <span className="bar">
      {zero > 0 && <span className="bar-mark" style={{ insetInlineStart: `${zero * 100}%` }} />}
      <span
        className="bar-part"
        data-negative={to < from}
        data-whole={whole}
        style={{ insetInlineStart: `${Math.min(from, to) * 100}%`, inlineSize: `max(1px, ${Math.abs(to - from) * 100}%)` }}
      />
    </span>
  );
}
