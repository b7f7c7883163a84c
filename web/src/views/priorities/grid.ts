/** Pairs of product and market as a grid: which products and markets stand in it, and what stands in each cell. */

import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";

export interface Side {
  code: string;
  name: string;
  /** Of the values in the pairs it is part of. */
  sum: number;
}

export interface Cell {
  /** Places of its product and of its market. */
  row: number;
  column: number;
  value: number;
  pair: Row;
}

export interface Grid {
  products: Side[];
  markets: Side[];
  cells: Cell[];
}

export const keyOf = (row: Row): string => `${textIn(row, "product")}-${textIn(row, "importer")}`;

/** The products and the markets with the largest sums of `id`, no more than so many, and the pairs of the two; a pair without a value has no cell. */
export function gridOf(rows: readonly Row[], id: string, most: { products: number; markets: number }): Grid {
  const products = largest(rows, id, "product", "product_name", most.products);
  const markets = largest(rows, id, "importer", "importer_name", most.markets);
  const [rowOf, columnOf] = [placesOf(products), placesOf(markets)];
  const cells = rows.flatMap((pair): Cell[] => {
    const [row, column, value] = [rowOf.get(textIn(pair, "product")), columnOf.get(textIn(pair, "importer")), numberIn(pair, id)];
    return row === undefined || column === undefined || value === null ? [] : [{ row, column, value, pair }];
  });
  return { products, markets, cells };
}

const placesOf = (sides: readonly Side[]) => new Map(sides.map(({ code }, place) => [code, place]));

function largest(rows: readonly Row[], id: string, code: string, name: string, most: number): Side[] {
  const sides = new Map<string, Side>();
  for (const row of rows) {
    const value = numberIn(row, id);
    if (value === null) continue;
    const key = textIn(row, code);
    const side = sides.get(key) ?? { code: key, name: textIn(row, name), sum: 0 };
    side.sum += value;
    sides.set(key, side);
  }
  return [...sides.values()].sort((a, b) => b.sum - a.sum || (a.code < b.code ? -1 : 1)).slice(0, most);
}

/** The text cut to a width in em, by the usual width of its signs. */
export function fitted(text: string, em: number): string {
  let width = 0;
  const signs = Array.from(text);
  for (const [place, sign] of signs.entries()) {
    width += (sign.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.52;
    if (width > em) return `${signs.slice(0, Math.max(1, place - 1)).join("").trimEnd()}…`;
  }
  return text;
}
