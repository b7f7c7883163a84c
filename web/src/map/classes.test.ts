import { describe, expect, it } from "vitest";
import { classesOf } from "./classes";

describe("classes of colour", () => {
  it("put equally many rows in each class, however skewed", () => {
    const values = [1, 2, 3, 4, 50, 60, 700, 800, 9000, 1e9];
    const { classOf, legend } = classesOf(values, false);
    expect(values.map(classOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(legend[4]).toEqual({ index: 4, low: 9000, high: 1e9 });
  });

  it("keep the two sides of zero apart", () => {
    const { classOf } = classesOf([-0.3, -0.1, 0, 0.1, 0.2, 0.3], true);
    expect(classOf(0)).toBe(0);
    expect(classOf(0.3)).toBe(3);
    expect(classOf(-0.3)).toBe(-3);
    expect(Math.sign(classOf(-0.01))).toBe(-1);
  });

  it("give equal values one class", () => {
    expect(classesOf([0, 0, 0], false).legend).toHaveLength(1);
  });
});
