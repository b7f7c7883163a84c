/** The answers about one economy or one product: several small tables under one set of notes. */

import type { components } from "../api/schema";
import type { Row } from "../api/rows";
import { numberIn } from "../api/rows";

export type EconomyOverview = components["schemas"]["EconomyOverview"];
export type ProductOverview = components["schemas"]["ProductOverview"];
export type Part = components["schemas"]["Part"];

/** The row of the analysis year. */
export function rowOf(years: Part, year: unknown): Row | null {
  return years.rows.find((row) => numberIn(row, "year") === Number(year)) ?? null;
}
