import { useMemo } from "react";
import type { Economy, Result } from "../../api/client";
import { cell, numberIn, reasonFor } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import type { Metric } from "../../map/MapPanel";
import { MapPanel } from "../../map/MapPanel";
import { useRested } from "../../state/useRested";
import type { RankedRow } from "./ranking";
import type { MarketsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

/** Drawing takes longer than ranking: while a weight is being moved, only the table follows. */
const REST_MS = 200;

interface Props {
  view: MarketsState;
  result: Result;
  ranked: readonly RankedRow[];
  economies: readonly Economy[] | undefined;
}

/** What the markets are ranked by, on the map. */
export function FinderMap({ view, result, ranked, economies }: Props) {
  const t = useTexts();
  const { rank_by: id, lang } = view;
  const rows = useRested(ranked, REST_MS);
  const column = result.columns.find((one) => one.id === id);
  const metric: Metric = {
    id,
    name: id === "score" ? t("weights.rank_by.score") : (column?.name ?? id),
    unit: column?.unit ?? "score",
    direction: column?.direction ?? "more",
  };
  const values = useMemo(() => new Map(rows.map((one) => [one.code, id === "score" ? one.score : numberIn(one.row, id)])), [rows, id]);
  const say = (code: string) => {
    const one = rows.find((row) => row.code === code);
    if (!one) return "";
    const value = id === "score" ? one.score : cell(one.row, id);
    const said = value === null ? t(`reason.${reasonFor(one.row, id)}`) : formatWithUnit(value, id, metric.unit, lang);
    return `${one.rank ?? "–"} · ${said}`;
  };
  return (
    <MapPanel
      metric={metric}
      values={values}
      economies={economies}
      home={view.exporter}
      selected={view.market}
      say={say}
      onPick={(market) => goTo({ market })}
      lang={lang}
    />
  );
}
