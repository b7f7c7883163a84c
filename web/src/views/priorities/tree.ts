/** Pairs as a tree map: products hold their markets, areas are the unrealised potential. */

import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";

export interface Leaf {
  name: string;
  value: number;
  pair: Row;
}
export interface Branch {
  name: string;
  value: number;
  children: Leaf[];
}

/** Products by their sum, each with its markets; what has no positive potential takes no area. */
export function treeOf(rows: readonly Row[]): Branch[] {
  const branches = new Map<string, Branch>();
  for (const row of rows) {
    const value = numberIn(row, "unrealised_usd") ?? 0;
    if (value <= 0) continue;
    const product = textIn(row, "product");
    const branch = branches.get(product) ?? { name: `${textIn(row, "product_name")} ${product}`, value: 0, children: [] };
    branch.value += value;
    branch.children.push({ name: textIn(row, "importer_name"), value, pair: row });
    branches.set(product, branch);
  }
  return [...branches.values()].sort((a, b) => b.value - a.value);
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Parts of an area in proportion to the values (in falling order), as near to squares as they come: row after row along
 * the shorter side, each as long as its worst proportion improves (Bruls, Huizing and van Wijk, 2000).
 */
export function squarified(values: readonly number[], area: Area): Area[] {
  const whole = values.reduce((sum, value) => sum + value, 0);
  const scale = whole > 0 ? (area.width * area.height) / whole : 0;
  const sizes = values.map((value) => value * scale);
  const areas: Area[] = [];
  let rest = area;
  while (areas.length < sizes.length) {
    const side = Math.min(rest.width, rest.height);
    const row = longest(sizes.slice(areas.length), side);
    const depth = side > 0 ? row.reduce((sum, size) => sum + size, 0) / side : 0;
    let along = 0;
    const upright = rest.width >= rest.height;
    for (const size of row) {
      const length = depth > 0 ? size / depth : 0;
      areas.push(
        upright
          ? { x: rest.x, y: rest.y + along, width: depth, height: length }
          : { x: rest.x + along, y: rest.y, width: length, height: depth },
      );
      along += length;
    }
    rest = upright
      ? { ...rest, x: rest.x + depth, width: Math.max(0, rest.width - depth) }
      : { ...rest, y: rest.y + depth, height: Math.max(0, rest.height - depth) };
  }
  return areas;
}

/** The first sizes that make the best row along a side. */
function longest(sizes: readonly number[], side: number): readonly number[] {
  let best = Infinity;
  let sum = 0;
  for (const [place, size] of sizes.entries()) {
    sum += size;
    const [largest, square] = [sizes[0] ?? 0, side * side];
    const worst = Math.max((square * largest) / (sum * sum), (sum * sum) / (square * size));
    if (worst > best) return sizes.slice(0, place);
    best = worst;
  }
  return sizes;
}

/** Height in pixels of a product's name above its markets. */
export const NAME = 20;

export interface Plot {
  branch: Branch;
  area: Area;
  /** Whether there is room for its name. */
  named: boolean;
  leaves: { leaf: Leaf; area: Area }[];
}

/** Where products and, in each, its markets are drawn. */
export function plotsOf(branches: readonly Branch[], sheet: Area): Plot[] {
  const areas = squarified(branches.map(({ value }) => value), sheet);
  return branches.flatMap((branch, place): Plot[] => {
    const area = areas[place];
    if (!area) return [];
    const named = area.width > 60 && area.height > 2 * NAME;
    const inner = named ? { ...area, y: area.y + NAME, height: area.height - NAME } : area;
    const children = [...branch.children].sort((a, b) => b.value - a.value);
    const parts = squarified(children.map(({ value }) => value), inner);
    const leaves = children.flatMap((leaf, at) => (parts[at] ? [{ leaf, area: parts[at] }] : []));
    return [{ branch, area, named, leaves }];
  });
}
