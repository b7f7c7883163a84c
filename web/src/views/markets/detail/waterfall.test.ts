import { describe, expect, it } from "vitest";
import { waterfallOf } from "./waterfall";

describe("a waterfall", () => {
  it("begins each part where the one before ended", () => {
    // 0.3 + 0.1 = 0.4, so the first ends at three quarters of the scale.
    expect(waterfallOf([0.3, 0.1])).toEqual({ falls: [{ from: 0, to: 0.7499999999999999 }, { from: 0.7499999999999999, to: 1 }], zero: 0, whole: 1 });
  });

  it("falls below nought and comes back", () => {
    // −1, then +3: the scale runs from −1 to 2.
    const { falls, zero, whole } = waterfallOf([-1, 3]);
    expect(falls).toEqual([{ from: 1 / 3, to: 0 }, { from: 0, to: 1 }]);
    expect([zero, whole]).toEqual([1 / 3, 1]);
  });

  it("is flat where nothing adds up", () => {
    expect(waterfallOf([0, 0]).falls).toEqual([{ from: 0, to: 0 }, { from: 0, to: 0 }]);
  });
});
