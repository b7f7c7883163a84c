/** Which columns of a wide table have their cells on the page. */

/** So far beyond the edge cells are ready, and by so much the window moves sideways. */
export const ASIDE_REM = 12;

/** Columns [from, end) behind those that are always there. */
export interface Sight {
  from: number;
  end: number;
}

/**
 * The columns behind the first `lead` that stand in sight or near it, in a box that is `across` wide and scrolled by
 * `left` (all in rem; `left` in steps of ASIDE_REM).
 */
export function columnsWithin(widths: readonly number[], lead: number, { left, across }: { left: number; across: number }): Sight {
  // A table narrower than its box is stretched to it.
  const stretch = Math.max(1, across / widths.reduce((sum, width) => sum + width, 0));
  let edge = 0;
  let [from, end] = [lead, lead];
  for (const [place, width] of widths.entries()) {
    const start = edge;
    edge += width * stretch;
    if (place < lead) continue;
    if (edge < left - ASIDE_REM) from = place + 1;
    if (start < left + across + 2 * ASIDE_REM) end = place + 1;
  }
  return { from: Math.min(from, end), end };
}
