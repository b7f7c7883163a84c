/** What the address says of trade power. */

import type { Part } from "../../state/parts";
import { list, oneOf, options, text } from "../../state/parts";
import { declareView } from "../../state/view";

/** Options that are chosen among a few; the first of each is the default. */
export const POWER_OPTIONS = {
  rank_by: [
    "tpi", "tpi_export", "tpi_import", "tlc", "tlc_export", "tlc_import", "tlc_all", "price_factor_export",
    "price_factor_import", "quality", "value_for_money", "markup", "market_power", "tpi_market_power",
  ],
  method: ["fixed_point", "iterate", "feenstra", "given"],
  estimator: ["liml", "gmm"],
  average: ["quantity", "simple", "geometric"],
  import_price: ["unit", "variety"],
  level: ["auto", "4", "6"],
  side: ["total", "export", "import"],
  steps: ["ends", "each"],
} as const;
export type PowerOption = keyof typeof POWER_OPTIONS;

/** What is written into a field. */
export const POWER_ENTRIES = ["least_exporters", "winsorise", "sigma_table"] as const;

export const SHOWS = ["ranking", "path", "products", "change", "roads", "leaders", "elasticities"] as const;
export type Show = (typeof SHOWS)[number];

/** The economy asked about; in the address under the name that goes along from view to view. */
const economy: Part<string | null> = {
  read: (query) => query.get("exporter") ?? query.get("economy"),
  write: (value) => [["exporter", value]],
};
/** Of a basket of another view only its first product. */
const product: Part<string | null> = {
  read: (query, name) => query.get(name)?.split(",")[0] ?? null,
  write: (value, name) => [[name, value]],
};

export const powerView = declareView("power", {
  economy,
  product,
  year: text,
  /** Of what goes over time; null: all years of the data set. */
  years: text,
  data: text,
  show: oneOf(SHOWS),
  /** Economies whose paths stand beside each other. */
  chosen: list,
  method: options(POWER_OPTIONS),
  least_exporters: text,
  winsorise: text,
  sigma_table: text,
  /** Methods that are compared; empty: all. */
  methods: list,
  sort: text,
  columns: list,
});

export type PowerState = ReturnType<typeof powerView.use>;
export const { goTo } = powerView;

/** So many economies can be compared with the one asked about. */
export const MOST_PATHS = 8;

/** The economies whose paths are asked for: the one asked about, then those compared with it. */
export const economiesOf = ({ economy, chosen }: Pick<PowerState, "economy" | "chosen">): string[] => [
  ...(economy === null ? [] : [economy]),
  ...chosen.filter((code) => code !== economy).slice(-MOST_PATHS),
];

/** The change of state that puts the nearest valid value where the wrong one was. */
export function fixFor(state: PowerState, field: string, value: string): Partial<PowerState> {
  if (field in POWER_OPTIONS) return { method: { ...state.method, [field]: value } };
  if (field === "years" && !OVER_TIME.has(state.show)) return { year: value };
  if (field === "methods") return { methods: [] };
  return { [field]: value };
}

/** What is told of several years. */
export const OVER_TIME: ReadonlySet<Show> = new Set<Show>(["path", "change", "roads"]);
/** What is told of one economy. */
export const OF_AN_ECONOMY: ReadonlySet<Show> = new Set<Show>(["products", "change", "roads"]);
