import { describe, expect, it } from "vitest";
import type { Result } from "../../api/client";
import { nextSort, parseSort } from "../../ui/table/order";
import { filterRows, rankRows, sortRows } from "./ranking";

const column = (id: string, direction: "more" | "less" | "none" = "more", hidden = false) => ({
  id,
  name: id,
  unit: "1" as const,
  direction,
  hidden,
  meaning: id,
});
const RESULT: Result = {
  columns: [column("importer_name", "none"), column("gap"), column("distance_km", "less"), column("gap_year", "none", true)],
  rows: [
    { importer: "AAA", importer_name: "Alpha", gap: 0.3, distance_km: 900, missing: {}, parts: {} },
    { importer: "BBB", importer_name: "Beta", gap: 0.1, distance_km: 100, missing: {}, parts: {} },
    { importer: "CCC", importer_name: "Gamma", gap: null, distance_km: null, missing: { gap: "zero_flow" }, parts: {} },
  ],
  parameters: {},
  notes: [],
  provenance: [],
  citation: "",
};
const codes = (rows: readonly { code: string }[]) => rows.map(({ code }) => code);

describe("rankRows", () => {
  it("follows the weights, and puts a row without any value last", () => {
    const near = rankRows(RESULT, { scale: "minmax", weights: { gap: 1, distance_km: 3 }, rankBy: "score" });
    expect(codes(near)).toEqual(["BBB", "AAA", "CCC"]);
    expect(near[0]?.parts).toEqual({ gap: 0, distance_km: 0.75 });
    expect(near[2]?.rank).toBeNull();
    expect(codes(rankRows(RESULT, { scale: "minmax", weights: { gap: 1 }, rankBy: "score" }))).toEqual(["AAA", "BBB", "CCC"]);
  });

  it("ranks by one column in its direction", () => {
    expect(codes(rankRows(RESULT, { scale: "minmax", weights: {}, rankBy: "distance_km" }))).toEqual(["BBB", "AAA", "CCC"]);
  });
});

describe("sorting by a header", () => {
  const rows = rankRows(RESULT, { scale: "minmax", weights: { gap: 1 }, rankBy: "score" });

  it("keeps empty cells last both ways", () => {
    expect(codes(sortRows(rows, parseSort("-gap"), "en"))).toEqual(["AAA", "BBB", "CCC"]);
    expect(codes(sortRows(rows, parseSort("gap"), "en"))).toEqual(["BBB", "AAA", "CCC"]);
  });

  it("turns from the better end to the other and back to rank", () => {
    const gap = { id: "gap", direction: "more" as const, unit: "1" as const };
    expect(nextSort(null, gap)).toBe("-gap");
    expect(nextSort(parseSort("-gap"), gap)).toBe("gap");
    expect(nextSort(parseSort("gap"), gap)).toBeNull();
    expect(nextSort(null, { id: "distance_km", direction: "less", unit: "km" })).toBe("distance_km");
  });
});

describe("filtering", () => {
  const rows = rankRows(RESULT, { scale: "minmax", weights: { gap: 1 }, rankBy: "score" });

  it("keeps what holds the words and keeps to every bound, with its rank", () => {
    expect(codes(filterRows(rows, "beta", []))).toEqual(["BBB"]);
    expect(filterRows(rows, "bbb", [])[0]?.rank).toBe(2);
    expect(codes(filterRows(rows, "", [{ id: "gap", side: ">=", value: 0.1 }, { id: "distance_km", side: "<=", value: 100 }]))).toEqual(["BBB"]);
  });

  it("leaves out what has no value where one is asked for", () => {
    expect(codes(filterRows(rows, "", [{ id: "gap", side: "<=", value: 9 }]))).toEqual(["AAA", "BBB"]);
  });
});
