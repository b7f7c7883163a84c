import type { RefObject } from "react";
import { useLayoutEffect, useRef } from "react";

const DURATION_MS = 320;

/** Lets rows glide from their old place to the new one, so that the eye can follow a re-rank. */
export function useGlide(
  body: RefObject<HTMLTableSectionElement | null>,
  rows: readonly { code: string }[],
  height: number,
): void {
  const places = useRef<ReadonlyMap<string, number>>(new Map());
  const last = useRef(-Infinity);

  useLayoutEffect(() => {
    const before = places.current;
    places.current = new Map(rows.map(({ code }, place) => [code, place]));
    const section = body.current;
    if (!section || before.size === 0) return;
    // While a weight is being moved one order follows on the other; only one that stands alone can be followed by the eye.
    const since = performance.now() - last.current;
    last.current = performance.now();
    if (since < DURATION_MS) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;

    // All rows are equally high, so places say how far a row has moved, without asking for a layout.
    for (const row of section.querySelectorAll<HTMLElement>("tr[data-code]")) {
      const code = row.dataset.code ?? "";
      const [old, place] = [before.get(code), places.current.get(code)];
      if (old === undefined || place === undefined || old === place) continue;
      row.animate([{ transform: `translateY(${(old - place) * height}px)` }, { transform: "none" }], {
        duration: DURATION_MS,
        easing: "cubic-bezier(0.2, 0, 0, 1)",
      });
    }
    // Scrolling brings other rows onto the page; they have not moved.
  }, [body, rows, height]);
}
