import { useCallback, useMemo, useState } from "react";
import type { Column } from "../../api/client";
import { ColumnChooser } from "../../ui/table/ColumnChooser";
import { visibleColumns } from "../../ui/table/columns";
import { DataTable } from "../../ui/table/DataTable";
import { nextSort, parseBound, parseSort } from "../../ui/table/order";
import { TextFilter } from "../../ui/table/TextFilter";
import { Bounds } from "./Bounds";
import { ESSENTIALS } from "./columns";
import { LEAD, MarketRow } from "./MarketRow";
import type { RankedRow } from "./ranking";
import { filterRows } from "./ranking";
import type { MarketsState } from "./state";
import { chooseMarket, goTo, marketsView } from "./state";
import { useTexts } from "./texts";

interface Props {
  view: MarketsState;
  columns: readonly Column[];
  rows: readonly RankedRow[];
  /** Rank ranges still rest on an earlier question. */
  stale: boolean;
}

const onOpen = (market: string | null) => goTo({ market });
const onChoose = (code: string) => chooseMarket(marketsView.now(), code);

/** Every market in its order, with every parameter asked for. */
export function MarketTable({ view, columns, rows, stale }: Props) {
  const t = useTexts();
  const [typed, setTyped] = useState("");
  const { columns: chosen, filter } = view;
  const shown = useMemo(() => visibleColumns(columns, chosen, ESSENTIALS).filter(({ id }) => id !== "rank_low"), [columns, chosen]);
  const bounds = useMemo(() => filter.flatMap((text) => parseBound(text) ?? []), [filter]);
  const inSight = useMemo(() => filterRows(rows, typed, bounds), [rows, typed, bounds]);
  const all = useHeads(columns, shown);
  const sort = parseSort(view.sort);
  const showAll = useCallback(() => {
    setTyped("");
    goTo({ filter: [] });
  }, []);
  return (
    <section className="ranking" id="ranking" aria-label={t("table.caption")}>
      <div className="table-tools">
        <TextFilter typed={typed} onType={setTyped} shown={inSight.length} all={rows.length} />
        <Bounds view={view} columns={columns} />
        <ColumnChooser columns={columns} essentials={ESSENTIALS} chosen={chosen} onChoose={(next) => goTo({ columns: next })} />
        {sort && (
          <button type="button" className="button quiet" onClick={() => goTo({ sort: null })}>
            {t("table.by_rank")}
          </button>
        )}
        <span className="muted small" role="status">
          {stale ? t("finder.updating") : ""}
        </span>
      </div>
      {inSight.length === 0 ? (
        <p className="no-row">
          {t("filter.none")}{" "}
          <button type="button" className="link" onClick={showAll}>
            {t("filter.clear")}
          </button>
        </p>
      ) : (
        <DataTable
          caption={t("table.caption")}
          columns={all}
          lead={LEAD}
          rows={inSight}
          sort={sort}
          orderedBy="rank"
          onSort={(column) => goTo({ sort: column.id === "rank" ? null : nextSort(sort, column) })}
          open={view.market}
          lang={view.lang}
          stale={stale}
        >
          {(ranked, sight) => (
            <MarketRow
              key={ranked.code}
              code={ranked.code}
              name={ranked.name}
              row={ranked.row}
              rank={ranked.rank}
              score={ranked.score}
              weightPresent={ranked.weightPresent}
              columns={all}
              sight={sight}
              open={ranked.code === view.market}
              chosen={view.chosen.includes(ranked.code)}
              lang={view.lang}
              onOpen={onOpen}
              onChoose={onChoose}
            />
          )}
        </DataTable>
      )}
    </section>
  );
}

/** The columns at the head of every row, and those asked for. */
function useHeads(columns: readonly Column[], shown: readonly Column[]): Column[] {
  const t = useTexts();
  const score = columns.find(({ id }) => id === "score");
  return useMemo(() => {
    const head = (id: string, name: string, unit: Column["unit"], direction: Column["direction"], meaning = name): Column => ({
      ...{ id, name, unit, direction, meaning },
      hidden: false,
    });
    return [
      head("rank", t("table.rank"), "rank", "less"),
      head("importer_name", t("table.market"), "text", "none"),
      head("score", score?.name ?? t("why.score"), "score", "more", score?.meaning),
      head("rank_low", t("table.rank_range"), "rank", "less", t("table.rank_range.meaning")),
      ...shown,
    ];
  }, [t, score, shown]);
}
