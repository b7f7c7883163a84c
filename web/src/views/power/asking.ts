/** The view's questions, as the API takes them. */

import type { Asked } from "../../api/family";
import { queryOf } from "../../api/family";
import { differing } from "../../method/options";
import type { PowerOption, PowerState, Show } from "./state";
import { OF_AN_ECONOMY, POWER_OPTIONS } from "./state";

/** Options that only one question takes. */
const ONLY: Readonly<Partial<Record<PowerOption, Show>>> = { side: "change", steps: "change" };
/** The comparison of methods takes all but these two. */
const NOT_COMPARED = new Set<PowerOption>(["method", "rank_by"]);

function how(view: PowerState, show: Show): [string, string | null][] {
  const chosen = differing(POWER_OPTIONS, view.method).filter(
    ([name]) => (ONLY[name] ?? show) === show && !(show === "elasticities" && NOT_COMPARED.has(name)),
  );
  return [
    ...chosen,
    ["least_exporters", view.least_exporters],
    ["winsorise", view.winsorise],
    ["sigma_table", view.sigma_table],
    ["data", view.data],
    ["lang", view.lang],
  ];
}

const ask = (path: string, entries: [string, string | null][]): Asked => ({ path, query: queryOf(entries) });

/** Every economy in one product, or in all. */
export const ranking = (view: PowerState): Asked =>
  ask("power", [["product", view.product], ["years", view.year], ["chart", "bars"], ...how(view, "ranking")]);

/** The path of economies; all of them in one answer where no product is named, which costs the same as one of them. */
export function paths(view: PowerState, economies: readonly string[], years: string): Asked[] {
  const common: [string, string | null][] = [["product", view.product], ["years", years], ...how(view, "path")];
  if (view.product === null) return [ask("power", common)];
  return economies.map((economy) => ask("power", [["economy", economy], ...common]));
}

/** Everything that is asked with one question; null where it names too little, or the years are not known yet. */
export function question(view: PowerState, years: string | null): Asked | null {
  const { show, economy, product, year } = view;
  if (OF_AN_ECONOMY.has(show) && economy === null) return null;
  const more = how(view, show);
  switch (show) {
    case "products":
      return ask("power", [["economy", economy], ["years", year], ["chart", "scatter"], ...more]);
    case "change":
      return years === null ? null : ask("power/change", [["economy", economy], ["product", product], ["years", years], ["chart", "waterfall"], ...more]);
    case "roads":
      return years === null ? null : ask("power/roads", [["economy", economy], ["product", product], ["years", years], ["chart", "stages"], ...more]);
    case "leaders":
      return ask("power/leaders", [["economy", economy], ["year", year], ["chart", "bars"], ...more]);
    case "elasticities":
      return ask("power/elasticities", [["economy", economy], ["product", product], ["years", year], ["methods", view.methods.join(",") || null], ...more]);
    default:
      return ranking(view);
  }
}
