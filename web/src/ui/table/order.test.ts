import { describe, expect, it } from "vitest";
import { answers, formatBound, nextSort, parseBound, parseSort, sortBy, within } from "./order";

describe("bounds", () => {
  it("come back as they went in", () => {
    for (const text of ["value_usd>=1000000", "gap<=-0.02", "growth>=1e-3"]) {
      const bound = parseBound(text);
      expect(bound).not.toBeNull();
      expect(bound && parseBound(formatBound(bound))).toEqual(bound);
    }
    expect(parseBound("distance_km<=8000")).toEqual({ id: "distance_km", side: "<=", value: 8000 });
  });

  it("are none where something else is written", () => {
    for (const text of ["", "gap", "gap>1", "gap>=", "gap>=x", "a b>=1"]) expect(parseBound(text)).toBeNull();
  });

  it("are kept by the value itself and by none that is missing", () => {
    const bound = { id: "gap", side: ">=" as const, value: 1 };
    expect([1, 2, 0.9, null, "1"].map((value) => within(value, bound))).toEqual([true, true, false, false, false]);
  });
});

describe("words", () => {
  it("are all to be found, in any of the names, whatever accents and case", () => {
    expect(answers(["CIV", "Côte d’Ivoire"], "cote civ")).toBe(true);
    expect(answers(["CIV", "Côte d’Ivoire"], "cote chn")).toBe(false);
  });
});

describe("sorting", () => {
  const sorted = (text: string | null) => sortBy([2, null, 3, 1], parseSort(text), (row) => row, "en");

  it("keeps empty cells last both ways, and the given order without a sort", () => {
    expect(sorted("x")).toEqual([1, 2, 3, null]);
    expect(sorted("-x")).toEqual([3, 2, 1, null]);
    expect(sorted(null)).toEqual([2, null, 3, 1]);
  });

  it("begins with the better end", () => {
    expect(nextSort(null, { id: "x", direction: "less", unit: "km" })).toBe("x");
    expect(nextSort(null, { id: "x", direction: "none", unit: "text" })).toBe("x");
    expect(nextSort(null, { id: "x", direction: "more", unit: "usd" })).toBe("-x");
  });
});
