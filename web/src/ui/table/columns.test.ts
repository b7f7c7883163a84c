import { describe, expect, it } from "vitest";
import { keptColumns, visibleColumns } from "./columns";

const column = (id: string, hidden = false) => ({ id, name: id, unit: "1" as const, direction: "more" as const, hidden, meaning: id });
const COLUMNS = [column("importer_name"), column("gap"), column("distance_km"), column("cda"), column("sd"), column("gap_year", true)];
const ESSENTIALS = ["gap", "distance_km"];
const ids = (chosen: string[]) => visibleColumns(COLUMNS, chosen, ESSENTIALS).map(({ id }) => id);

describe("columns", () => {
  it("are the essentials, a group, one by one, or all but the hidden", () => {
    expect(ids([])).toEqual(["gap", "distance_km"]);
    expect(ids(["distance"])).toEqual(["distance_km", "cda"]);
    expect(ids(["sd", "gap"])).toEqual(["gap", "sd"]);
    expect(ids(["all"])).toEqual(["gap", "distance_km", "cda", "sd"]);
  });

  it("are kept as briefly as they can be said, and come back the same", () => {
    const kept = (...names: string[]) => keptColumns(new Set(names), COLUMNS, ESSENTIALS);
    expect(kept("gap", "distance_km")).toEqual([]);
    expect(kept("gap", "distance_km", "cda", "sd")).toEqual(["all"]);
    expect(kept("distance_km", "cda", "sd")).toEqual(["match", "distance"]);
    expect(ids(kept("cda", "gap"))).toEqual(["gap", "cda"]);
  });
});
