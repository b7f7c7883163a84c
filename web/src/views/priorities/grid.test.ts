import { describe, expect, it } from "vitest";
import { fitted, gridOf, keyOf } from "./grid";

const pair = (product: string, importer: string, unrealised_usd: number | null) => ({
  product,
  importer,
  product_name: `name of ${product}`,
  importer_name: `name of ${importer}`,
  unrealised_usd,
});
const ROWS = [pair("2603", "CHN", 5), pair("2601", "JPN", 4), pair("2601", "CHN", 3), pair("2709", "KOR", 1), pair("2716", "KOR", null)];

describe("a grid of pairs", () => {
  it("has the products and markets with the largest sums, in their order", () => {
    // 2601: 4 + 3 = 7 before 2603: 5; China: 5 + 3 = 8 before Japan: 4.
    const { products, markets, cells } = gridOf(ROWS, "unrealised_usd", { products: 2, markets: 2 });
    expect(products.map(({ code, sum }) => [code, sum])).toEqual([["2601", 7], ["2603", 5]]);
    expect(markets.map(({ code, sum }) => [code, sum])).toEqual([["CHN", 8], ["JPN", 4]]);
    expect(cells.map(({ row, column, value }) => [row, column, value])).toEqual([[1, 0, 5], [0, 1, 4], [0, 0, 3]]);
  });

  it("leaves out what has no value, and knows each pair by its two codes", () => {
    const { products, cells } = gridOf(ROWS, "unrealised_usd", { products: 9, markets: 9 });
    expect(products.map(({ code }) => code)).not.toContain("2716");
    expect(cells.map((one) => keyOf(one.pair))).toEqual(["2603-CHN", "2601-JPN", "2601-CHN", "2709-KOR"]);
  });

  it("is empty where nothing is", () => {
    expect(gridOf([], "unrealised_usd", { products: 5, markets: 5 })).toEqual({ products: [], markets: [], cells: [] });
  });
});

describe("text cut to a width", () => {
  it("stays whole where it fits", () => {
    expect(fitted("Copper ores", 10)).toBe("Copper ores");
  });

  it("counts a Chinese sign as wider", () => {
    expect(fitted("铜矿砂及其精矿", 4)).toBe("铜矿砂…");
    expect(fitted("abcdefgh", 4)).toBe("abcdef…");
  });
});
