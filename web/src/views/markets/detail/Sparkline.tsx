import type { Column } from "../../../api/client";
import type { Row } from "../../../api/rows";
import { numberIn, textIn } from "../../../api/rows";
import { formatWithUnit } from "../../../format/number";
import type { Language } from "../../../i18n/language";

interface Props {
  column: Column;
  rows: readonly Row[];
  kind: "bars" | "line";
  lang: Language;
}

const WIDTH = 120;
const HEIGHT = 48;
const MARGIN = 3;

/** One series over the years, from zero; the last value stands above it, gaps stay gaps. */
export function Sparkline({ column, rows, kind, lang }: Props) {
  const { id, unit, name } = column;
  const values = rows.map((row) => numberIn(row, id));
  const most = Math.max(...values.map((value) => value ?? 0), 0) || 1;
  const slot = WIDTH / Math.max(values.length, 1);
  const x = (index: number) => (index + 0.5) * slot;
  const y = (value: number) => HEIGHT - MARGIN - (value / most) * (HEIGHT - 2 * MARGIN);
  const said = (index: number) => `${textIn(rows[index] ?? {}, "year")}: ${formatWithUnit(values[index] ?? null, id, unit, lang) || "–"}`;
  const last = values.length - 1;
  const thick = Math.min(18, slot * 0.66);
  return (
    <figure className="spark">
      <figcaption>
        <span className="muted">{name}</span>
        <strong>{values[last] === null ? "–" : formatWithUnit(values[last] ?? null, id, unit, lang)}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 11}`} role="img" aria-label={`${name}. ${values.map((_, index) => said(index)).join("; ")}`}>
        <line className="axis" x1={0} x2={WIDTH} y1={HEIGHT - MARGIN} y2={HEIGHT - MARGIN} />
        {kind === "line" && <path className="spark-line" d={linePath(values, x, y)} />}
        {values.map((value, index) =>
          value === null ? null : kind === "bars" ? (
            <rect key={index} className="spark-bar" data-last={index === last} x={x(index) - thick / 2} width={thick} y={y(value)} height={HEIGHT - MARGIN - y(value)}>
              <title>{said(index)}</title>
            </rect>
          ) : (
            <circle key={index} className="spark-dot" data-last={index === last} cx={x(index)} cy={y(value)} r={index === last ? 2.6 : 1.6}>
              <title>{said(index)}</title>
            </circle>
          ),
        )}
        <text x={x(0)} y={HEIGHT + 9} textAnchor="middle">
          {textIn(rows[0] ?? {}, "year")}
        </text>
        <text x={x(last)} y={HEIGHT + 9} textAnchor="middle">
          {textIn(rows[last] ?? {}, "year")}
        </text>
      </svg>
    </figure>
  );
}

/** A line that is broken where a year has no value. */
function linePath(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  return values
    .map((value, index) => {
      if (value === null) return "";
      const joined = index > 0 && values[index - 1] !== null;
      return `${joined ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}
