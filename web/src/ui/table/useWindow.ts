/**
 * Which part of a large table stands in sight: only these rows and cells are put on the page, so that a new order costs
 * the same for 30 rows as for 5000, and for 12 columns as for 60. On paper the table is whole.
 */

import type { RefObject } from "react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Sight } from "./sight";
import { ASIDE_REM, columnsWithin } from "./sight";

/** Rows beyond the edge that are ready before they come into sight; the window moves by as many at a time. */
const AHEAD = 3;
/** Shorter tables are put on the page whole. */
const WHOLE = 60;
const GUESS_PX = 30;
export interface TableWindow {
  /** To be given to the box that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  first: number;
  /** One past the last row. */
  end: number;
  /** Height of a row in pixels. */
  height: number;
  /** The cells that a row has on the page. */
  sight: Sight;
  /** Scrolls a row into sight. */
  bring: (index: number) => void;
  /** Brings a row onto the page, too, before anything else happens. */
  reveal: (index: number) => void;
}

/** `widths` of the columns in rem, of which the first `lead` are always on the page. */
export function useWindow(count: number, widths: readonly number[], lead: number): TableWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(GUESS_PX);
  const [span, setSpan] = useState({ top: 0, view: 900, left: 0, across: 90 });
  const [onPaper, setOnPaper] = useState(false);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => setSpan((before) => moved(before, box, height));
    const measure = () => {
      const row = box.querySelector<HTMLElement>("tbody tr[data-code]");
      if (row && row.offsetHeight > 0) setHeight(row.getBoundingClientRect().height);
      look();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    const [print, shown] = [() => flushSync(() => setOnPaper(true)), () => setOnPaper(false)];
    box.addEventListener("scroll", look, { passive: true });
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", shown);
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", look);
      window.removeEventListener("beforeprint", print);
      window.removeEventListener("afterprint", shown);
    };
  }, [height]);

  const bring = (index: number) => {
    const box = scroller.current;
    if (!box) return;
    const head = box.querySelector<HTMLElement>("thead")?.offsetHeight ?? 0;
    const [top, bottom] = [index * height, (index + 1) * height];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight - head) box.scrollTop = bottom - box.clientHeight + head;
  };
  const reveal = (index: number) => {
    const box = scroller.current;
    if (!box) return;
    bring(index);
    // The row must be on the page before it can take the focus, and the scroll event comes too late for that.
    flushSync(() => setSpan((before) => moved(before, box, height)));
  };

  const { from, end: last } = onPaper ? { from: lead, end: widths.length } : columnsWithin(widths, lead, span);
  // The same object as long as the same cells are in sight, so that rows need not be drawn anew.
  const sight = useMemo(() => ({ from, end: last }), [from, last]);
  if (count <= WHOLE || onPaper) return { first: 0, end: count, height, bring, reveal, scroller, sight };
  const top = Math.floor(span.top / height) - AHEAD;
  const first = Math.max(0, Math.min(top, count - 1));
  return { first, end: Math.min(count, top + Math.ceil(span.view / height) + 3 * AHEAD), height, bring, reveal, scroller, sight };
}

interface Span {
  /** In pixels, as rows are measured. */
  top: number;
  view: number;
  /** In rem, as columns are measured. */
  left: number;
  across: number;
}

/** What of the table is in sight, in steps; the same object where nothing has changed. */
function moved(before: Span, box: HTMLElement, height: number): Span {
  const step = AHEAD * height;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const after = {
    top: Math.floor(box.scrollTop / step) * step,
    view: box.clientHeight - (box.querySelector<HTMLElement>("thead")?.offsetHeight ?? 0),
    left: Math.floor(box.scrollLeft / rem / ASIDE_REM) * ASIDE_REM,
    across: box.clientWidth / rem,
  };
  const same = after.top === before.top && after.view === before.view && after.left === before.left && after.across === before.across;
  return same ? before : after;
}
