/** What the address says of intra-industry trade. */

import type { Part } from "../../state/parts";
import { list, oneOf, options, text } from "../../state/parts";
import { declareView } from "../../state/view";

const INDUSTRIES = ["hs6", "hs4", "hs2", "section", "class", "sitc1", "sitc2", "sitc3", "sitc4", "sitc5", "bec"] as const;

/** Options that are chosen among a few; the first of each is the default. */
export const IIT_OPTIONS = {
  by: INDUSTRIES,
  level: ["auto", ...INDUSTRIES],
  typing: ["ghm", "ff", "celi"],
  iit_type_by: ["overlap", "unit_value"],
  of: ["class", "industry"],
} as const;
export type IitOption = keyof typeof IIT_OPTIONS;

/** What is written into a field. */
export const IIT_ENTRIES = ["alpha", "span", "tc_bands", "bands"] as const;

export const SHOWS = ["level", "kinds", "industries", "competitiveness", "sources", "tables"] as const;
export type Show = (typeof SHOWS)[number];

/** The reporter; in the address under the name that goes along from view to view. */
const reporter: Part<string | null> = {
  read: (query) => query.get("exporter") ?? query.get("reporter"),
  write: (value) => [["exporter", value]],
};
/** Codes or their beginnings; where none are named, the product with which one came from another view. */
const products: Part<readonly string[]> = {
  read: (query) => (query.get("products") ?? query.get("product"))?.split(",").filter(Boolean) ?? [],
  write: (value) => [["product", value.join(",") || null]],
};

export const iitView = declareView("iit", {
  reporter,
  products,
  /** Lists, groups or economies, each a partner; empty: the world as one. */
  partners: list,
  year: text,
  /** Of what goes over time; null: all years of the data set. */
  years: text,
  data: text,
  show: oneOf(SHOWS),
  method: options(IIT_OPTIONS),
  alpha: text,
  span: text,
  tc_bands: text,
  bands: text,
  sort: text,
  columns: list,
});

export type IitState = ReturnType<typeof iitView.use>;
export const { goTo } = iitView;

/** What is told of several years. */
export const OVER_TIME: ReadonlySet<Show> = new Set<Show>(["level", "kinds", "sources", "tables"]);

/** The change of state that puts the nearest valid value where the wrong one was. */
export function fixFor(state: IitState, field: string, value: string): Partial<IitState> {
  if (field in IIT_OPTIONS) return { method: { ...state.method, [field]: value } };
  if (field === "partners" || field === "products") return { [field]: value.split(",") };
  if (field === "years" && !OVER_TIME.has(state.show)) return { year: value };
  return { [field]: value };
}
