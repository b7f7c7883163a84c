import type { CSSProperties, FocusEvent, KeyboardEvent, ReactNode } from "react";
import { useLayoutEffect, useRef } from "react";
import { useSay } from "../../i18n";
import type { Column } from "../../api/client";
import type { Language } from "../../i18n/language";
import { HeaderCell } from "./HeaderCell";
import type { Sort } from "./order";
import type { Sight } from "./sight";
import { useNarrow } from "../useNarrow";
import { useGlide } from "./useGlide";
import { useWindow } from "./useWindow";
import { widthOf } from "./widths";

interface Props<R> {
  caption: string;
  /** The first two stay in sight when the table is scrolled sideways. */
  columns: readonly Column[];
  rows: readonly R[];
  /** So many columns at the start are on the page wherever the table is scrolled to. */
  lead?: number;
  /** A table row with `data-code`, whose first button opens it, of the cells that are in sight. */
  children: (row: R, sight: Sight) => ReactNode;
  sort: Sort | null;
  /** The column by which the rows stand where no header was pressed. */
  orderedBy?: string;
  onSort: (column: Column) => void;
  /** The row that is open: scrolled into sight when it opens, wherever that was done. */
  open?: string | null;
  lang: Language;
  /** The rows still answer an earlier question. */
  stale?: boolean;
}

/** Rows under headers that stay in sight: fixed widths, rows of one height, and on the page only those in view. */
export function DataTable<R extends { code: string }>(props: Props<R>) {
  const { caption, columns, rows, children, sort, orderedBy, onSort, open = null, lang, lead = 2, stale = false } = props;
  const t = useSay();
  const body = useRef<HTMLTableSectionElement>(null);
  const narrow = useNarrow();
  const widths = columns.map((column, place) => widthOf(column, place, narrow));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const { scroller, first, end, height, sight, bring, reveal } = useWindow(rows.length, widths, lead);
  useGlide(body, rows, height);
  const style = { minInlineSize: `${whole}rem`, "--pin": `${widths[0] ?? 0}rem` } as CSSProperties;

  // One row takes part in the way by Tab; the arrow keys lead to the others.
  const active = useRef<string | null>(null);
  useLayoutEffect(() => {
    const lines = [...(body.current?.querySelectorAll<HTMLElement>("tr[data-code]") ?? [])];
    const entry = lines.find(({ dataset }) => dataset.code === active.current) ?? lines[0];
    for (const line of lines) {
      letThrough(line, line === entry);
    }
  });

  // Once for each row that opens (again where the height of a row was but guessed): no new order takes the table along.
  const brought = useRef("");
  useLayoutEffect(() => {
    const wanted = open === null ? "" : `${open} ${height}`;
    if (wanted === brought.current) return;
    const place = rows.findIndex(({ code }) => code === open);
    if (open !== null && place < 0) return;
    brought.current = wanted;
    if (place >= 0) bring(place);
  });

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const line = event.target.closest<HTMLElement>("tbody tr[data-code]");
    if (!line || line.dataset.code === active.current) return;
    active.current = line.dataset.code ?? null;
    for (const other of body.current?.querySelectorAll<HTMLElement>("tr[data-code]") ?? []) letThrough(other, other === line);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const code = (event.target as HTMLElement).closest<HTMLElement>("tbody tr")?.dataset.code;
    if (code === undefined) return;
    const here = rows.findIndex((row) => row.code === code);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const places: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      PageDown: here + page,
      PageUp: here - page,
      Home: 0,
      End: rows.length - 1,
    };
    const wanted = places[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(rows.length - 1, wanted));
    reveal(place);
    scroller.current
      ?.querySelector<HTMLElement>(`tr[data-code="${CSS.escape(rows[place]?.code ?? "")}"] button`)
      ?.focus({ preventScroll: true });
  };

  return (
    <div className="table-scroll" ref={scroller} data-stale={stale} onKeyDown={onKeyDown} onFocus={onFocus}>
      <table style={style} aria-rowcount={rows.length + 1}>
        <caption className="visually-hidden">
          {caption}. {t("table.keys")}
        </caption>
        <colgroup>
          {columns.map(({ id }, index) => (
            <col key={id} style={{ inlineSize: `${widths[index] ?? 0}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} lang={lang} sort={sort} ordering={orderedBy === column.id} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Gap rows={first} height={height} />
          {rows.slice(first, end).map((row) => children(row, sight))}
          <Gap rows={rows.length - end} height={height} />
        </tbody>
      </table>
    </div>
  );
}

/** Whether the way by Tab leads through a row. */
function letThrough(line: HTMLElement, through: boolean): void {
  const place = through ? 0 : -1;
  for (const stop of line.querySelectorAll<HTMLElement>("button, input")) {
    if (stop.getAttribute("tabindex") !== String(place)) stop.tabIndex = place;
  }
}

/** Stands for rows that are out of sight. Always there, so that rows keep their place among their siblings. */
function Gap({ rows, height }: { rows: number; height: number }) {
  return <tr className="gap" aria-hidden="true" style={{ blockSize: `${Math.max(0, rows) * height}px` }} />;
}
