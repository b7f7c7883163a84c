/** The view's questions, as the API takes them. */

import type { Asked } from "../../api/family";
import { queryOf } from "../../api/family";
import { differing } from "../../method/options";
import type { IitOption, IitState } from "./state";
import { IIT_OPTIONS, OVER_TIME } from "./state";

/** An aggregate over fine cells is the same whatever the industries beside it, so the coarsest are asked for. */
const FINE = new Set(["hs2", "hs4", "hs6"]);
const COARSE = "section";

const CHART = { level: "path", kinds: "stack", industries: "bars", competitiveness: null, sources: "waterfall" } as const;

/** What the present tab asks; null where no reporter is named or the years are not known yet. */
export function question(view: IitState, years: string | null): Asked | null {
  const { show, reporter } = view;
  const when = OVER_TIME.has(show) ? years : view.year;
  if (reporter === null || (OVER_TIME.has(show) && when === null)) return null;
  const common: [string, string | null][] = [
    ["reporter", reporter],
    ["partners", view.partners.join(",") || null],
    ["products", view.products.join(",") || null],
    ["years", when],
    ["data", view.data],
    ["lang", view.lang],
  ];
  const chosen = Object.fromEntries(differing(IIT_OPTIONS, view.method)) as Partial<Record<IitOption, string>>;
  if (show === "tables") return { path: "iit/tables", query: queryOf([...common, ["by", chosen.by ?? null]]) };
  const { of, ...rest } = chosen;
  const asked = { ...rest, ...(show === "level" || show === "kinds" ? overTime(rest) : {}), ...(show === "sources" && of ? { of } : {}) };
  return {
    path: show === "sources" ? "iit/sources" : "iit",
    query: queryOf([
      ...common,
      ...Object.entries(asked),
      ["alpha", view.alpha],
      ["span", view.span],
      ["tc_bands", view.tc_bands],
      ["bands", view.bands],
      ["chart", CHART[show]],
    ]),
  };
}

function overTime({ by = IIT_OPTIONS.by[0], level }: Partial<Record<IitOption, string>>): Partial<Record<IitOption, string>> {
  return FINE.has(by) && level === undefined ? { by: COARSE, level: by } : {};
}
