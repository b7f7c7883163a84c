import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Topology } from "topojson-specification";
import { describe, expect, it } from "vitest";
import type { MapConfiguration } from "./configuration";
import { cutAtDateLine, drawingOf, equalEarth, shapesOf } from "./geometry";

describe("the projection", () => {
  it("keeps the origin, the equator and the sides", () => {
    expect(equalEarth([0, 0])).toEqual([0, 0]);
    expect(equalEarth([0, 45])[0]).toBeCloseTo(0, 12);
    expect(equalEarth([10, 60])[1]).toBeCloseTo(-(equalEarth([10, -60])[1] ?? 0), 12);
    expect(equalEarth([180, 80])[0]).toBeLessThan(equalEarth([180, 0])[0] ?? 0);
  });
});

describe("the date line", () => {
  it("cuts a ring that crosses it into two", () => {
    const pieces = cutAtDateLine([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]);
    expect(pieces).toHaveLength(2);
    for (const longitude of pieces.flat().map(([x]) => x ?? 0)) expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
  });

  it("leaves others whole", () => {
    const ring = [[0, 0], [10, 0], [10, 10], [0, 0]];
    expect(cutAtDateLine(ring)).toEqual([ring]);
  });
});

describe("the geometry file", () => {
  const file = fileURLToPath(import.meta.resolve("world-atlas/countries-50m.json"));
  const configuration = JSON.parse(readFileSync(new URL("../../public/geometry/map.json", import.meta.url), "utf8")) as MapConfiguration;
  const topology = JSON.parse(readFileSync(file, "utf8")) as Topology;
  const shapes = shapesOf({ configuration, topology }, new Map([["344", "HKG"], ["446", "MAC"], ["158", "TWN"], ["036", "AUS"], ["643", "RUS"]]));

  it("has shapes of their own for Hong Kong, Macao and Taiwan, and one Australia", () => {
    const names = shapes.features.map((shape) => shape.properties.name);
    for (const code of ["HKG", "MAC", "TWN", "AUS", "RUS"]) expect(names.filter((name) => name === code)).toHaveLength(1);
  });

  it("stays on the sheet", () => {
    const edge = equalEarth([180, 0])[0] ?? 0;
    const reach = shapes.features.flatMap((shape) => shape.geometry.coordinates.flat(2).map(([x]) => Math.abs(x ?? 0)));
    expect(reach.reduce((most, x) => Math.max(most, x), 0)).toBeLessThan(edge + 1);
  });

  it("is drawn as one path for each shape, north up, and without what is left out", () => {
    const { shapes: paths, sheet } = drawingOf(shapes);
    expect(paths).toHaveLength(shapes.features.length);
    expect(paths.map(({ code }) => code)).not.toContain("Antarctica");
    for (const { path } of paths) expect(path).toMatch(/^M-?[\d.]+ -?[\d.]+L/);
    const [, top, width, height] = sheet;
    expect(top).toBeLessThan(-60);
    expect(width).toBeGreaterThan(height);
  });

  it("has its note in both languages", () => {
    expect(configuration.note.en).toContain("Taiwan");
    expect(configuration.note.zh).toContain("台湾");
  });
});
