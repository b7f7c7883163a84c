/** Lines over the years, as ECharts wants them. */

import type { ChartOption } from "../charts/draw";
import { base } from "../charts/figureParts";
import type { Palette } from "../charts/palette";

export interface Lines {
  years: readonly string[];
  /** The year that the rest of the page is about. */
  marked: string;
  /** Above the axis. */
  unit: string;
  axis: (value: number) => string;
  say: (value: number | null) => string;
  lines: readonly { name: string; values: readonly (number | null)[] }[];
}

const DASHES = ["solid", "solid", "dashed", "dotted"] as const;

/** On a narrow chart: its names stand above it, one after the other, in as many lines as they need. */
const NARROW_PX = 300;
const MARK_PX = 36;
/** From one line of names to the next: the letters and the gap between items, which holds downwards too. */
const LINE_PX = 26;

export function linesOfNames(names: readonly string[]): number {
  let [count, used] = [1, 0];
  for (const name of names) {
    const width = MARK_PX + Array.from(name).reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 12 : 6.5), 0);
    if (used > 0 && used + width > NARROW_PX) [count, used] = [count + 1, 0];
    used += width;
  }
  return count;
}

export function linesOption(palette: Palette, { years, marked, unit, axis, say, lines }: Lines): ChartOption {
  const shared = base({ palette });
  const quiet = { color: palette.muted, fontFamily: palette.font, fontSize: 11 };
  return {
    ...shared,
    grid: { left: 4, right: 12, top: 18 + LINE_PX * linesOfNames(lines.map(({ name }) => name)), bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 2, itemGap: 14, icon: "rect", textStyle: { ...quiet, color: palette.ink, fontSize: 12 }, selectedMode: false },
    tooltip: {
      ...shared.tooltip,
      trigger: "axis",
      valueFormatter: (value: unknown) => (typeof value === "number" ? say(value) : "–"),
      axisPointer: { lineStyle: { color: palette.muted } },
    },
    xAxis: {
      type: "category",
      data: years,
      boundaryGap: false,
      axisLabel: { ...quiet, hideOverlap: true, showMaxLabel: true, alignMaxLabel: "right" },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.muted } },
    },
    yAxis: {
      type: "value",
      name: unit,
      nameTextStyle: { ...quiet, align: "left" },
      nameGap: 8,
      splitNumber: 4,
      axisLabel: { ...quiet, formatter: axis },
      splitLine: { lineStyle: { color: palette.hairline } },
    },
    series: lines.map(({ name, values }, place) => ({
      type: "line",
      name,
      data: values,
      connectNulls: false,
      showSymbol: false,
      symbol: "circle",
      symbolSize: 6,
      color: palette.series[place],
      lineStyle: { width: place === 0 ? 2 : 1.5, type: DASHES[place] ?? "solid" },
      ...(place === 0
        ? { markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: palette.muted, type: "dotted", width: 1 }, data: [{ xAxis: marked }] } }
        : {}),
    })),
  };
}
