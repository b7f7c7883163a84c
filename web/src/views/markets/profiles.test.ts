import { describe, expect, it } from "vitest";
import { readProfiles } from "./profiles";

describe("saved profiles of weights", () => {
  it("are read from the storage", () => {
    expect(readProfiles('{"our firm":"gap=2,distance_km=1"}')).toEqual([{ name: "our firm", weights: { gap: 2, distance_km: 1 } }]);
  });

  it("are none where the storage holds nothing or something else", () => {
    expect(readProfiles(null)).toEqual([]);
    expect(readProfiles("{broken")).toEqual([]);
    expect(readProfiles("7")).toEqual([]);
    expect(readProfiles('{"a":7}')).toEqual([]);
  });
});
