import { describe, expect, it } from "vitest";
import { ASIDE_REM, columnsWithin } from "./sight";

const WIDTHS = [4, 12, ...new Array<number>(20).fill(6)];

describe("columns in sight", () => {
  it("are all of a table that fits", () => {
    expect(columnsWithin([4, 12, 6, 6], 2, { left: 0, across: 60 })).toEqual({ from: 2, end: 4 });
  });

  it("begin behind those that are always there, whatever is scrolled away beneath them", () => {
    expect(columnsWithin(WIDTHS, 2, { left: 0, across: 40 })).toEqual({ from: 2, end: 10 });
    expect(columnsWithin(WIDTHS, 4, { left: 0, across: 40 }).from).toBe(4);
  });

  it("hold every column that meets the box, wherever between two steps it is scrolled", () => {
    for (let left = 0; left <= 96; left += 1) {
      const sight = columnsWithin(WIDTHS, 2, { left: Math.floor(left / ASIDE_REM) * ASIDE_REM, across: 40 });
      WIDTHS.forEach((width, place) => {
        const start = WIDTHS.slice(0, place).reduce((sum, one) => sum + one, 0);
        if (place >= 2 && start < left + 40 && start + width > left) expect(place >= sight.from && place < sight.end).toBe(true);
      });
      expect(sight.end - sight.from).toBeLessThan(16);
    }
  });
});
