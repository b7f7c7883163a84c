/** Charts that are put together here: share and power side by side, the paths of several economies, elasticities by method. */

import type { FamilyAnswer } from "../../api/family";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import type { Figure } from "../../charts/figure";
import { figureOf, seriesOf } from "../../charts/figure";
import { LOCALE } from "../../format/number";
import type { Language } from "../../i18n/language";

const MOST_BARS = 15;
const MOST_PRODUCTS = 12;

/** The share that belongs to a power, whose ratio to it is the price factor. */
export const SHARE_OF: Readonly<Record<string, string>> = { tpi: "tlc", tpi_export: "tlc_export", tpi_import: "tlc_import" };

export const nameOf = (answer: FamilyAnswer, id: string): string => answer.columns.find((column) => column.id === id)?.name ?? id;
const unitOf = (answer: FamilyAnswer, id: string): string => answer.columns.find((column) => column.id === id)?.unit ?? "1";

/** Power divided by share: more than one where prices add to it. */
export function factor(row: Row, power: string): number | null {
  const [whole, share] = [numberIn(row, power), numberIn(row, SHARE_OF[power] ?? "")];
  return whole === null || share === null || share === 0 ? null : whole / share;
}

/** The first of a ranking with their share beside their power; at the end of each bar what price makes of the share. */
export function splitFigure(answer: FamilyAnswer, measure: string, title: string, label: string, lang: Language): Figure | null {
  const share = SHARE_OF[measure];
  if (share === undefined) return null;
  const rows = answer.rows.filter((row) => numberIn(row, measure) !== null).slice(0, MOST_BARS);
  return figureOf("bars", title, {
    y: { label, unit: "1", scale: "linear" },
    categories: rows.map((row) => textIn(row, "economy_name")),
    series: [share, measure].map((id) => seriesOf(id, nameOf(answer, id), rows.map((row) => numberIn(row, id)))),
    ends: rows.map((row) => {
      const ratio = factor(row, measure);
      return ratio === null ? "" : `×${new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: 2 }).format(ratio)}`;
    }),
    lang,
  });
}

/** A line for each economy in the measure asked for; of one alone its power and the share beneath it. */
export function pathFigure(answer: FamilyAnswer, economies: readonly string[], measure: string, title: string, lang: Language): Figure {
  const lines = economies.map((code) => answer.rows.filter((row) => textIn(row, "economy") === code)).filter((rows) => rows.length > 0);
  const years = (rows: readonly Row[]) => rows.map((row) => numberIn(row, "year") ?? 0);
  const values = (rows: readonly Row[], id: string) => rows.map((row) => numberIn(row, id));
  const [alone] = lines;
  const share = SHARE_OF[measure];
  const series =
    lines.length === 1 && alone && share
      ? [measure, share].map((id) => seriesOf(id, nameOf(answer, id), values(alone, id), years(alone)))
      : lines.map((rows) => seriesOf(textIn(rows[0] ?? {}, "economy"), textIn(rows[0] ?? {}, "economy_name"), values(rows, measure), years(rows)));
  const axis = (id: string) => ({ label: nameOf(answer, id), unit: unitOf(answer, id), scale: "linear" });
  return figureOf("path", title, { x: axis("year"), y: axis(measure), series, lang });
}

/** The elasticity of each product by every method. */
export function sigmaFigure(answer: FamilyAnswer, title: string, lang: Language): Figure {
  const methods = answer.columns.map(({ id }) => id).filter((id) => id.startsWith("sigma_") && id !== "sigma_exporters");
  const rows = [...answer.rows].sort((a, b) => (numberIn(b, "sigma_exporters") ?? 0) - (numberIn(a, "sigma_exporters") ?? 0)).slice(0, MOST_PRODUCTS);
  return figureOf("bars", title, {
    y: { label: "σ", unit: "1", scale: "log" },
    categories: rows.map((row) => `${textIn(row, "product")} ${textIn(row, "product_name")}`),
    series: methods.map((id) => seriesOf(id, nameOf(answer, id), rows.map((row) => numberIn(row, id)))),
    lang,
  });
}
