/** A figure as rows and columns. */

import type { Figure } from "./figure";

interface Head {
  id: string;
  /** As the series is called; absent where the head has one of the common names. */
  name?: string;
  unit: string;
}
type Value = string | number | null;

export function tableOf(figure: Figure): { heads: Head[]; rows: Value[][] } {
  const { kind, x, y, series, categories } = figure;
  const columns = series.map(({ id, name }) => ({ id: `series ${id}`, name, unit: y.unit }));
  if (kind === "path") {
    const years = [...new Set(series.flatMap((one) => one.x))].sort((a, b) => a - b);
    return {
      heads: [{ id: "x", unit: "year" }, ...columns],
      rows: years.map((year) => [String(year), ...series.map((one) => one.values[one.x.indexOf(year)] ?? null)]),
    };
  }
  if (kind === "curve") {
    return {
      heads: [{ id: "group", unit: "text" }, { id: "x", unit: x.unit }, { id: "y", unit: y.unit }],
      rows: series.flatMap((one) => one.values.map((value, k): Value[] => [one.name, one.x[k] ?? null, value])),
    };
  }
  if (kind === "scatter" || kind === "stages") {
    const grouped = series.length > 1;
    const heads: Head[] = [{ id: "point", unit: "text" }, ...(grouped ? [{ id: "group", unit: "text" }] : []), { id: "x", unit: x.unit }, { id: "y", unit: y.unit }, { id: "size", unit: "fraction" }];
    return {
      heads,
      rows: series.flatMap((one) =>
        one.values.map((value, k): Value[] => [one.labels[k] ?? "", ...(grouped ? [one.name] : []), one.x[k] ?? null, value, one.sizes[k] ?? null]),
      ),
    };
  }
  if (kind === "waterfall") {
    const [from, to] = ["from", "to"].map((id) => series.find((one) => one.id === id)?.values ?? []);
    return {
      heads: [{ id: "item", unit: "text" }, ...["from", "to", "change"].map((id) => ({ id, unit: y.unit }))],
      rows: categories.map((name, k) => [name, from?.[k] ?? null, to?.[k] ?? null, (to?.[k] ?? 0) - (from?.[k] ?? 0)]),
    };
  }
  return {
    heads: [{ id: "item", unit: "text" }, ...columns],
    rows: categories.map((name, k) => [name, ...series.map((one) => one.values[k] ?? null)]),
  };
}
