import { useMemo, useState } from "react";
import type { Column } from "../../api/client";
import type { Row } from "../../api/rows";
import { numberIn } from "../../api/rows";
import { formatBare, formatWithUnit, isSigned, unitLabel } from "../../format/number";
import type { Language } from "../../i18n/language";
import { classesOf } from "../../map/classes";
import { colourOf } from "../../map/colours";
import { How } from "../../ui/How";
import { Link } from "../../ui/Link";
import { marketsView } from "../markets/state";
import { productsView } from "../products/state";
import { fitted, gridOf, keyOf } from "./grid";
import { PairCell } from "./PairCell";
import { useRoving } from "./roving";
import { useTexts } from "./texts";
import { useWidth } from "./useWidth";

interface Props {
  rows: readonly Row[];
  /** What colours the cells. */
  metric: Column;
  /** Key of the pair that is open. */
  open: string | null;
  onPick: (pair: string, open: boolean) => void;
  lang: Language;
}

/** Measures in pixels: on a phone the names give way to codes. */
const WIDE = { left: 220, top: 92, cell: 26, height: 26, products: 20, names: true };
const NARROW = { left: 44, top: 36, cell: 26, height: 26, products: 12, names: false };
const PHONE = 560;
const FONT = 12;

/** What is heard begins with what is seen, where that was cut short. */
const label = (seen: string, whole: string): string => (seen.endsWith("…") ? `${seen} ${whole}` : whole);

/** Products by markets, coloured by what ranks the pairs; a cell opens its pair, a name leads to its finder. */
export function HeatMap({ rows, metric, open, onPick, lang }: Props) {
  const t = useTexts();
  const [box, width] = useWidth();
  const [pointed, setPointed] = useState<string | null>(null);
  const plan = width < PHONE ? NARROW : WIDE;
  // The last slanted name needs room beside its column.
  const spare = plan.names ? 60 : 4;
  const fit = Math.max(1, Math.floor((width - plan.left - spare) / plan.cell));
  const grid = useMemo(() => gridOf(rows, metric.id, { products: plan.products, markets: fit }), [rows, metric.id, plan, fit]);
  const classes = useMemo(() => classesOf(grid.cells.map(({ value }) => value), isSigned(metric.id)), [grid, metric.id]);
  const { products, markets, cells } = grid;
  const step = Math.min(44, (width - plan.left - spare) / Math.max(1, markets.length));
  const spots = useMemo(
    () =>
      cells.map(({ row, column, value, pair }) => ({
        key: keyOf(pair),
        x: plan.left + (column + 0.5) * step,
        y: plan.top + (row + 0.5) * plan.height,
        value,
        said: t("heat.cell", {
          product: products[row]?.name ?? "",
          market: markets[column]?.name ?? "",
          value: formatWithUnit(value, metric.id, metric.unit, lang),
          rank: numberIn(pair, "rank") ?? "–",
        }),
      })),
    [cells, products, markets, plan, step, metric, lang, t],
  );
  const { stop, keys } = useRoving(spots, open);
  const height = plan.top + products.length * plan.height + 4;
  const rowName = (name: string, code: string) => (plan.names ? fitted(name, (plan.left - 14) / FONT) : code);
  const columnName = (name: string, code: string) => (plan.names ? fitted(name, 9) : code);
  const range = (low: number, high: number) =>
    [...new Set([low, high].map((value) => formatBare(value, metric.id, metric.unit, lang)))].join(" – ");
  return (
    <div className="heat">
      <div ref={box} className="heat-frame" style={{ minBlockSize: `${height}px` }}>
        {width > 0 && (
          <svg className="heat-drawing" width={width} height={height} role="group" aria-label={t("heat.label", { name: metric.name })} {...keys}>
            {products.map(({ code, name }, row) => (
              <Link key={code} to={marketsView.link({ product: code, market: null })} aria-label={label(rowName(name, code), t("heat.product", { product: `${name} ${code}` }))}>
                <text x={plan.left - 8} y={plan.top + (row + 0.5) * plan.height} dy="0.35em" textAnchor="end">
                  <title>{`${name} ${code}`}</title>
                  {rowName(name, code)}
                </text>
              </Link>
            ))}
            {markets.map(({ code, name }, column) => (
              <Link key={code} to={productsView.link({ market: code, product: null })} aria-label={label(columnName(name, code), t("heat.market", { market: `${name} ${code}` }))}>
                <text
                  transform={`translate(${plan.left + (column + 0.5) * step} ${plan.top - 6}) rotate(${plan.names ? -50 : -90})`}
                  dy="0.35em"
                  textAnchor="start"
                >
                  <title>{name}</title>
                  {columnName(name, code)}
                </text>
              </Link>
            ))}
            {products.map(({ code }, row) => (
              <line key={code} className="heat-line" x1={plan.left} x2={plan.left + markets.length * step} y1={plan.top + (row + 1) * plan.height} y2={plan.top + (row + 1) * plan.height} />
            ))}
            {spots.map(({ key, value, said, x, y }) => (
              <PairCell
                key={key}
                pair={key}
                x={x - step / 2 + 0.5}
                y={y - plan.height / 2 + 0.5}
                width={Math.max(1, step - 1.5)}
                height={plan.height - 1.5}
                fill={colourOf(classes.kind, classes.classOf(value), false)}
                said={said}
                open={key === open}
                stop={key === stop}
                onPick={onPick}
                onPoint={setPointed}
              />
            ))}
          </svg>
        )}
      </div>
      <p className="pointed small" aria-hidden="true">
        {pointed ?? t("heat.keys")}
      </p>
      <div className="legend">
        <span className="legend-name">
          <How id={metric.id} name={metric.name} /> <span className="muted">{unitLabel(metric.unit, lang)}</span>
        </span>
        <ul>
          {classes.legend.map(({ index, low, high }) => (
            <li key={index}>
              <span className="swatch" style={{ backgroundColor: colourOf(classes.kind, index, false) }} />
              {range(low, high)}
            </li>
          ))}
        </ul>
      </div>
      <p className="muted small">{t("heat.part", { rows: products.length, columns: markets.length, cells: cells.length, pairs: rows.length })}</p>
    </div>
  );
}
