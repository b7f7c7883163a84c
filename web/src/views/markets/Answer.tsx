import type { Economy, Result } from "../../api/client";
import type { Weights } from "../../scoring/score";
import { Tabs } from "../../ui/Tabs";
import { Availability } from "./Availability";
import { ChosenMarkets } from "./ChosenMarkets";
import { Compare } from "./Compare";
import { RowDetail } from "./detail/RowDetail";
import { Files } from "./Files";
import { FinderMap } from "./FinderMap";
import { MarketTable } from "./MarketTable";
import type { RankedRow } from "./ranking";
import type { MarketsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

interface Props {
  view: MarketsState;
  result: Result;
  /** By rank. */
  ranked: readonly RankedRow[];
  /** As they stand in the table. */
  rows: readonly RankedRow[];
  weights: Weights;
  economies: readonly Economy[] | undefined;
  stale: boolean;
}

/** The markets as a ranking with its map, side by side, or by the data behind them; and the one that is open. */
export function Answer({ view, result, ranked, rows, weights, economies, stale }: Props) {
  const t = useTexts();
  const open = ranked.find(({ code }) => code === view.market) ?? null;
  const compared = view.chosen.flatMap((code) => ranked.find((row) => row.code === code) ?? []);
  if (ranked.length === 0) return <p className="state">{t("finder.norows")}</p>;
  return (
    <>
      <div className="answer-tools">
        <Tabs
          label={t("finder.tabs")}
          tabs={[
            { id: "ranking", name: t("finder.tab.ranking") },
            { id: "compare", name: t("finder.tab.compare"), count: view.chosen.length },
            { id: "availability", name: t("finder.tab.availability") },
          ]}
          shown={view.show}
          onShow={(show) => goTo({ show })}
        />
        <Files view={view} />
      </div>
      <ChosenMarkets view={view} rows={ranked} />
      <div className="answer-body" data-open={open !== null}>
        <div className="ranking-column">
          {view.show === "ranking" && (
            <>
              <FinderMap view={view} result={result} ranked={ranked} economies={economies} />
              <MarketTable view={view} columns={result.columns} rows={rows} stale={stale} />
            </>
          )}
          {view.show === "compare" && <Compare result={result} rows={compared} lang={view.lang} />}
          {view.show === "availability" && <Availability view={view} />}
        </div>
        {open && <RowDetail key={open.code} view={view} result={result} open={open} weights={weights} count={ranked.length} />}
      </div>
    </>
  );
}
