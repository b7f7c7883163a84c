import { describe, expect, it } from "vitest";
import type { Result } from "../../api/client";
import { keptWeights, presetOf, scoringWeights } from "./weights";

const LISTS = {
  indicators: [],
  presets: [
    { id: "balanced", name: "Balanced", description: "", weights: { gap: 1, sd: 1 } },
    { id: "near", name: "Near", description: "", weights: { distance_km: 3 } },
  ],
};
const ANSWER: Result = { columns: [], rows: [], parameters: { weights: { gap: 1 } }, notes: [], provenance: [], citation: "" };

describe("weights of the view", () => {
  it("are named by the preset that says the same, zeros aside", () => {
    expect(presetOf({ distance_km: 3, gap: 0 }, LISTS)).toBe("near");
    expect(presetOf({ distance_km: 2 }, LISTS)).toBeNull();
  });

  it("are not kept in the address where they are the default", () => {
    expect(keptWeights({ gap: 1, sd: 1 }, LISTS)).toBeNull();
    expect(keptWeights({ gap: 1 }, LISTS)).toEqual({ gap: 1 });
  });

  it("are those of the answer until the presets are there", () => {
    expect(scoringWeights(null, null, ANSWER)).toEqual({ gap: 1 });
    expect(scoringWeights({ sd: 2 }, null, ANSWER)).toEqual({ sd: 2 });
    expect(scoringWeights(null, LISTS, ANSWER)).toEqual({ gap: 1, sd: 1 });
  });
});
