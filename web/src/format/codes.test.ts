import { describe, expect, it } from "vitest";
import { worded } from "./codes";

describe("codes in the cells of an answer", () => {
  it("are said in words", () => {
    expect(worded("growth_basis", "cagr+lyg 5/5", "en")).toBe("compound and last-year growth, 5 of 5 years");
    expect(worded("growth_basis", "lyg 3/5", "zh")).toBe("末年增长，5 年中有 3 年");
    expect(worded("sd_years", "exporter: level 2024, growth 2022–2024; market: level 2023, growth 2021–2023", "zh")).toBe(
      "出口方：水平取 2024 年，增长取 2022–2024 年；市场：水平取 2023 年，增长取 2021–2023 年",
    );
    expect(worded("gdp_basis", "current level, real growth", "en")).toBe("level at current prices, real growth");
    expect(worded("reason", "not_loaded", "zh")).toBe("未载入相应数据");
    expect(worded("distance_km_source", "ports: land+ports", "en")).toBe("between ports (land legs and ports)");
    expect(worded("sources", "ports: neighbour; sea without suez: ports", "zh")).toBe("港口之间（陆地接壤）；沿海运航线，部分通道关闭（主要港口两两平均）");
    expect(worded("fta_source", "entered by hand", "zh")).toBe("人工录入");
  });

  it("leave names, and the texts of sources, as they are", () => {
    expect(worded("importer_name", "current", "en")).toBe("current");
    expect(worded("lpi_source", "Doing Business (mean of two cities)", "zh")).toBe("Doing Business（两城市平均）");
    expect(worded("source", "CEPII, BACI", "zh")).toBe("CEPII, BACI");
    expect(worded("tariff_basis", "something new", "en")).toBe("something new");
  });
});
