/** The map itself: one path for each economy. In a chunk of its own, loaded after the table. */

import type { PointerEvent } from "react";
import { memo, useMemo, useRef, useState } from "react";
import type { MapSource } from "./configuration";
import { drawingOf, shapesOf } from "./geometry";

export interface Pointed {
  code: string;
  x: number;
  y: number;
  /** Width of the frame, so that what is said stays inside it. */
  width: number;
}

interface Props {
  source: MapSource;
  isoOf: ReadonlyMap<string, string>;
  /** Colour of each economy that has one, as CSS has it. */
  colours: ReadonlyMap<string, string>;
  selected: string | null;
  /** How many times the whole sheet is enlarged. */
  zoom: number;
  onPoint: (pointed: Pointed | null) => void;
  onPick: (code: string) => void;
}

export default function WorldMap({ source, isoOf, colours, selected, zoom, onPoint, onPick }: Props) {
  const { shapes, sheet } = useMemo(() => drawingOf(shapesOf(source, isoOf)), [source, isoOf]);
  const [left, top, width, height] = sheet;
  /** Middle of what is seen. */
  const [middle, setMiddle] = useState({ x: left + width / 2, y: top + height / 2 });
  const grip = useRef<{ x: number; y: number; scale: number; moved: boolean } | null>(null);
  const [w, h] = [width / zoom, height / zoom];
  const x = Math.min(Math.max(middle.x - w / 2, left), left + width - w);
  const y = Math.min(Math.max(middle.y - h / 2, top), top + height - h);

  const under = (event: PointerEvent) => (event.target as Element).getAttribute("data-code");
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    // Dragging pays only on a map larger than its frame; else it would catch the page's own scrolling.
    if (zoom === 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    grip.current = { x: event.clientX, y: event.clientY, scale: Math.max(w / box.width, h / box.height), moved: false };
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const held = grip.current;
    if (held && event.buttons > 0) {
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved && Math.hypot(dx, dy) < 4) return;
      setMiddle({ x: x + w / 2 - dx * held.scale, y: y + h / 2 - dy * held.scale });
      grip.current = { ...held, x: event.clientX, y: event.clientY, moved: true };
      onPoint(null);
      return;
    }
    const code = under(event);
    const box = event.currentTarget.getBoundingClientRect();
    onPoint(code === null ? null : { code, x: event.clientX - box.left, y: event.clientY - box.top, width: box.width });
  };
  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    const dragged = grip.current?.moved === true;
    grip.current = null;
    const code = under(event);
    if (!dragged && code !== null) onPick(code);
  };

  return (
    <svg
      className="map-drawing"
      viewBox={`${x} ${y} ${w} ${h}`}
      data-zoomed={zoom > 1}
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => onPoint(null)}
    >
      {shapes.map(({ code, path }) => (
        <Shape key={code} code={code} path={path} fill={colours.get(code)} selected={code === selected} />
      ))}
      {selected !== null && <use href={`#shape-${selected}`} className="map-selected" />}
    </svg>
  );
}

interface ShapeProps {
  code: string;
  path: string;
  fill: string | undefined;
  selected: boolean;
}

const Shape = memo(function Shape({ code, path, fill, selected }: ShapeProps) {
  return <path id={selected ? `shape-${code}` : undefined} data-code={code} d={path} style={fill === undefined ? undefined : { fill }} />;
});
