import type { KeyboardEvent } from "react";
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../api/client";
import { goTo } from "../state/useViewState";
import type { ViewState } from "../state/viewState";
import { visibleColumns } from "./columns";
import { ColumnChooser } from "./ColumnChooser";
import { HeaderCell } from "./HeaderCell";
import { MarketRow } from "./MarketRow";
import type { RankedRow } from "./ranking";
import { nextSort, parseSort } from "./ranking";
import { useGlide } from "./useGlide";

interface Props {
  view: ViewState;
  columns: readonly Column[];
  rows: readonly RankedRow[];
  /** Rank ranges still rest on an earlier question. */
  stale: boolean;
}

const head = (id: string, name: string, unit: Column["unit"], direction: Column["direction"], meaning = name): Column => ({
  id,
  name,
  unit,
  direction,
  hidden: false,
  meaning,
});

/** Every market in its order, with every parameter asked for. */
export function MarketTable({ view, columns, rows, stale }: Props) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = useMemo(() => visibleColumns(columns, view.columns), [columns, view.columns]);
  const sort = parseSort(view.sort);
  useGlide(body, rows);

  const onOpen = useCallback((market: string | null) => goTo({ market }), []);
  const onSort = (column: Column) => goTo({ sort: column.id === "rank" ? null : nextSort(sort, column) });
  const score = columns.find(({ id }) => id === "score");
  const heads = [
    head("rank", t("table.rank"), "rank", "less"),
    head("importer_name", t("table.market"), "text", "none"),
    head("score", score?.name ?? t("why.score"), "score", "more", score?.meaning),
    head("rank_low", t("table.rank_range"), "rank", "less", t("table.rank_range.meaning")),
  ];
  return (
    <section className="ranking" id="ranking" aria-label={t("table.caption")} tabIndex={-1}>
      <div className="table-tools">
        <ColumnChooser chosen={view.columns} />
        {sort && (
          <button type="button" className="button quiet" onClick={() => goTo({ sort: null })}>
            {t("table.by_rank")}
          </button>
        )}
        <span className="muted small" role="status">
          {stale ? t("finder.updating") : ""}
        </span>
      </div>
      <div className="table-scroll" onKeyDown={moveBetweenRows} data-stale={stale}>
        <table>
          <caption className="visually-hidden">
            {t("table.caption")}. {t("table.keys")}
          </caption>
          <thead>
            <tr>
              {[...heads, ...shown.filter(({ id }) => id !== "rank_low")].map((column) => (
                <HeaderCell key={column.id} column={column} lang={view.lang} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((ranked) => (
              <MarketRow
                key={ranked.code}
                code={ranked.code}
                name={ranked.name}
                row={ranked.row}
                rank={ranked.rank}
                score={ranked.score}
                weightPresent={ranked.weightPresent}
                columns={shown}
                open={ranked.code === view.market}
                lang={view.lang}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Up and down lead from row to row. */
function moveBetweenRows(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const row = (event.target as HTMLElement).closest("tbody tr");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  const button = next?.querySelector<HTMLButtonElement>("button");
  if (!button) return;
  event.preventDefault();
  button.focus();
}
