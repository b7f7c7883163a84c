import { describe, expect, it } from "vitest";
import * as parts from "./parts";
import * as view from "./view";

const METHOD = { basis: ["bilateral", "world"], window: ["5", "3"] } as const;
const declared = (id = "markets") =>
  view.declareView(id, {
    exporter: parts.text,
    method: parts.options(METHOD),
    weights: parts.weights,
    rank_by: parts.textOr("score"),
    columns: parts.list,
  });

describe("a view in the address", () => {
  it("comes back as it went in", () => {
    const full = "?exporter=CHL&basis=world&window=3&weights=gap=2,distance_km=0.5&rank_by=gap&columns=trade,price&lang=zh";
    expect(declared().format(declared().parse(full, "en"))).toBe(full);
    const other = full.replace("?", "?view=power&");
    expect(declared("power").format(declared("power").parse(other, "en"))).toBe(other);
  });

  it("leaves defaults and foreign keys out", () => {
    expect(declared().format(declared().parse("?exporter=CHL&basis=bilateral&rank_by=score&who=me", "en"))).toBe("?exporter=CHL&lang=en");
  });

  it("keeps what a user typed safe", () => {
    const state = { ...declared().parse("", "en"), exporter: "Côte d'Ivoire & co" };
    expect(declared().parse(declared().format(state), "en").exporter).toBe("Côte d'Ivoire & co");
  });

  it("passes an unknown option value on, so that the API can say what is valid", () => {
    expect(declared().parse("?basis=sideways", "en").method.basis).toBe("sideways");
  });

  it("takes the reader's language where the address has none", () => {
    expect(declared().parse("?lang=xx", "zh").lang).toBe("zh");
  });

  it("hands on to another view what means the same there, and nothing else", () => {
    const markets = declared();
    markets.goTo({ exporter: "CHL", rank_by: "gap", lang: "zh" });
    expect(view.viewLink("power")).toBe("?view=power&exporter=CHL&lang=zh");
    expect(declared("power").link({ rank_by: "sd" })).toBe("?view=power&exporter=CHL&rank_by=sd&lang=zh");
    expect(view.viewLink("markets")).toBe("?exporter=CHL&lang=zh");
  });

  it("hands on of a basket its first product, since no other view knows baskets", () => {
    const markets = view.declareView("markets", { product: parts.text });
    markets.goTo({ product: "2603,2607", lang: "en" });
    expect(view.viewLink("product")).toBe("?view=product&product=2603&lang=en");
  });
});

describe("weights", () => {
  it("are read as the API writes them", () => {
    expect(parts.parseWeights("gap=2, distance_km=1")).toEqual({ gap: 2, distance_km: 1 });
    expect(parts.parseWeights("gap=-1,=3,sd=x")).toEqual({});
  });

  it("leave zeros out, but say when all are zero", () => {
    expect(parts.formatWeights({ gap: 0, sd: 1.5 })).toBe("sd=1.5");
    expect(parts.formatWeights({ gap: 0, sd: 0 })).toBe("gap=0");
  });
});
