/** Rows of a Result, whose columns are known only when it arrives: one careful way to read a cell. */

export type Cell = number | string | null;
/** Read by column ids that are known only at run time. */
export type Row = Readonly<Record<string, unknown>>;

/** Why a null is null, as the API names it. */
export const REASONS = ["zero_flow", "not_reported", "undefined", "not_loaded", "too_old"] as const;
export type Reason = (typeof REASONS)[number];

export function cell(row: Row, id: string): Cell {
  const value = row[id];
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" || typeof value === "string" ? value : null;
}

export function numberIn(row: Row, id: string): number | null {
  const value = cell(row, id);
  return typeof value === "number" ? value : null;
}

export function textIn(row: Row, id: string): string {
  return String(cell(row, id) ?? "");
}

/** The reason given for an empty cell; "undefined" if the API gave none. */
export function reasonFor(row: Row, id: string): Reason {
  const missing = row.missing as Partial<Record<string, string>> | undefined;
  const said = missing?.[id];
  return REASONS.find((reason) => reason === said) ?? "undefined";
}
