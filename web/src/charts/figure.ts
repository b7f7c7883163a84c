/** A chart as data: as the API gives it, or put together here from rows of an answer. */

import type { components } from "../api/schema";
import { formatWithUnit, LOCALE } from "../format/number";
import type { Language } from "../i18n/language";
import type { Palette } from "./palette";

export type Figure = components["schemas"]["Chart"];
export type FigureSeries = components["schemas"]["ChartSeries"];

/** What all kinds of charts have to know beside the figure itself. */
export interface Look {
  palette: Palette;
  lang: Language;
  narrow: boolean;
}

export const seriesOf = (id: string, name: string, values: (number | null)[], x: number[] = []): FigureSeries => ({
  id,
  name,
  values,
  x,
  labels: [],
  sizes: [],
});

/** A figure that the app puts together itself, from rows of an answer. */
export function figureOf(kind: string, title: string, more: Partial<Figure>): Figure {
  const axis = { label: "", unit: "1", scale: "linear" };
  return { kind, title, x: axis, y: axis, series: [], categories: [], ends: [], bands: [], lines: [], source: "", lang: "en", ...more };
}

/** A number on an axis: as few figures as tell it from its neighbours. */
export function tick(value: number, unit: string, lang: Language): string {
  if (unit === "year") return String(value);
  const shown = unit === "fraction" ? value * 100 : value;
  const compact = Math.abs(shown) >= 10_000;
  const said = new Intl.NumberFormat(LOCALE[lang], { maximumSignificantDigits: 3, ...(compact ? { notation: "compact" as const } : {}) }).format(shown);
  return said.replace("-", "−") + (unit === "fraction" ? "%" : "");
}

/** A value in a tooltip or a table; small shares keep their figures. */
export function saidValue(value: number | null | undefined, unit: string, lang: Language): string {
  if (value === null || value === undefined) return "–";
  if (unit === "year") return String(value);
  const small = value !== 0 && Math.abs(value) < (unit === "fraction" ? 0.00995 : 0.0995);
  return small && (unit === "fraction" || unit === "1") ? tick(value, unit, lang) : formatWithUnit(value, "", unit, lang);
}

/** Whether the categories are so short that they stand side by side beneath their bars. */
export const isUpright = (figure: Figure): boolean => figure.kind === "stack" && figure.categories.every((name) => name.length <= 5);

/** So many rem of height as the figure needs. */
export function heightOf(figure: Figure): number {
  if (figure.kind === "path" || figure.kind === "curve" || isUpright(figure)) return 19;
  if (figure.kind === "scatter" || figure.kind === "stages") return 27;
  const perBar = figure.kind === "bars" && figure.series.length > 1 ? 0.9 * figure.series.length + 0.5 : 1.6;
  return Math.round(figure.categories.length * perBar + (figure.series.length > 1 ? 5 : 3.5));
}
