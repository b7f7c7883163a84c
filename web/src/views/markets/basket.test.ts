import { describe, expect, it } from "vitest";
import * as state from "./state";

const KNOWN = [{ code: "2603" }, { code: "2604" }, { code: "7108" }];

describe("a code that the data set does not know", () => {
  it("gives way to the nearest, and the rest of the basket stays", () => {
    expect(state.mendedBasket("2603,2604,7403", "7108", KNOWN)).toBe("2603,2604,7108");
  });

  it("does not make a product stand in the basket twice", () => {
    expect(state.mendedBasket("2603,7403", "2603", KNOWN)).toBe("2603");
  });

  it("gives way where it stands alone", () => {
    expect(state.mendedBasket("7403", "7108", KNOWN)).toBe("7108");
    expect(state.mendedBasket(null, "7108", KNOWN)).toBe("7108");
  });
});

describe("a pair that another view shows", () => {
  it("is computed as it was there, where the other basis is the default", () => {
    const address = state.marketsView.link({ exporter: "CHL", product: "7108", market: "CHN" });
    expect(state.pairAsked(address, {}, "en")).toMatchObject({ exporter: "CHL", product: "7108", market: "CHN", method: { basis: "world" } });
    expect(state.pairAsked(address, { basis: "bilateral", distance: "sea" }, "en").method).toEqual({ basis: "bilateral", distance: "sea" });
  });
});
