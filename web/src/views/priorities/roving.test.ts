import { describe, expect, it } from "vitest";
import { nextSpot } from "./roving";

const spot = (key: string, x: number, y: number) => ({ key, x, y });
/** a b ·
 *  c · d */
const SPOTS = [spot("a", 0, 0), spot("b", 1, 0), spot("c", 0, 1), spot("d", 2, 1)];

describe("the next cell", () => {
  it("is the nearest in the same row or column, and over an empty place where there is one", () => {
    expect(nextSpot(SPOTS, "a", "ArrowRight")).toBe("b");
    expect(nextSpot(SPOTS, "a", "ArrowDown")).toBe("c");
    expect(nextSpot(SPOTS, "c", "ArrowRight")).toBe("d");
    expect(nextSpot(SPOTS, "d", "ArrowUp")).toBe("b");
  });

  it("is none beyond the edge, and none for another key or an unknown cell", () => {
    expect(nextSpot(SPOTS, "a", "ArrowLeft")).toBeNull();
    expect(nextSpot(SPOTS, "a", "x")).toBeNull();
    expect(nextSpot(SPOTS, "z", "ArrowDown")).toBeNull();
  });

  it("can be any, one after another in their order", () => {
    const seen = ["a"];
    for (let here: string | null = "a"; here !== null; here = nextSpot(SPOTS, here, "PageDown")) if (!seen.includes(here)) seen.push(here);
    expect(seen).toEqual(["a", "b", "c", "d"]);
    expect(nextSpot(SPOTS, "c", "End")).toBe("d");
    expect(nextSpot(SPOTS, "c", "Home")).toBe("a");
    expect(nextSpot(SPOTS, "c", "PageUp")).toBe("b");
  });
});
