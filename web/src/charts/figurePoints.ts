/** Lines over years or over any numbers, and points in a plane. */

import type { Figure, Look } from "./figure";
import { saidValue } from "./figure";
import { base, colourOf, legend, valueAxis } from "./figureParts";

/** One more than there are colours, so that the two together tell thirty series apart. */
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "path://M0 0H10L5 9Z"] as const;
/** So many points carry their name; the others say it when they are pointed at. */
const NAMED = { wide: 14, narrow: 6 } as const;
const LONGEST_LABEL = 26;

export function path(figure: Figure, look: Look) {
  const { palette, lang } = look;
  const years = figure.series.flatMap(({ x }) => x);
  const distinct = palette.series.length;
  return {
    ...base(look),
    legend: legend(figure, look),
    grid: { left: 8, right: 16, top: figure.series.length > 1 ? 52 : 28, bottom: 4, containLabel: true },
    tooltip: {
      ...base(look).tooltip,
      trigger: "axis",
      axisPointer: { lineStyle: { color: palette.muted } },
      formatter: (hovered: { value: [number, number | null]; seriesName: string }[]) =>
        [String(hovered[0]?.value[0] ?? ""), ...hovered.map(({ value, seriesName }) => `${seriesName}: ${saidValue(value[1], figure.y.unit, lang)}`)].join("\n"),
    },
    xAxis: {
      ...valueAxis({ ...figure.x, unit: "year" }, look, false),
      min: Math.min(...years),
      max: Math.max(...years),
      minInterval: 1,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: palette.hairline } },
    },
    yAxis: { ...valueAxis(figure.y, look), nameLocation: "end", nameTextStyle: { color: palette.muted, fontSize: 12, align: "left", padding: [0, 0, 0, -24] } },
    series: figure.series.map((one, index) => ({
      type: "line",
      name: one.name,
      data: one.x.map((year, k) => [year, one.values[k] ?? null]),
      symbol: SYMBOLS[index % SYMBOLS.length],
      symbolSize: one.x.length > 12 ? 4 : 7,
      showAllSymbol: true,
      connectNulls: false,
      lineStyle: { width: 1.75, color: colourOf(look, index), type: index < distinct ? "solid" : "dashed" },
      itemStyle: { color: colourOf(look, index) },
    })),
  };
}

/** Smooth lines over any numbers, such as densities; the vertical axis begins at 0. */
export function curve(figure: Figure, look: Look) {
  const { palette, lang } = look;
  const every = figure.series.flatMap(({ x }) => x);
  const distinct = palette.series.length;
  return {
    ...base(look),
    legend: legend(figure, look),
    grid: { left: 8, right: 16, top: figure.series.length > 1 ? 52 : 28, bottom: 28, containLabel: true },
    tooltip: {
      ...base(look).tooltip,
      trigger: "axis",
      axisPointer: { lineStyle: { color: palette.muted } },
      formatter: (hovered: { value: [number, number | null]; seriesName: string }[]) =>
        [saidValue(hovered[0]?.value[0], figure.x.unit, lang), ...hovered.map(({ value, seriesName }) => `${seriesName}: ${saidValue(value[1], figure.y.unit, lang)}`)].join("\n"),
    },
    xAxis: {
      ...valueAxis(figure.x, look),
      nameGap: 26,
      min: Math.min(...every),
      max: Math.max(...every),
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: palette.hairline } },
      axisLabel: { ...valueAxis(figure.x, look).axisLabel, showMinLabel: false, showMaxLabel: false },
    },
    yAxis: { ...valueAxis(figure.y, look), min: 0, nameLocation: "end", nameTextStyle: { color: palette.muted, fontSize: 12, align: "left", padding: [0, 0, 0, -24] } },
    series: figure.series.map((one, index) => ({
      type: "line",
      name: one.name,
      data: one.x.map((x, k) => [x, one.values[k] ?? null]),
      showSymbol: false,
      lineStyle: { width: 1.75, color: colourOf(look, index), type: index < distinct ? "solid" : "dashed" },
      itemStyle: { color: colourOf(look, index) },
    })),
  };
}

interface Point {
  value: [number, number];
  name: string;
  symbolSize: number;
  size: number | undefined;
  label: { show: boolean; formatter: string; position: "left" | "right" };
}

/** Diameter whose circle is as large as its share, within what can be seen and what fits. */
export const diameter = (share: number | undefined, largest: number): number =>
  share === undefined || largest <= 0 ? 8 : Math.max(6, 34 * Math.sqrt(Math.max(share, 0) / largest));

/** From here on a name would not fit to the right of its point. */
function rightmost(values: readonly number[], log: boolean): number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return log && low > 0 ? low * (high / low) ** 0.7 : low + (high - low) * 0.7;
}

const short = (name: string): string => (name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name);

export function points(figure: Figure, look: Look) {
  const { palette, lang, narrow } = look;
  const sizes = figure.series.flatMap((one) => one.sizes);
  const largest = Math.max(0, ...sizes);
  const named = [...sizes].sort((a, b) => b - a)[narrow ? NAMED.narrow : NAMED.wide] ?? -1;
  const toTheLeft = rightmost(figure.series.flatMap(({ x }) => x), figure.x.scale === "log");
  const data = (one: Figure["series"][number]): Point[] =>
    one.values.flatMap((y, k) => {
      const x = one.x[k];
      if (y === null || x === undefined) return [];
      const name = one.labels[k] ?? "";
      const size = one.sizes[k];
      const formatter = narrow ? (name.split(" ")[0] ?? "") : short(name);
      const position = x > toTheLeft ? ("left" as const) : ("right" as const);
      return [{ value: [x, y], name, size, symbolSize: diameter(size, largest), label: { show: (size ?? 0) > named, formatter, position } }];
    });
  const marks = {
    markLine: {
      silent: true,
      symbol: "none",
      z: 1,
      label: { show: false },
      lineStyle: { color: palette.muted, type: "dashed", width: 1 },
      data: figure.lines.map(([axis, value]) => (axis === "x" ? { xAxis: value } : { yAxis: value })),
    },
    markArea: {
      silent: true,
      itemStyle: { color: "transparent" },
      label: { color: palette.muted, fontSize: 12, position: "insideTop" },
      data: figure.bands.map(({ name, from, to }) => [{ name, ...(from === null ? {} : { xAxis: from }) }, to === null ? {} : { xAxis: to }]),
    },
  };
  return {
    ...base(look),
    // Each series under its own symbol: colours alone come again.
    legend: { ...legend(figure, look), icon: undefined, itemHeight: 11 },
    grid: { left: 28, right: 24, top: figure.series.length > 1 ? 40 : 12, bottom: 28, containLabel: true },
    tooltip: {
      ...base(look).tooltip,
      trigger: "item",
      formatter: ({ data: point, seriesName }: { data: Point; seriesName: string }) =>
        [
          point.name,
          ...(figure.series.length > 1 ? [seriesName] : []),
          `${axisName(figure.x.label)}: ${saidValue(point.value[0], figure.x.unit, lang)}`,
          `${axisName(figure.y.label)}: ${saidValue(point.value[1], figure.y.unit, lang)}`,
        ].join("\n"),
    },
    // What the axis says beyond its name does not fit a phone.
    xAxis: { ...valueAxis(narrow ? { ...figure.x, label: axisName(figure.x.label) } : figure.x, look), nameGap: 28 },
    yAxis: { ...valueAxis(figure.y, look), nameGap: 44 },
    series: figure.series.map((one, index) => ({
      type: "scatter",
      name: one.name,
      data: data(one),
      symbol: SYMBOLS[index % SYMBOLS.length],
      itemStyle: { color: colourOf(look, index), opacity: 0.72 },
      // On a ground of its own, as it may lie over points and lines.
      label: { color: palette.ink, opacity: 1, fontSize: 11, textBorderColor: palette.paper, textBorderWidth: 2, minMargin: 4 },
      labelLayout: { hideOverlap: true },
      ...(index === 0 ? marks : {}),
    })),
  };
}

/** An axis may add what it leaves out ("Export share; 22 not shown"); of a single point only the name is said. */
export const axisName = (label: string): string => label.split(/[;；]/)[0] ?? label;
