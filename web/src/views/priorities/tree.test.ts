import { describe, expect, it } from "vitest";
import { plotsOf, squarified, treeOf } from "./tree";

const pair = (product: string, importer: string, unrealised_usd: number | null) => ({ product, importer, product_name: "P", importer_name: importer, unrealised_usd });

describe("a tree of pairs", () => {
  it("puts markets under their product, the largest product first, and leaves out what has no area", () => {
    const tree = treeOf([pair("2603", "CHN", 5), pair("2601", "JPN", 4), pair("2601", "CHN", 3), pair("2709", "KOR", 0), pair("2716", "KOR", null)]);
    expect(tree.map(({ name, value, children }) => [name, value, children.map((leaf) => leaf.name)])).toEqual([
      ["P 2601", 7, ["JPN", "CHN"]],
      ["P 2603", 5, ["CHN"]],
    ]);
  });
});

describe("a tree map", () => {
  const sheet = { x: 0, y: 0, width: 600, height: 400 };

  it("gives each value an area in proportion, inside the sheet, none over another", () => {
    // The example of the method's authors: 6, 6, 4, 3, 2, 2, 1 on a sheet of 6 by 4.
    const areas = squarified([6, 6, 4, 3, 2, 2, 1], sheet);
    expect(areas.map(({ width, height }) => Math.round((width * height) / 1e4))).toEqual([6, 6, 4, 3, 2, 2, 1]);
    expect(areas[0]).toMatchObject({ x: 0, y: 0, width: 300, height: 200 });
    areas.forEach((one, at) => {
      expect(one.x >= 0 && one.y >= 0 && one.x + one.width < 600.001 && one.y + one.height < 400.001).toBe(true);
      for (const other of areas.slice(at + 1)) {
        const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
        const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
        expect(Math.min(across, down)).toBeLessThan(0.001);
      }
    });
  });

  it("of nothing is nothing", () => {
    expect(squarified([], sheet)).toEqual([]);
    expect(plotsOf([], sheet)).toEqual([]);
  });

  it("draws markets within their product, beneath its name", () => {
    const [first] = plotsOf(treeOf([pair("2601", "JPN", 4), pair("2601", "CHN", 3), pair("2603", "CHN", 1)]), sheet);
    expect(first?.named).toBe(true);
    expect(first?.leaves.map(({ leaf }) => leaf.name)).toEqual(["JPN", "CHN"]);
    expect(first?.leaves.every(({ area }) => area.y >= 20)).toBe(true);
  });
});
