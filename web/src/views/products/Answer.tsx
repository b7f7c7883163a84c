import { useMemo } from "react";
import type { Result } from "../../api/client";
import { fileAddress } from "../../api/asked";
import type { Row } from "../../api/rows";
import { textIn } from "../../api/rows";
import type { Weights } from "../../scoring/score";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { ColumnChooser } from "../../ui/table/ColumnChooser";
import { visibleColumns } from "../../ui/table/columns";
import { ResultTable } from "../../ui/table/ResultTable";
import type { RankedRow } from "../markets/ranking";
import { ProductDetail } from "./ProductDetail";
import { productsQuery } from "./questions";
import type { ProductsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

/** Shown unless other columns are asked for. */
const ESSENTIALS = ["unrealised_usd", "value_usd", "served", "potential_usd", "market_size_usd", "share_in_market", "gravity_share", "gap", "growth", "cpa"];
/** The code gives way where a row is open beside the table. */
const HEAD = { closed: ["rank", "product_name", "product"], open: ["rank", "product_name"] };
const keyOf = (row: Row): string => textIn(row, "product");

interface Props {
  view: ProductsState;
  result: Result;
  ranked: readonly RankedRow[];
  weights: Weights;
  stale: boolean;
}

/** The products by rank, and the one that is open. */
export function Answer({ view, result, ranked, weights, stale }: Props) {
  const t = useTexts();
  const { columns } = result;
  const open = ranked.find(({ code }) => code === view.product) ?? null;
  const isOpen = open !== null;
  const shown = useMemo(
    () => [...HEAD[isOpen ? "open" : "closed"], ...inOrder(visibleColumns(columns, view.columns, ESSENTIALS).map(({ id }) => id), view.columns), "score"],
    [columns, view.columns, isOpen],
  );
  const live = useMemo(
    () => ({
      columns: columns.map((one) => (one.id === "product" ? { ...one, name: t("code") } : one)),
      rows: ranked.map(({ row, rank, score, weightPresent }) => ({ ...row, rank, score, weight_present: weightPresent })),
    }),
    [columns, ranked, t],
  ) as Pick<Result, "columns" | "rows">;
  const name = view.rank_by === "score" ? t("score") : (columns.find(({ id }) => id === view.rank_by)?.name ?? view.rank_by);
  if (ranked.length === 0) return <p className="state">{t("norows")}</p>;
  const query = productsQuery(view);
  return (
    <>
      <div className="answer-tools">
        <p className="muted small" role="status">
          {stale ? t("updating") : t("ranked", { name })}
        </p>
        <DownloadMenu
          files={[
            { label: t("files.xlsx"), from: fileAddress("products", query, "xlsx") },
            { label: t("files.csv"), from: fileAddress("products", query, "csv") },
          ]}
        />
      </div>
      <div className="answer-body" data-open={open !== null}>
        <div className="ranking-column">
          <ColumnChooser columns={columns} essentials={ESSENTIALS} chosen={view.columns} onChoose={(next) => goTo({ columns: next })} />
          <ResultTable
            caption={t("caption")}
            result={live}
            columns={shown}
            keyOf={keyOf}
            lang={view.lang}
            sort={view.sort}
            onSort={(sort) => goTo({ sort: sort === "rank" ? null : sort })}
            open={view.product}
            onOpen={(product) => goTo({ product })}
            stale={stale}
          />
        </div>
        {open && <ProductDetail key={open.code} view={view} result={result} open={open} weights={weights} count={ranked.length} />}
      </div>
    </>
  );
}

/** The essentials in their own order; whatever else was chosen in that of the answer. */
function inOrder(ids: readonly string[], chosen: readonly string[]): string[] {
  return chosen.length > 0 ? [...ids] : ESSENTIALS.filter((id) => ids.includes(id));
}
