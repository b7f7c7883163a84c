import { describe, expect, it } from "vitest";
import { bestOf } from "./comparing";

describe("the best of a few", () => {
  it("follows the direction, and shares where equal", () => {
    expect([...bestOf([3, 5, 5, null], "more")]).toEqual([1, 2]);
    expect([...bestOf([3, 5, null], "less")]).toEqual([0]);
  });

  it("is none where nothing is better", () => {
    for (const values of [[3, 3], [3, null], [null, null]]) expect(bestOf(values, "more").size).toBe(0);
    expect(bestOf([1, 2], "none").size).toBe(0);
  });
});
