import { describe, expect, it } from "vitest";
import type { FamilyAnswer } from "../../api/family";
import type { Say } from "../../i18n";
import * as asking from "./asking";
import type { en } from "./en";
import * as rowsOf from "./rows";
import * as state from "./state";

const at = (query: string) => state.iitView.parse(query, "en");
const say: Say<keyof typeof en> = (key, values) => [key, ...Object.values(values ?? {})].join(" ");

describe("intra-industry trade in the address", () => {
  it("comes back as it went in", () => {
    const full = "?view=iit&exporter=CHN&product=2603,2604&partners=developed,developing&years=2000-2024&show=sources&by=hs4&of=industry&alpha=0.25&lang=zh";
    expect(state.iitView.format(at(full))).toBe(full);
  });

  it("takes reporter and products from the names of the API, too", () => {
    expect(at("?reporter=CHN&products=26,74")).toMatchObject({ reporter: "CHN", products: ["26", "74"] });
  });
});

describe("the questions", () => {
  it("ask over time for coarse rows whose aggregates are over the fine ones", () => {
    expect(asking.question(at("?reporter=CHN"), "2000-2024")).toEqual({
      path: "iit",
      query: { reporter: "CHN", years: "2000-2024", by: "section", level: "hs6", chart: "path", lang: "en" },
    });
    expect(asking.question(at("?reporter=CHN&by=sitc3"), "2000-2024")?.query).toMatchObject({ by: "sitc3" });
    expect(asking.question(at("?reporter=CHN&by=sitc3"), "2000-2024")?.query).not.toHaveProperty("level");
  });

  it("ask of one year for the industries themselves", () => {
    expect(asking.question(at("?reporter=CHN&show=industries&by=hs4&year=2020"), null)?.query).toMatchObject({ by: "hs4", years: "2020", chart: "bars" });
  });

  it("tell the tables only what they take", () => {
    expect(asking.question(at("?reporter=CHN&show=tables&alpha=0.25&typing=ff&of=industry"), "2000-2024")).toEqual({
      path: "iit/tables",
      query: { reporter: "CHN", years: "2000-2024", lang: "en" },
    });
  });
});

const row = (industry: string, more: object = {}) => ({ industry, industry_name: industry, partner: "WLD", year: 2024, exports_usd: 1, imports_usd: 1, ...more });
const answer = {
  columns: [],
  rows: [row("TOTAL", { hiit: 0.02, viit_high: 0.05, viit_low: 0.01 }), row("2603", { tc: -0.9, imports_usd: 9 }), row("2604", { tc: 0.4, tc_band: "advantage_1" })],
  parameters: { tc_bands: [0.3, 0.6] },
} as unknown as FamilyAnswer;

describe("the rows", () => {
  it("are those of the tab, in words", () => {
    expect(rowsOf.shownRows(answer.rows, "kinds")).toHaveLength(1);
    expect(rowsOf.worded(answer, "industries", say).rows[2]).toMatchObject({ tc_band: "band.advantage 1" });
    expect(rowsOf.bandWord("balanced", say)).toBe("band.balanced");
  });

  it("say how much of the overlap is vertical", () => {
    const total = rowsOf.totalOf(answer);
    expect(total && rowsOf.verticalShare(total)).toBeCloseTo(0.75);
    expect(rowsOf.verticalShare({ hiit: 0, viit_high: null })).toBeNull();
  });

  it("are drawn with most trade first, over the edges of the classes", () => {
    const figure = rowsOf.competitivenessFigure(answer, "", "TC", "en");
    expect(figure.series[0]?.values).toEqual([-0.9, 0.4]);
    expect(figure.lines.map(([, value]) => value)).toEqual([-0.3, 0.3, -0.6, 0.6]);
  });
});
