import { describe, expect, it } from "vitest";
import { defaultLanguage, formatView, formatWeights, parseView, parseWeights } from "./viewState";

const FULL =
  "?exporter=CHL&product=2603&year=2023&data=minerals&basis=world&window=10&scale=minmax" +
  "&weights=gap=2,distance_km=0.5&rank_by=gap&sort=-value_usd&columns=trade,price&market=CHN&lang=zh";

describe("the view in the address", () => {
  it("comes back as it went in", () => {
    expect(formatView(parseView(FULL, "en"))).toBe(FULL);
  });

  it("leaves defaults out", () => {
    expect(formatView(parseView("?exporter=CHL&basis=bilateral&view=markets&window=5", "en"))).toBe("?exporter=CHL&lang=en");
  });

  it("keeps what a user typed safe", () => {
    const view = { ...parseView("", "en"), exporter: "Côte d'Ivoire & co" };
    expect(parseView(formatView(view), "en").exporter).toBe("Côte d'Ivoire & co");
  });

  it("passes an unknown option value on, so that the API can say what is valid", () => {
    expect(parseView("?basis=sideways", "en").method.basis).toBe("sideways");
  });

  it("takes the reader's language where the address has none", () => {
    expect(parseView("", defaultLanguage(["zh-CN", "en"])).lang).toBe("zh");
    expect(parseView("?lang=xx", defaultLanguage(["de"])).lang).toBe("en");
  });
});

describe("weights", () => {
  it("are read as the API writes them", () => {
    expect(parseWeights("gap=2, distance_km=1")).toEqual({ gap: 2, distance_km: 1 });
    expect(parseWeights("gap=-1,=3,sd=x")).toEqual({});
  });

  it("leave zeros out, but say when all are zero", () => {
    expect(formatWeights({ gap: 0, sd: 1.5 })).toBe("sd=1.5");
    expect(formatWeights({ gap: 0, sd: 0 })).toBe("gap=0");
  });
});
