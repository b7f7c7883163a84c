/** Bars: side by side, stacked, or as steps from one total to another. */

import type { Figure, Look } from "./figure";
import { isUpright, saidValue } from "./figure";
import { base, categoryAxis, colourOf, legend, valueAxis } from "./figureParts";

interface Hovered {
  dataIndex: number;
}
const first = (hovered: Hovered | Hovered[]): number => (Array.isArray(hovered) ? (hovered[0]?.dataIndex ?? 0) : hovered.dataIndex);

/** Values of which some are negative: blue above zero, orange below. */
const isSigned = (figure: Figure): boolean =>
  figure.series.length === 1 && (figure.series[0]?.values.some((value) => value !== null && value < 0) ?? false);

export function horizontalBars(figure: Figure, look: Look) {
  const { palette, narrow } = look;
  const upright = isUpright(figure);
  const signed = isSigned(figure);
  const stacked = figure.kind === "stack";
  const last = figure.series.length - 1;
  const categories = upright
    ? { ...categoryAxis(figure.categories, look, 60), axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true } }
    : { ...categoryAxis(figure.categories, look, narrow ? 116 : 230), inverse: true };
  const values = { ...valueAxis(figure.y, look, !upright), nameGap: 24, splitNumber: narrow ? 3 : 5 };
  return {
    ...base(look),
    legend: legend(figure, look),
    grid: { left: 4, right: upright ? 8 : 52, top: figure.series.length > 1 ? 34 : 8, bottom: figure.y.label === "" || upright ? 4 : 22, containLabel: true },
    tooltip: {
      ...base(look).tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: palette.hairline, opacity: 0.5 } },
      formatter: (hovered: Hovered | Hovered[]) => barLines(figure, first(hovered), look).join("\n"),
    },
    xAxis: upright ? categories : values,
    yAxis: upright ? values : categories,
    series: figure.series.map((one, index) => ({
      type: "bar",
      name: one.name,
      data: one.values,
      ...(stacked ? { stack: "all" } : { barGap: "10%" }),
      barCategoryGap: figure.series.length > 1 && !stacked ? "30%" : "28%",
      itemStyle: {
        color: signed ? ({ value }: { value: number }) => (value < 0 ? palette.negative : palette.positive) : colourOf(look, index),
      },
      // Of stacked bars only the last would carry what stands at their end, and it may be empty.
      ...(index === last && !upright && !stacked && figure.ends.length > 0
        ? { label: { show: true, position: "right", color: palette.muted, fontSize: 11, formatter: ({ dataIndex }: Hovered) => figure.ends[dataIndex] ?? "" } }
        : {}),
      ...(index === 0 && figure.lines.length > 0
        ? {
            markLine: {
              silent: true,
              symbol: "none",
              lineStyle: { color: palette.muted, type: "dashed", width: 1 },
              label: { show: false },
              data: figure.lines.map(([, value]) => ({ xAxis: value })),
            },
          }
        : {}),
    })),
  };
}

function barLines(figure: Figure, index: number, { lang }: Look): string[] {
  const lines = figure.series.map(({ name, values }) => `${name}: ${saidValue(values[index], figure.y.unit, lang)}`);
  return [figure.categories[index] ?? "", ...lines];
}

/** One step of a waterfall as the stacked pieces it is drawn of: nothing up to where it begins, then the step, on each side of zero. */
export function pieces(from: number, to: number): { ground: number; above: number; below: number } {
  const [low, high] = from < to ? [from, to] : [to, from];
  const ground = low > 0 ? low : high < 0 ? high : 0;
  return { ground, above: Math.max(high, 0) - Math.max(low, 0), below: Math.min(low, 0) - Math.min(high, 0) };
}

export function waterfall(figure: Figure, look: Look) {
  const { palette, lang, narrow } = look;
  const sides = ["from", "to"].map((id) => figure.series.find((one) => one.id === id)?.values ?? []);
  const steps = figure.categories.map((_, k) => {
    const [from, to] = [sides[0]?.[k] ?? 0, sides[1]?.[k] ?? 0];
    const total = k === 0 || k === figure.categories.length - 1;
    return { from, to, total, ...pieces(from, to), colour: total ? palette.muted : to < from ? palette.negative : palette.positive };
  });
  const said = (k: number): string => {
    const step = steps[k];
    if (!step) return "";
    const change = step.to - step.from;
    return (change > 0 && !step.total ? "+" : "") + saidValue(step.total ? step.to : change, figure.y.unit, lang);
  };
  const bar = (name: "ground" | "above" | "below", label: boolean) => ({
    type: "bar",
    stack: "all",
    silent: name === "ground",
    data: steps.map((step) => ({ value: step[name], itemStyle: { color: name === "ground" ? "transparent" : step.colour } })),
    ...(label ? { label: { show: true, position: "right", color: palette.ink, fontSize: 11, formatter: ({ dataIndex }: Hovered) => said(dataIndex) } } : {}),
  });
  return {
    ...base(look),
    grid: { left: 4, right: 64, top: 8, bottom: figure.y.label === "" ? 4 : 22, containLabel: true },
    tooltip: {
      ...base(look).tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: palette.hairline, opacity: 0.5 } },
      formatter: (hovered: Hovered | Hovered[]) => `${figure.categories[first(hovered)] ?? ""}\n${said(first(hovered))}`,
    },
    xAxis: { ...valueAxis(figure.y, look), nameGap: 24, splitNumber: narrow ? 3 : 5 },
    yAxis: { ...categoryAxis(figure.categories, look, narrow ? 116 : 230), inverse: true },
    series: [bar("ground", false), bar("below", false), bar("above", true)],
  };
}
