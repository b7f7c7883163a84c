/** The parts of ECharts that are used, in a chunk of their own that comes after the table. One renderer, the canvas. */

import { BarChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { init, use as register } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

register([
  BarChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer,
]);

export type ChartOption = EChartsCoreOption;

export const chartOn = (element: HTMLElement): EChartsType => init(element, null, { renderer: "canvas" });

/** The chart as an SVG file; its renderer is fetched only for this. */
export async function svgOf(option: ChartOption, width: number, height: number): Promise<string> {
  const { SVGRenderer } = await import("echarts/renderers");
  register([SVGRenderer]);
  const still = init(null, null, { renderer: "svg", ssr: true, width, height });
  still.setOption({ ...option, animation: false });
  const drawn = still.renderToSVGString();
  still.dispose();
  return drawn;
}
