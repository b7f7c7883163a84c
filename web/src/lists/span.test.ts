import { describe, expect, it } from "vitest";
import { spanAsked, spanOf } from "./span";

const KNOWN = [1995, 2000, 2024];

describe("a span of years", () => {
  it("is all that is known unless some are asked for", () => {
    expect(spanOf(null, KNOWN)).toEqual(["1995", "2024"]);
    expect(spanAsked(null, KNOWN)).toBe("1995-2024");
    expect(spanAsked(null, [2024])).toBe("2024");
    expect(spanAsked(null, [])).toBeNull();
  });

  it("is passed on as it was written", () => {
    expect(spanOf("2000,2010,2020", KNOWN)).toEqual(["2000", "2020"]);
    expect(spanAsked("2000,2010,2020", KNOWN)).toBe("2000,2010,2020");
  });
});
