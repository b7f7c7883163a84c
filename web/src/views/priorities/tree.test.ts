import { describe, expect, it } from "vitest";
import { treeOf } from "./tree";

const pair = (product: string, importer: string, unrealised_usd: number | null) => ({ product, importer, product_name: "P", importer_name: importer, unrealised_usd });

describe("a tree of pairs", () => {
  it("puts markets under their product, the largest product first, and leaves out what has no area", () => {
    const tree = treeOf([pair("2603", "CHN", 5), pair("2601", "JPN", 4), pair("2601", "CHN", 3), pair("2709", "KOR", 0), pair("2716", "KOR", null)]);
    expect(tree.map(({ name, value, children }) => [name, value, children.map(({ market }) => market)])).toEqual([
      ["P 2601", 7, ["JPN", "CHN"]],
      ["P 2603", 5, ["CHN"]],
    ]);
  });
});
