import { describe, expect, it } from "vitest";
import type { FamilyAnswer } from "../../api/family";
import * as asking from "./asking";
import * as figures from "./figures";
import * as state from "./state";

const at = (query: string) => state.powerView.parse(query, "en");

describe("trade power in the address", () => {
  it("comes back as it went in", () => {
    const full = "?view=power&exporter=CHL&product=2603&years=2000-2024&show=path&chosen=PER,AUS&rank_by=tlc&method=feenstra&winsorise=0.05&lang=zh";
    expect(state.powerView.format(at(full))).toBe(full);
  });

  it("takes the economy from either name, and one product of a basket", () => {
    expect(at("?economy=CHL").economy).toBe("CHL");
    expect(at("?exporter=CHL&product=2603,2604").product).toBe("2603");
  });

  it("puts a corrected value where the wrong one was", () => {
    expect(state.fixFor(at("?method=feenstr"), "method", "feenstra")).toEqual({ method: { method: "feenstra" } });
    expect(state.fixFor(at("?year=2050"), "years", "2024")).toEqual({ year: "2024" });
    expect(state.fixFor(at("?show=path&years=2050"), "years", "2024")).toEqual({ years: "2024" });
  });
});

describe("the questions", () => {
  it("rank every economy, whoever is open", () => {
    expect(asking.ranking(at("?exporter=CHL&product=2603&year=2020&method=iterate"))).toEqual({
      path: "power",
      query: { product: "2603", years: "2020", chart: "bars", method: "iterate", lang: "en" },
    });
  });

  it("ask one by one for paths in a product, and all at once without one", () => {
    expect(asking.paths(at("?product=2603"), ["CHL", "PER"], "2000-2024").map(({ query }) => query.economy)).toEqual(["CHL", "PER"]);
    expect(asking.paths(at(""), ["CHL", "PER"], "2000-2024")).toHaveLength(1);
  });

  it("send an option only where it is known", () => {
    const view = "?exporter=CHL&side=export&rank_by=tlc&method=given";
    expect(asking.question(at(`${view}&show=change`), "2000-2024")?.query).toMatchObject({ side: "export", years: "2000-2024", method: "given" });
    expect(asking.question(at(`${view}&show=roads`), "2000-2024")?.query).not.toHaveProperty("side");
    const compared = asking.question(at(`${view}&show=elasticities&methods=feenstra`), null)?.query;
    expect(compared).toMatchObject({ methods: "feenstra", economy: "CHL" });
    expect(compared).not.toHaveProperty("method");
    expect(compared).not.toHaveProperty("rank_by");
  });

  it("draw the economy asked about and every one compared with it", () => {
    const eight = ["PER", "AUS", "CAN", "USA", "MEX", "IDN", "COD", "ZMB"];
    expect(state.economiesOf({ economy: "CHL", chosen: eight })).toEqual(["CHL", ...eight]);
    expect(state.economiesOf({ economy: "PER", chosen: eight })).toEqual(eight);
    expect(state.economiesOf({ economy: null, chosen: [] })).toEqual([]);
  });

  it("wait for an economy and for the years where they need them", () => {
    expect(asking.question(at("?show=products"), "2000-2024")).toBeNull();
    expect(asking.question(at("?show=change&exporter=CHL"), null)).toBeNull();
  });
});

const rows = [
  { economy: "CHL", economy_name: "Chile", year: 2024, tpi: 0.3, tlc: 0.15 },
  { economy: "PER", economy_name: "Peru", year: 2024, tpi: 0.08, tlc: 0.1 },
  { economy: "ZZZ", economy_name: "None", year: 2024, tpi: null, tlc: null },
];
const columns = ["tpi", "tlc", "year"].map((id) => ({ id, name: id.toUpperCase(), unit: "1" }));
const answer = { columns, rows } as unknown as FamilyAnswer;

describe("the charts", () => {
  it("put share beside power and say what price makes of it", () => {
    const figure = figures.splitFigure(answer, "tpi", "", "", "en");
    expect(figure?.categories).toEqual(["Chile", "Peru"]);
    expect(figure?.ends).toEqual(["×2", "×0.8"]);
    expect(figure?.series.map(({ values }) => values)).toEqual([[0.15, 0.1], [0.3, 0.08]]);
    expect(figures.splitFigure(answer, "quality", "", "", "en")).toBeNull();
  });

  it("draw one economy's power over its share, several by the measure", () => {
    expect(figures.pathFigure(answer, ["CHL"], "tpi", "", "en").series.map(({ id }) => id)).toEqual(["tpi", "tlc"]);
    expect(figures.pathFigure(answer, ["CHL", "PER"], "tpi", "", "en").series.map(({ name }) => name)).toEqual(["Chile", "Peru"]);
  });
});
