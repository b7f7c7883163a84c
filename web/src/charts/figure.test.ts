import { describe, expect, it } from "vitest";
import { figureOf, saidValue, seriesOf, tick } from "./figure";
import { pieces } from "./figureBars";
import { axisName, diameter, points } from "./figurePoints";
import type { Palette } from "./palette";
import { tableOf } from "./figureRows";

describe("a step of a waterfall", () => {
  it("stands on what lies between it and zero", () => {
    expect(pieces(2, 5)).toEqual({ ground: 2, above: 3, below: 0 });
    expect(pieces(5, 2)).toEqual({ ground: 2, above: 3, below: 0 });
    expect(pieces(-1, -4)).toEqual({ ground: -1, above: 0, below: -3 });
  });

  it("is parted where it crosses zero", () => {
    expect(pieces(1, -2)).toEqual({ ground: 0, above: 1, below: -2 });
    expect(pieces(0, 0)).toEqual({ ground: 0, above: 0, below: 0 });
  });
});

describe("the table of a figure", () => {
  it("has a line for each year, with a gap where a series has none", () => {
    const figure = figureOf("path", "", { series: [seriesOf("CHL", "Chile", [0.1, 0.3], [2000, 2002]), seriesOf("PER", "Peru", [0.2], [2001])] });
    expect(tableOf(figure).rows).toEqual([
      ["2000", 0.1, null],
      ["2001", null, 0.2],
      ["2002", 0.3, null],
    ]);
  });

  it("has every point of a curve, as curves need not share their points", () => {
    const figure = figureOf("curve", "", { series: [seriesOf("a", "2010", [1, 2], [0.1, 0.2]), seriesOf("b", "2015", [3], [0.15])] });
    expect(tableOf(figure).rows).toEqual([
      ["2010", 0.1, 1],
      ["2010", 0.2, 2],
      ["2015", 0.15, 3],
    ]);
  });

  it("says of each step where it begins and ends", () => {
    const figure = figureOf("waterfall", "", { categories: ["2000", "share", "2024"], series: [seriesOf("from", "", [0, 4, 0]), seriesOf("to", "", [4, 1, 1])] });
    expect(tableOf(figure).rows[1]).toEqual(["share", 4, 1, -3]);
  });

  it("has every point with its group", () => {
    const point = (id: string) => ({ ...seriesOf(id, id, [2], [3]), labels: ["copper"], sizes: [0.5] });
    expect(tableOf(figureOf("stages", "", { series: [point("a"), point("b")] })).rows).toEqual([
      ["copper", "a", 3, 2, 0.5],
      ["copper", "b", 3, 2, 0.5],
    ]);
  });
});

describe("numbers of a figure", () => {
  it("keep the figures of what is small", () => {
    expect(saidValue(0.0838e-2, "fraction", "en")).toBe("0.0838%");
    expect(saidValue(0.292, "fraction", "en")).toBe("29.2%");
    expect(saidValue(-0.00301, "1", "en")).toBe("−0.00301");
    expect(saidValue(null, "1", "en")).toBe("–");
    expect(tick(2000, "year", "zh")).toBe("2000");
    expect(tick(0.05, "fraction", "en")).toBe("5%");
  });

  it("stand under symbols and colours that no two groups share, in the legend as in the picture", () => {
    const groups = Array.from({ length: 12 }, (_, k) => ({ ...seriesOf(`${k}`, `${k}`, [2], [3]), sizes: [0.5] }));
    const palette = { series: ["a", "b", "c", "d", "e"] } as Palette;
    const { series, legend } = points(figureOf("stages", "", { series: groups }), { palette, lang: "en", narrow: false });
    expect(new Set(series.map(({ symbol, itemStyle }) => `${symbol} ${itemStyle.color}`)).size).toBe(12);
    expect(legend.icon, "one for all would hide them").toBeUndefined();
  });

  it("give a point an area in proportion to its share", () => {
    expect(diameter(1, 1) / diameter(0.25, 1)).toBeCloseTo(2);
    expect(axisName("Export share (%); 22 not shown")).toBe("Export share (%)");
    expect(axisName("出口份额；22 个未绘")).toBe("出口份额");
  });
});
