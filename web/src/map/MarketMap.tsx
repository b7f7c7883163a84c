/** The map itself. In a chunk of its own, loaded after the table. */

import { GeoComponent } from "echarts/components";
import type { EChartsType } from "echarts/core";
import { init, registerMap, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";
import type { Topology } from "topojson-specification";
import { shapesOf } from "./geometry";

register([GeoComponent, CanvasRenderer]);

const MAP = "world";

export interface Pointed {
  code: string;
  x: number;
  y: number;
}

interface Props {
  topology: Topology;
  isoOf: ReadonlyMap<string, string>;
  /** Colour of each economy that has one. */
  colours: ReadonlyMap<string, string>;
  land: string;
  line: string;
  accent: string;
  selected: string | null;
  zoom: number;
  onPoint: (pointed: Pointed | null) => void;
  onPick: (code: string) => void;
}

interface MapEvent {
  name?: string;
  event?: { offsetX: number; offsetY: number };
}

export default function MarketMap(props: Props) {
  const { topology, isoOf, colours, land, line, accent, selected, zoom, onPoint, onPick } = props;
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const [sized, setSized] = useState(false);

  // ECharts cannot lay a map out in a frame without a size, which a frame has while it is not shown.
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const hasSize = entry !== undefined && entry.contentRect.width > 0 && entry.contentRect.height > 0;
      if (!hasSize) return;
      setSized(true);
      chart.current?.resize();
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!element.current || !sized) return;
    // The shapes have the form that ECharts reads; its own types ask for a wider one.
    registerMap(MAP, shapesOf(topology, isoOf) as never);
    const made = init(element.current, null, { renderer: "canvas" });
    chart.current = made;
    return () => {
      made.dispose();
      chart.current = null;
    };
  }, [topology, isoOf, sized]);

  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    made.on("mousemove", (event) => {
      const { name, event: at } = event as MapEvent;
      onPoint(name !== undefined && at ? { code: name, x: at.offsetX, y: at.offsetY } : null);
    });
    made.on("mouseout", () => onPoint(null));
    made.on("click", (event) => {
      const { name } = event as MapEvent;
      if (name !== undefined) onPick(name);
    });
    return () => {
      for (const kind of ["mousemove", "mouseout", "click"]) made.off(kind);
    };
  }, [topology, isoOf, sized, onPoint, onPick]);

  useEffect(() => {
    chart.current?.setOption({
      animation: false,
      geo: {
        map: MAP,
        aspectScale: 1,
        zoom,
        // Dragging pays only on a map larger than its frame; else it would catch the page's own scrolling.
        roam: zoom > 1 ? "move" : false,
        left: 0,
        right: 0,
        top: 4,
        bottom: 4,
        itemStyle: { areaColor: land, borderColor: line, borderWidth: 0.4 },
        emphasis: { label: { show: false }, itemStyle: { borderColor: accent, borderWidth: 1.2 } },
        select: { disabled: true },
        regions: [...colours].map(([name, colour]) => ({
          name,
          itemStyle: { areaColor: colour, ...(name === selected ? { borderColor: accent, borderWidth: 2 } : {}) },
          emphasis: { itemStyle: { areaColor: colour } },
        })),
      },
    });
  }, [topology, isoOf, sized, colours, land, line, accent, selected, zoom]);

  return <div ref={element} className="map-canvas" aria-hidden="true" />;
}
