import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Topology } from "topojson-specification";
import type { Economy, Result } from "../api/client";
import { cell, numberIn, reasonFor } from "../api/rows";
import { useTheme } from "../app/theme";
import type { RankedRow } from "../finder/ranking";
import { directionOf } from "../finder/ranking";
import { formatWithUnit, isSigned } from "../format/number";
import { goTo } from "../state/useViewState";
import { useRested } from "../state/useRested";
import type { ViewState } from "../state/viewState";
import { classesOf } from "./classes";
import { fetchGeometry } from "./fetchGeometry";
import { Legend } from "./Legend";
import type { Pointed } from "./MarketMap";
import { colourOf, readPalette } from "./palette";

const MarketMap = lazy(() => import("./MarketMap"));

interface Props {
  view: ViewState;
  result: Result;
  ranked: readonly RankedRow[];
  economies: readonly Economy[] | undefined;
}

const REST_MS = 200;
const ZOOMS = [1, 1.6, 2.5, 4, 6.5];

/** The ranked parameter on the world map, with its legend and the note on boundaries. */
export function MapPanel({ view, result, ranked, economies }: Props) {
  const { t } = useTranslation();
  const theme = useTheme();
  const [topology, setTopology] = useState<Topology | "failed" | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [zoom, setZoom] = useState(0);

  // An effect runs after the table is on the page; the map does not keep it waiting.
  useEffect(() => fetchGeometry(setTopology), []);

  const metric = view.rank_by;
  const column = result.columns.find(({ id }) => id === metric);
  const unit = column?.unit ?? "score";
  // Drawing takes longer than ranking: while a weight is being moved, only the table follows.
  const shown = useRested(ranked, REST_MS);
  const values = useMemo(
    () => new Map(shown.map((one) => [one.code, metric === "score" ? one.score : numberIn(one.row, metric)])),
    [shown, metric],
  );
  const { classes, colours, palette, turned } = useMemo(() => {
    // Read anew for each theme.
    const colourSet = { theme, ...readPalette() };
    const known = [...values].filter((entry): entry is [string, number] => entry[1] !== null);
    const signed = isSigned(metric) && known.some(([, value]) => value < 0);
    const made = classesOf(known.map(([, value]) => value), signed);
    const less = directionOf(result.columns, metric) === "less";
    const painted = new Map(known.map(([code, value]) => [code, colourOf(colourSet, made.kind, made.classOf(value), less)]));
    if (view.exporter !== null) painted.set(view.exporter, colourSet.exporter);
    return { classes: made, colours: painted, palette: colourSet, turned: less };
  }, [values, metric, result.columns, view.exporter, theme]);
  const isoOf = useMemo(
    () => new Map((economies ?? []).flatMap(({ code, m49 }) => (m49 ? [[m49.padStart(3, "0"), code] as const] : []))),
    [economies],
  );
  const names = useMemo(() => new Map((economies ?? []).map(({ code, name }) => [code, name])), [economies]);
  const pick = useCallback((code: string) => (values.has(code) ? goTo({ market: code }) : undefined), [values]);

  const name = metric === "score" ? t("weights.rank_by.score") : (column?.name ?? metric);
  const under = pointed && shown.find(({ code }) => code === pointed.code);
  const value = under && (metric === "score" ? under.score : cell(under.row, metric));
  return (
    <figure className="map">
      <div className="map-frame" role="img" aria-label={t("map.region", { metric: name })}>
        {topology === "failed" && <p className="muted">{t("map.failed")}</p>}
        {topology && topology !== "failed" && isoOf.size > 0 && (
          <Suspense fallback={null}>
            <MarketMap
              topology={topology}
              isoOf={isoOf}
              colours={colours}
              land={palette.land}
              line={palette.line}
              accent={palette.accent}
              selected={view.market}
              zoom={ZOOMS[zoom] ?? 1}
              onPoint={setPointed}
              onPick={pick}
            />
          </Suspense>
        )}
        {pointed && names.has(pointed.code) && (
          <p className="map-tip" style={{ insetInlineStart: pointed.x, insetBlockStart: pointed.y }}>
            <strong>{names.get(pointed.code)}</strong>
            {under && (
              <>
                {" "}
                {under.rank ?? "–"} ·{" "}
                {value === null || value === undefined ? t(`reason.${reasonFor(under.row, metric)}`) : formatWithUnit(value, metric, unit, view.lang)}
              </>
            )}
          </p>
        )}
      </div>
      <div className="map-zoom">
        <button type="button" aria-label={t("map.zoom_in")} disabled={zoom === ZOOMS.length - 1} onClick={() => setZoom(zoom + 1)}>
          +
        </button>
        <button type="button" aria-label={t("map.zoom_out")} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          −
        </button>
      </div>
      <figcaption>
        <Legend name={name} id={metric} unit={unit} classes={classes} palette={palette} turned={turned} lang={view.lang} />
        <p className="muted small">{t("map.note")}</p>
      </figcaption>
    </figure>
  );
}
