import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useSay } from "../i18n";
import type { Economy } from "../api/client";
import { useResource } from "../api/resource";
import { isSigned } from "../format/number";
import type { Language } from "../i18n/language";
import type { Direction } from "../scoring/score";
import { classesOf } from "./classes";
import { colourOf } from "./colours";
import { fetchMap } from "./configuration";
import { Legend } from "./Legend";
import type { Pointed } from "./WorldMap";

const WorldMap = lazy(() => import("./WorldMap"));

export interface Metric {
  id: string;
  name: string;
  unit: string;
  direction: Direction;
}

interface Props {
  metric: Metric;
  /** Value of each economy that is compared; null where there is none. */
  values: ReadonlyMap<string, number | null>;
  economies: readonly Economy[] | undefined;
  /** The economy that asks; it has a colour of its own. */
  home: string | null;
  selected: string | null;
  /** What the tip says of an economy beside its name. */
  say: (code: string) => string;
  onPick: (code: string) => void;
  lang: Language;
}

const ZOOMS = [1, 1.6, 2.5, 4, 6.5];

/** One value for each economy on the world map, with its legend and the note on boundaries. */
export function MapPanel({ metric, values, economies, home, selected, say, onPick, lang }: Props) {
  const t = useSay();
  const [ready, setReady] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [zoom, setZoom] = useState(0);

  // Asked for when the browser has nothing better to do, so that the map does not keep the table waiting.
  useEffect(() => {
    const idle = window.setTimeout(() => setReady(true), 50);
    return () => window.clearTimeout(idle);
  }, []);
  const source = useResource(ready ? "map" : null, "map", fetchMap);

  const turned = metric.direction === "less";
  const classes = useMemo(() => {
    const known = [...values.values()].filter((value) => value !== null);
    return classesOf(known, isSigned(metric.id) && known.some((value) => value < 0));
  }, [values, metric.id]);
  const colours = useMemo(() => {
    const painted = new Map<string, string>();
    for (const [code, value] of values) {
      if (value !== null) painted.set(code, colourOf(classes.kind, classes.classOf(value), turned));
    }
    if (home !== null) painted.set(home, "var(--exporter)");
    return painted;
  }, [values, classes, turned, home]);
  const isoOf = useMemo(
    () => new Map((economies ?? []).flatMap(({ code, m49 }) => (m49 ? [[m49.padStart(3, "0"), code] as const] : []))),
    [economies],
  );
  const names = useMemo(() => new Map((economies ?? []).map(({ code, name }) => [code, name])), [economies]);
  const pick = (code: string) => (values.has(code) ? onPick(code) : undefined);

  return (
    <figure className="map">
      <div className="map-frame" role="img" aria-label={t("map.region", { metric: metric.name })}>
        {source.error && <p className="muted">{t("map.failed")}</p>}
        {source.data && isoOf.size > 0 && (
          <Suspense fallback={null}>
            <WorldMap
              source={source.data}
              isoOf={isoOf}
              colours={colours}
              selected={selected}
              zoom={ZOOMS[zoom] ?? 1}
              onPoint={setPointed}
              onPick={pick}
            />
          </Suspense>
        )}
        {pointed && names.has(pointed.code) && (
          <p className="map-tip" style={tipPlace(pointed)}>
            <strong>{names.get(pointed.code)}</strong> {values.has(pointed.code) && say(pointed.code)}
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
        <Legend metric={metric} classes={classes} turned={turned} lang={lang} />
        <p className="muted map-note">{source.data?.configuration.note[lang] ?? "\u00a0"}</p>
      </figcaption>
    </figure>
  );
}

/** Above the pointer, but inside the frame. */
function tipPlace({ x, y, width }: Pointed) {
  const above = y >= 40;
  return {
    insetInlineStart: x,
    insetBlockStart: y,
    translate: `-${width === 0 ? 50 : Math.round((100 * x) / width)}% ${above ? "calc(-100% - 0.75rem)" : "1rem"}`,
  };
}
