import { describe, expect, it } from "vitest";
import { search } from "./search";

const ECONOMIES = [
  { code: "CHL", name: "Chile", otherNames: ["智利"] },
  { code: "CHN", name: "China", otherNames: ["中国"] },
  { code: "CIV", name: "Côte d’Ivoire", otherNames: ["科特迪瓦", "Ivory Coast"] },
  { code: "TWN", name: "Taiwan", otherNames: ["中国台湾", "台湾", "490"] },
];
const codes = (query: string) => search(ECONOMIES, query).map((choice) => choice.code);

describe("search", () => {
  it("finds by code, either language, alias and without accents", () => {
    expect(codes("chl")).toEqual(["CHL"]);
    expect(codes("智利")).toEqual(["CHL"]);
    expect(codes("cote d")).toEqual(["CIV"]);
    expect(codes("ivory")).toEqual(["CIV"]);
    expect(codes("490")).toEqual(["TWN"]);
    expect(codes("coast")).toEqual(["CIV"]);
  });

  it("puts the exact before the beginning before the middle", () => {
    expect(codes("中国")).toEqual(["CHN", "TWN"]);
    expect(codes("ch")).toEqual(["CHL", "CHN"]);
  });

  it("offers everything for nothing and nothing for nonsense", () => {
    expect(codes("")).toHaveLength(4);
    expect(codes("zzz")).toEqual([]);
  });
});
