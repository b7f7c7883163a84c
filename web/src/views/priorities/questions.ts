import type { Result } from "../../api/client";
import type { Query } from "../../api/asked";
import { asked, useAsked } from "../../api/asked";
import type { Resource } from "../../api/resource";
import { MANY_PRODUCTS_OPTIONS, methodEntries } from "../../method/options";
import type { PrioritiesState } from "./state";

export function prioritiesQuery(view: PrioritiesState): Query | null {
  if (view.exporter === null) return null;
  return asked([
    ["exporter", view.exporter],
    ["year", view.year],
    ["data", view.data],
    ["level", view.level === "4" ? null : view.level],
    ["top", view.top === "200" ? null : view.top],
    ["served", view.served === "all" ? null : view.served],
    ["among", view.among.join(",") || null],
    ...methodEntries(view.method, MANY_PRODUCTS_OPTIONS),
    ["weights", view.weights === "balanced" ? null : view.weights],
    ["rank_by", view.rank_by === "score" ? null : view.rank_by],
    ["lang", view.lang],
  ]);
}

export const usePriorities = (view: PrioritiesState): Resource<Result> =>
  useAsked<Result>("priorities", prioritiesQuery(view), `priorities ${view.exporter ?? ""} ${view.level} ${view.among.join()}`);
