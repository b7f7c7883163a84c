import type { Column } from "../../api/client";

/** Widths in rem, by what a column holds; wide enough for a header of two or three short lines. */
const BY_UNIT: Record<Column["unit"], number> = {
  usd: 6.5,
  t: 6.5,
  "usd/t": 6.5,
  fraction: 6,
  percent: 6.25,
  km: 6,
  "1": 6.5,
  score: 6,
  rank: 5.5,
  year: 5,
  date: 7,
  text: 11,
  code: 6,
  flag: 6,
};
const BY_ID: Readonly<Record<string, number>> = { rank: 3.75, parameter: 9, parameter_name: 14, sources: 24, source: 18, importer_name: 12.5, product_name: 14, product: 4.75, industry_name: 18, road_meaning: 28, growth_basis: 17, sd_years: 18, gdp_basis: 15, tariff_basis: 11, reason: 15 };

/** Of the first two columns, which stay in sight, on a narrow screen. */
const NARROW = [5, 8.5] as const;

export function widthOf({ id, unit }: Pick<Column, "id" | "unit">, place: number, narrow: boolean): number {
  const width = BY_ID[id] ?? BY_UNIT[unit];
  return narrow ? Math.min(width, NARROW[place] ?? width) : width;
}
