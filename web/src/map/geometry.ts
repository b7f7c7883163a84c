/** From the geometry file to flat shapes: cut at the date line, projected, keyed by ISO alpha-3 code. */

import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection } from "topojson-specification";
import type { MapSource } from "./configuration";

interface Named { name: string }
type Shape = Feature<MultiPolygon, Named>;

/** Islands and city states smaller than this many units across get a dot, or nobody would find them. */
const SMALL = 1.6;
const DOT_RADIUS = 0.9;
/** Points to a unit. */
const GRID = 12;

/** Equal Earth (Šavrič, Patterson, Jenny 2018): sizes of areas compare truly. Units: degrees along the equator. */
export function equalEarth([longitude = 0, latitude = 0]: Position): Position {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const half = Math.sqrt(3) / 2;
  const theta = Math.asin(half * Math.sin((latitude * Math.PI) / 180));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const x = (longitude * Math.cos(theta)) / (half * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)));
  const y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
  return [x, (y * 180) / Math.PI];
}

/** Longitudes without the leap at ±180°, so that a ring over the date line is one piece. */
function unroll(ring: readonly Position[]): Position[] {
  let turn = 0;
  let previous = ring[0]?.[0] ?? 0;
  return ring.map(([longitude = 0, latitude = 0]) => {
    if (longitude - previous > 180) turn -= 360;
    else if (longitude - previous < -180) turn += 360;
    previous = longitude;
    return [longitude + turn, latitude];
  });
}

/** The part of a ring on one side of a meridian (Sutherland–Hodgman). */
function clip(ring: readonly Position[], meridian: number, keepWest: boolean): Position[] {
  const inside = (p: Position) => (keepWest ? (p[0] ?? 0) <= meridian : (p[0] ?? 0) >= meridian);
  return ring.flatMap((point, index) => {
    const before = ring[(index + ring.length - 1) % ring.length] ?? point;
    if (inside(point) === inside(before)) return inside(point) ? [point] : [];
    const [x0 = 0, y0 = 0] = before;
    const [x1 = 0, y1 = 0] = point;
    const crossing: Position = [meridian, y0 + ((meridian - x0) / (x1 - x0)) * (y1 - y0)];
    return inside(point) ? [crossing, point] : [crossing];
  });
}

const shift = (ring: readonly Position[], by: number): Position[] => ring.map(([x = 0, y = 0]) => [x + by, y]);

/** A ring, in one or two pieces that stay between −180° and 180°. */
export function cutAtDateLine(ring: readonly Position[]): Position[][] {
  const whole = unroll(ring);
  const longitudes = whole.map(([x = 0]) => x);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  if (east > 180) return [clip(whole, 180, true), shift(clip(whole, 180, false), -360)].filter((piece) => piece.length > 2);
  if (west < -180) return [clip(whole, -180, false), shift(clip(whole, -180, true), 360)].filter((piece) => piece.length > 2);
  return [whole];
}

function dot([x = 0, y = 0]: Position): Position[] {
  return Array.from({ length: 13 }, (_, k) => {
    const angle = (k * Math.PI) / 6;
    return [x + DOT_RADIUS * Math.cos(angle), y + DOT_RADIUS * Math.sin(angle)];
  });
}

/** Points on a grid finer than what the largest zoom shows. A grid moves the two sides of a border alike. */
function snap(ring: readonly Position[]): Position[] {
  const snapped = ring.map((point) => point.map((x) => Math.round(x * GRID) / GRID));
  return snapped.filter(([x, y], index) => index === 0 || x !== snapped[index - 1]?.[0] || y !== snapped[index - 1]?.[1]);
}

function project(geometry: Polygon | MultiPolygon): Position[][][] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const pieces = polygons.flatMap(([outer = [], ...holes]) => {
    const cut = cutAtDateLine(outer);
    // No shape that crosses the date line has a lake cut out of it.
    return cut.map((ring) => [ring, ...(cut.length === 1 ? holes : [])].map((one) => one.map(equalEarth)));
  });
  const points = pieces.flat(2);
  const spread = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis] ?? 0);
    return [Math.min(...values), Math.max(...values)] as const;
  };
  const [[west, east], [south, north]] = [spread(0), spread(1)];
  const small = Math.hypot(east - west, north - south) < SMALL;
  const drawn = pieces.map((rings) => rings.map(snap).filter((ring) => ring.length > 3)).filter((rings) => rings.length > 0);
  return small ? [...drawn, [dot([(west + east) / 2, (south + north) / 2])]] : drawn;
}

/** Shapes named by ISO alpha-3 code (or their own name where no economy has their number). */
export function shapesOf({ topology, configuration }: MapSource, isoOf: ReadonlyMap<string, string>): FeatureCollection<MultiPolygon, Named> {
  const countries = topology.objects[configuration.object] as GeometryCollection<Named>;
  const seen = new Set<string>();
  const features = feature(topology, countries).features.flatMap((shape): Shape[] => {
    const geometry = shape.geometry;
    const own = shape.properties.name;
    if (configuration.left_out.includes(own) || (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon")) return [];
    const code = isoOf.get(String(shape.id ?? "")) ?? configuration.codes[own] ?? own;
    // A dependency may carry its mainland's number; the first, larger one keeps the name.
    const name = seen.has(code) ? own : code;
    seen.add(name);
    return [{ type: "Feature", properties: { name }, geometry: { type: "MultiPolygon", coordinates: project(geometry) } }];
  });
  return { type: "FeatureCollection", features };
}

export interface Drawing {
  shapes: { code: string; path: string }[];
  /** Left, top, width and height of the whole sheet; south is down. */
  sheet: readonly [number, number, number, number];
}

/** The shapes as paths on a sheet. */
export function drawingOf(collection: FeatureCollection<MultiPolygon, Named>): Drawing {
  const said = (x: number) => String(Math.round(x * 100) / 100);
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  const shapes = collection.features.map(({ properties, geometry }) => {
    const rings = geometry.coordinates.flat();
    for (const [x = 0, y = 0] of rings.flat()) {
      [west, east, south, north] = [Math.min(west, x), Math.max(east, x), Math.min(south, y), Math.max(north, y)];
    }
    const path = rings.map((ring) => `M${ring.map(([x = 0, y = 0]) => `${said(x)} ${said(-y)}`).join("L")}Z`).join("");
    return { code: properties.name, path };
  });
  return { shapes, sheet: [west, -north, east - west, north - south] };
}
