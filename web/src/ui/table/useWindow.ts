/** Which rows of a long table stand in sight: only these are put on the page, so that a new order costs the same for 30 as for 5000. */

import type { RefObject } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Rows beyond the edge that are ready before they come into sight; the window moves by as many at a time. */
const AHEAD = 5;
/** Shorter tables are put on the page whole. */
const WHOLE = 60;
const GUESS_PX = 30;

export interface RowWindow {
  /** To be given to the box that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  first: number;
  /** One past the last row. */
  end: number;
  /** Height of a row in pixels. */
  height: number;
  /** Brings a row onto the page and into sight. */
  reveal: (index: number) => void;
}

export function useWindow(count: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(GUESS_PX);
  const [span, setSpan] = useState({ top: 0, view: 900 });

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => setSpan((before) => {
      const step = AHEAD * height;
      const after = { top: Math.floor(box.scrollTop / step) * step, view: box.clientHeight };
      return after.top === before.top && after.view === before.view ? before : after;
    });
    const measure = () => {
      const row = box.querySelector<HTMLElement>("tbody tr[data-code]");
      if (row && row.offsetHeight > 0) setHeight(row.getBoundingClientRect().height);
      look();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [height]);

  const reveal = (index: number) => {
    const box = scroller.current;
    if (!box) return;
    const head = box.querySelector<HTMLElement>("thead")?.offsetHeight ?? 0;
    const [top, bottom] = [index * height, (index + 1) * height];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight - head) box.scrollTop = bottom - box.clientHeight + head;
    // The row must be on the page before it can take the focus, and the scroll event comes too late for that.
    const step = AHEAD * height;
    flushSync(() => setSpan({ top: Math.floor(box.scrollTop / step) * step, view: box.clientHeight }));
  };

  if (count <= WHOLE) return { first: 0, end: count, height, reveal, scroller };
  const from = Math.floor(span.top / height) - AHEAD;
  const first = Math.max(0, Math.min(from, count - 1));
  return { first, end: Math.min(count, from + Math.ceil(span.view / height) + 3 * AHEAD), height, reveal, scroller };
}
