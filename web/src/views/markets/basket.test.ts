import { beforeAll, describe, expect, it, vi } from "vitest";
import type * as StateModule from "./state";

vi.stubGlobal("window", { location: { search: "" }, addEventListener: () => undefined });
vi.stubGlobal("navigator", { languages: ["en"] });

const KNOWN = [{ code: "2603" }, { code: "2604" }, { code: "7108" }];

let state: typeof StateModule;
beforeAll(async () => {
  state = await import("./state");
});

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
