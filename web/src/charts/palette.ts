/** The colours of the present theme, read from the style sheet, for a canvas that cannot. */

import { SIDES, STEPS } from "../map/classes";

export interface Palette {
  ramp: string[];
  blue: string[];
  orange: string[];
  zero: string;
  ink: string;
  muted: string;
  hairline: string;
  paper: string;
  accent: string;
  positive: string;
  negative: string;
  /** Colours that tell a few series apart, also for colour-blind eyes. */
  series: string[];
  font: string;
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
    ink: read("--ink"),
    muted: read("--muted"),
    hairline: read("--hairline"),
    paper: read("--paper"),
    accent: read("--accent"),
    positive: read("--positive"),
    negative: read("--negative"),
    series: series("series", 5),
    font: read("--sans"),
  };
}
