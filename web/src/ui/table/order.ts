/** Sorting and filtering the rows of a table. */

import type { Column } from "../../api/client";
import type { Cell } from "../../api/rows";
import { plain } from "../../lists/search";

export interface Sort {
  id: string;
  descending: boolean;
}

export function parseSort(text: string | null): Sort | null {
  if (text === null) return null;
  return text.startsWith("-") ? { id: text.slice(1), descending: true } : { id: text, descending: false };
}

/** What a click on a header leads to: the better end first, then the other end, then back to the given order. */
export function nextSort(present: Sort | null, column: Pick<Column, "id" | "direction" | "unit">): string | null {
  const textual = ["text", "code", "date"].includes(column.unit);
  const first = !textual && column.direction !== "less";
  const write = (descending: boolean) => (descending ? `-${column.id}` : column.id);
  if (present?.id !== column.id) return write(first);
  return present.descending === first ? write(!first) : null;
}

/** Rows by one column, empty cells last whichever way, equal ones in the given order. */
export function sortBy<R>(rows: readonly R[], sort: Sort | null, keyOf: (row: R, id: string) => Cell, locale: string): R[] {
  if (sort === null) return [...rows];
  const collator = new Intl.Collator(locale);
  const sign = sort.descending ? -1 : 1;
  const keyed = rows.map((row, index) => ({ row, index, key: keyOf(row, sort.id) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.index - b.index;
    const order =
      typeof a.key === "number" && typeof b.key === "number"
        ? a.key - b.key
        : collator.compare(String(a.key), String(b.key));
    return sign * order || a.index - b.index;
  });
  return keyed.map(({ row }) => row);
}

/** A bound on a column: "value_usd>=1000000", "distance_km<=8000". */
export interface Bound {
  id: string;
  side: ">=" | "<=";
  value: number;
}

export function parseBound(text: string): Bound | null {
  const [, id, side, value] = /^(\w+)(>=|<=)(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(text) ?? [];
  if (id === undefined || value === undefined || !Number.isFinite(Number(value))) return null;
  return { id, side: side as Bound["side"], value: Number(value) };
}

export const formatBound = ({ id, side, value }: Bound): string => `${id}${side}${value}`;

/** Whether a value keeps to a bound; one that is missing keeps to none. */
export function within(value: Cell, { side, value: end }: Bound): boolean {
  return typeof value === "number" && (side === ">=" ? value >= end : value <= end);
}

/** Whether one of the names holds every word that was typed, whatever the accents and case. */
export function answers(names: readonly string[], typed: string): boolean {
  const words = plain(typed).split(/\s+/);
  const said = plain(names.join(" "));
  return words.every((word) => said.includes(word));
}
