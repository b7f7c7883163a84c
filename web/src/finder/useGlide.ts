import type { RefObject } from "react";
import { useLayoutEffect, useRef } from "react";

const DURATION_MS = 320;

/** Lets rows glide from their old place to the new one, so that the eye can follow a re-rank. */
export function useGlide(body: RefObject<HTMLTableSectionElement | null>, rows: readonly { code: string }[]): void {
  const places = useRef<ReadonlyMap<string, number>>(new Map());

  useLayoutEffect(() => {
    const before = places.current;
    places.current = new Map(rows.map(({ code }, place) => [code, place]));
    const section = body.current;
    const scroller = section?.closest<HTMLElement>(".table-scroll");
    if (!section || !scroller || before.size === 0) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;

    // All rows are equally high, so places say how far a row has moved, without asking for a layout per row.
    const height = section.firstElementChild?.getBoundingClientRect().height ?? 0;
    if (height === 0) return;
    const first = scroller.scrollTop / height - 1;
    const last = first + scroller.clientHeight / height + 1;
    const inView = (place: number) => place >= first && place <= last;
    rows.forEach(({ code }, place) => {
      const old = before.get(code);
      if (old === undefined || old === place || !(inView(old) || inView(place))) return;
      section.children[place]?.animate(
        [{ transform: `translateY(${(old - place) * height}px)` }, { transform: "none" }],
        { duration: DURATION_MS, easing: "cubic-bezier(0.2, 0, 0, 1)" },
      );
    });
  }, [body, rows]);
}
