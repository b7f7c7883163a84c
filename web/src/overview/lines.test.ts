import { describe, expect, it } from "vitest";
import { linesOfNames } from "./lines";

describe("names above a chart", () => {
  it("stand in one line where they are short", () => {
    expect(linesOfNames(["Exports", "Imports"])).toBe(1);
    expect(linesOfNames(["出口额", "进口额"])).toBe(1);
  });

  it("break where they are long", () => {
    expect(linesOfNames(["Concentration of products sold", "Concentration of markets"])).toBe(2);
    expect(linesOfNames(["Unit value", "Median unit value", "Lower quartile of unit values", "Upper quartile of unit values"])).toBe(3);
  });
});
