/** Parts that charts share: type, axes, tooltip. */

import type { Figure, Look } from "./figure";
import { tick } from "./figure";

type Axis = Figure["x"];

/** Lines of text on the page's own ground; a tooltip of HTML would bring styles that the content security policy refuses. */
export function base({ palette }: Pick<Look, "palette">) {
  return {
    textStyle: { fontFamily: palette.font, color: palette.ink, fontSize: 12 },
    tooltip: {
      renderMode: "richText" as const,
      confine: true,
      backgroundColor: palette.paper,
      borderColor: palette.hairline,
      borderWidth: 1,
      textStyle: { color: palette.ink, fontFamily: palette.font, fontSize: 12 },
    },
  };
}

export function legend(figure: Figure, look: Look) {
  if (figure.series.length < 2) return { show: false };
  return {
    show: true,
    type: "scroll" as const,
    top: 0,
    left: 0,
    right: 0,
    itemWidth: 14,
    itemHeight: 9,
    icon: "roundRect",
    textStyle: { color: look.palette.ink, fontSize: 12 },
    pageTextStyle: { color: look.palette.muted },
    pageIconColor: look.palette.accent,
    pageIconInactiveColor: look.palette.hairline,
  };
}

export function valueAxis(axis: Axis, look: Look, named = true) {
  const { palette, lang } = look;
  return {
    type: axis.scale === "log" ? ("log" as const) : ("value" as const),
    name: named ? axis.label : "",
    nameLocation: "middle" as const,
    nameTextStyle: { color: palette.muted, fontSize: 12 },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.hairline } },
    axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true, formatter: (value: number) => tick(value, axis.unit, lang) },
  };
}

export function categoryAxis(names: readonly string[], look: Look, width: number) {
  return {
    type: "category" as const,
    data: [...names],
    axisLine: { lineStyle: { color: look.palette.hairline } },
    axisTick: { show: false },
    axisLabel: { color: look.palette.ink, fontSize: 12, width, overflow: "truncate" as const },
  };
}

/** Colours that tell series apart; beyond five they come again with another shape or dash. */
export const colourOf = (look: Look, index: number): string => look.palette.series[index % look.palette.series.length] ?? look.palette.accent;
