import { describe, expect, it } from "vitest";
import { methodEntries, togglePassage, withDistance } from "./options";

describe("closed passages", () => {
  it("are added and taken out one by one", () => {
    const one = togglePassage({ distance: "sea" }, "suez");
    const two = togglePassage(one, "panama");
    expect(methodEntries(two)).toEqual([
      ["distance", "sea"],
      ["without", "suez,panama"],
    ]);
    expect(methodEntries(togglePassage(togglePassage(two, "suez"), "panama"))).toEqual([["distance", "sea"]]);
  });

  it("are open again where distances do not follow the sea", () => {
    expect(methodEntries(withDistance({ distance: "ports", without: "suez" }))).toEqual([]);
    expect(methodEntries(withDistance({ distance: "sea", without: "suez" }))).toContainEqual(["without", "suez"]);
  });
});
