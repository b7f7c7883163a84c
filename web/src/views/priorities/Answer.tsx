import { useMemo } from "react";
import type { Economy, Result } from "../../api/client";
import { fileAddress } from "../../api/asked";
import { numberIn, textIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { drawingAt, pngFile, svgFile } from "../../ui/save";
import { ResultTable } from "../../ui/table/ResultTable";
import { Tabs } from "../../ui/Tabs";
import { useTitle } from "../../ui/useTitle";
import { keyOf } from "./grid";
import { HeatMap } from "./HeatMap";
import { PairDetail } from "./PairDetail";
import { prioritiesQuery } from "./questions";
import type { PrioritiesState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";
import { TreeMap } from "./TreeMap";

const COLUMNS = [
  ...["rank", "product_name", "product", "importer_name", "unrealised_usd", "value_usd", "potential_usd"],
  ...["market_size_usd", "share_in_market", "gravity_share", "gap", "growth", "score"],
];

const drawing = () => drawingAt(".heat-drawing, .tree-drawing");

/** Opens the pair of that key; null closes. */
function show(key: string | null): void {
  const [product = null, market = null] = key?.split("-") ?? [];
  goTo({ product, market });
}

const pick = (key: string, open: boolean) => show(open ? null : key);

interface Props {
  view: PrioritiesState;
  result: Result;
  economies: readonly Economy[] | undefined;
  stale: boolean;
}

/** The pairs as a picture and as a table, and the one that is open. */
export function Answer({ view, result, economies, stale }: Props) {
  const t = useTexts();
  const { lang, product, market } = view;
  const { rows, columns } = result;
  const exporter = economies?.find(({ code }) => code === view.exporter)?.name ?? view.exporter ?? "";
  useTitle(exporter, t("title"));
  const named = useMemo(() => ({ rows, columns: columns.map((one) => (one.id === "product" ? { ...one, name: t("code") } : one)) }), [rows, columns, t]);
  if (rows.length === 0) return <p className="state">{t("norows")}</p>;
  const open = product === null || market === null ? undefined : rows.find((row) => textIn(row, "product") === product && textIn(row, "importer") === market);
  const unrealised = rows.reduce((sum, row) => sum + (numberIn(row, "unrealised_usd") ?? 0), 0);
  const count = (id: string) => new Set(rows.map((row) => textIn(row, id))).size;
  const metric = columns.find(({ id }) => id === view.rank_by);
  const query = prioritiesQuery(view);
  const name = `priorities-${view.exporter ?? ""}`;
  return (
    <>
      <div className="headline">
        <p className="kicker">{t("title")}</p>
        <h1>{t("kicker", { exporter })}</h1>
        <p className="summary">
          {t("summary", {
            pairs: rows.length,
            year: Number(result.parameters.year),
            products: count("product"),
            markets: count("importer"),
            unrealised: formatWithUnit(unrealised, "unrealised_usd", "usd", lang),
            fresh: rows.filter((row) => numberIn(row, "served") !== 1).length,
          })}{" "}
          <span className="muted">{t("summary.caveat")}</span>
        </p>
      </div>
      <div className="answer-tools">
        <Tabs
          label={t("show")}
          tabs={[
            { id: "heat", name: t("show.heat") },
            { id: "tree", name: t("show.tree") },
          ]}
          shown={view.show}
          onShow={(show) => goTo({ show })}
        />
        <DownloadMenu
          files={[
            { label: t("files.xlsx"), from: fileAddress("priorities", query, "xlsx") },
            { label: t("files.csv"), from: fileAddress("priorities", query, "csv") },
            { label: t(`files.svg.${view.show}`), from: () => svgFile(drawing(), `${name}.svg`) },
            { label: t(`files.png.${view.show}`), from: () => pngFile(drawing(), `${name}.png`) },
          ]}
        />
      </div>
      <div className="answer-body" data-open={open !== undefined}>
        <div className="ranking-column">
          {view.show === "tree" && <TreeMap rows={rows} open={open ? keyOf(open) : null} onPick={pick} lang={lang} />}
          {view.show === "heat" && metric && (
            <HeatMap
              rows={rows}
              metric={metric}
              open={open ? keyOf(open) : null}
              onPick={pick}
              lang={lang}
            />
          )}
          <ResultTable
            caption={t("caption")}
            result={named}
            columns={COLUMNS}
            keyOf={keyOf}
            lang={lang}
            sort={view.sort}
            onSort={(sort) => goTo({ sort: sort === "rank" ? null : sort })}
            open={open ? keyOf(open) : null}
            onOpen={show}
            stale={stale}
          />
        </div>
        {open && <PairDetail key={keyOf(open)} view={view} result={result} pair={open} />}
      </div>
    </>
  );
}
