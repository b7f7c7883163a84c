import type { Classes } from "./classes";
import { STEPS } from "./classes";

/** Colour of a class, as the style sheet names it; `turned` where less is better, so that the strongest marks the best. */
export function colourOf(kind: Classes["kind"], index: number, turned: boolean): string {
  if (kind === "ramp") return `var(--ramp-${(turned ? STEPS - 1 - index : index) + 1})`;
  if (index === 0) return "var(--zero)";
  return index > 0 ? `var(--plus-${index})` : `var(--minus-${-index})`;
}
