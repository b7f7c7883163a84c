/** The colours of the present theme, read from the style sheet, for a canvas that cannot. */

import type { Classes } from "./classes";
import { SIDES, STEPS } from "./classes";

export interface Palette {
  ramp: string[];
  blue: string[];
  orange: string[];
  zero: string;
  land: string;
  exporter: string;
  line: string;
  accent: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const series = (name: string, count: number) => Array.from({ length: count }, (_, k) => read(`--${name}-${k + 1}`));
  return {
    ramp: series("ramp", STEPS),
    blue: series("plus", SIDES),
    orange: series("minus", SIDES),
    zero: read("--zero"),
    land: read("--land"),
    exporter: read("--exporter"),
    line: read("--coast"),
    accent: read("--ink"),
  };
}

/** Colour of a class; `turned` where less is better, so that the strongest colour always marks the best. */
export function colourOf(palette: Palette, kind: Classes["kind"], index: number, turned: boolean): string {
  if (kind === "ramp") return palette.ramp[turned ? STEPS - 1 - index : index] ?? palette.land;
  if (index === 0) return palette.zero;
  return (index > 0 ? palette.blue : palette.orange)[Math.abs(index) - 1] ?? palette.land;
}
