import type { Query } from "../../api/asked";
import { asked, useAsked } from "../../api/asked";
import type { Resource } from "../../api/resource";
import type { EconomyOverview } from "../../overview/shapes";
import type { EconomyState } from "./state";

export function economyQuery(view: EconomyState): Query | null {
  if (view.exporter === null) return null;
  return asked([
    ["economy", view.exporter],
    ["year", view.year],
    ["data", view.data],
    ["level", view.level === "4" ? null : view.level],
    ["top", view.top === "10" ? null : view.top],
    ["window", view.window === "5" ? null : view.window],
    ["lang", view.lang],
  ]);
}

export const useEconomyOverview = (view: EconomyState): Resource<EconomyOverview> =>
  useAsked<EconomyOverview>("economy", economyQuery(view), `economy ${view.exporter ?? ""}`);
