import { describe, expect, it } from "vitest";
import { formatBare, formatWithUnit, unitLabel } from "./number";

describe("numbers for readers", () => {
  it("are short where amounts are large, in the reader's own counting", () => {
    expect(formatBare(20_311_420_000, "value_usd", "usd", "en")).toBe("20.3B");
    expect(formatBare(20_311_420_000, "value_usd", "usd", "zh")).toBe("203亿");
    expect(formatBare(0.02, "potential_usd", "usd", "en")).toBe("<1");
    expect(formatWithUnit(1_500_000, "value_usd", "usd", "en")).toBe("US$1.5M");
  });

  it("show fractions as per cent, signed where the sign is the message", () => {
    expect(formatBare(0.1234, "gap", "fraction", "en")).toBe("+12.3");
    expect(formatBare(-0.05, "growth", "fraction", "en")).toBe("−5.0");
    expect(formatBare(0.00001, "gap", "fraction", "en")).toBe("0.0");
    expect(formatBare(0.5, "share_in_market", "fraction", "en")).toBe("50.0");
    expect(formatWithUnit(12, "contract_cost", "percent", "en")).toBe("12.0%");
  });

  it("give distances whole and scores to three places", () => {
    expect(formatWithUnit(18_432.4, "distance_km", "km", "en")).toBe("18,432 km");
    expect(formatBare(0.71249, "score", "score", "en")).toBe("0.712");
  });

  it("write dates in the reader's language and leave text alone", () => {
    expect(formatBare("2006-10-01", "fta_date", "date", "en")).toBe("Oct 1, 2006");
    expect(formatBare("2006-10-01", "fta_date", "date", "zh")).toBe("2006年10月1日");
    expect(formatBare("RCEP", "fta_name", "text", "zh")).toBe("RCEP");
  });

  it("are empty for a null; the reason is shown instead", () => {
    expect(formatBare(null, "tariff", "fraction", "en")).toBe("");
  });

  it("have their unit in the header", () => {
    expect(unitLabel("usd/t", "zh")).toBe("美元/吨");
    expect(unitLabel("1", "en")).toBe("");
  });
});
