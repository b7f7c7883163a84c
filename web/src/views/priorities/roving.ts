/** A picture made of cells is one stop on the way by Tab; the arrow keys lead from cell to cell within it. */

import type { FocusEvent, KeyboardEvent } from "react";
import { useState } from "react";

/** The middle of a cell. */
export interface Spot {
  key: string;
  x: number;
  y: number;
}

/** How much farther a step aside counts than one straight on, so that a row or a column is kept as long as it goes on. */
const ASIDE = 4;

const AHEAD: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Which cell a key leads to: the nearest ahead, the first and last, or the one before or after in their order; null where none is. */
export function nextSpot(spots: readonly Spot[], here: string, key: string): string | null {
  const place = spots.findIndex((spot) => spot.key === here);
  const at = spots[place];
  if (!at) return null;
  const inOrder: Record<string, number> = { Home: 0, End: spots.length - 1, PageUp: place - 1, PageDown: place + 1 };
  const wanted = inOrder[key];
  if (wanted !== undefined) return spots[wanted]?.key ?? null;
  const way = AHEAD[key];
  if (!way) return null;
  const [toX, toY] = way;
  let best: { key: string; far: number } | null = null;
  for (const { key: one, x, y } of spots) {
    const straight = (x - at.x) * toX + (y - at.y) * toY;
    const aside = Math.abs((x - at.x) * toY) + Math.abs((y - at.y) * toX);
    const far = straight + ASIDE * aside;
    if (straight > 0.5 && (best === null || far < best.far)) best = { key: one, far };
  }
  return best?.key ?? null;
}

/** Keys for a drawing whose cells carry `data-pair`; `stop` is the one cell that Tab leads to. */
export function useRoving(spots: readonly Spot[], open: string | null) {
  const [visited, setVisited] = useState<string | null>(null);
  const known = (key: string | null) => (key !== null && spots.some((spot) => spot.key === key) ? key : null);
  const stop = known(visited) ?? known(open) ?? spots[0]?.key ?? null;

  const cellOf = (target: EventTarget) => (target as Element).closest<SVGElement>("[data-pair]")?.dataset.pair ?? null;
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const here = cellOf(event.target);
    if (here === null) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return;
    }
    const next = nextSpot(spots, here, event.key);
    if (next === null && !(event.key in AHEAD)) return;
    event.preventDefault();
    if (next !== null) event.currentTarget.querySelector<SVGElement>(`[data-pair="${CSS.escape(next)}"]`)?.focus();
  };
  const onFocus = (event: FocusEvent<SVGSVGElement>) => {
    const here = cellOf(event.target);
    if (here !== null) setVisited(here);
  };
  return { stop, keys: { onKeyDown, onFocus } };
}
