/** Which columns a table of trade parameters shows, and in which groups they are switched on. */

import type { Column } from "../../api/client";

export const COLUMN_GROUPS = {
  trade: ["served", "value_usd", "quantity_t", "quantity_coverage", "share_in_market", "market_size_usd"],
  potential: ["gravity_share", "gap", "potential_static_usd", "potential_usd", "unrealised_usd"],
  growth: ["cagr", "lyg", "growth", "growth_basis"],
  match: ["supply", "demand", "sd", "sd_years", "gdp_basis"],
  distance: ["distance_km", "cda", "edist", "idist"],
  tariff: ["tariff", "tariff_mfn", "tariff_preferential", "tariff_lowest", "tariff_lines", "tariff_basis", "et", "it", "cta"],
  price: ["price_usd_t", "ep", "ip", "cpa"],
  conditions: [
    "contract_cost",
    "customs_cost",
    "rule_of_law",
    "political_stability",
    "lpi",
    "lpi_customs",
    "lpi_infrastructure",
    "lpi_shipments",
    "lpi_competence",
    "lpi_tracking",
    "lpi_timeliness",
  ],
  agreement: ["fta", "fta_name", "fta_date"],
  rank: ["rank_low", "rank_high", "weight_present"],
} as const satisfies Record<string, readonly string[]>;

export type ColumnGroup = keyof typeof COLUMN_GROUPS;
export const GROUP_NAMES = Object.keys(COLUMN_GROUPS) as ColumnGroup[];

/** They say the same in every row, or stand at its head under another name. */
const NEVER = new Set(["exporter", "importer", "product", "year", "exporter_name", "importer_name", "product_name", "score", "rank"]);

export const isColumnGroup = (name: string): name is ColumnGroup => name in COLUMN_GROUPS;

/** Everything that may be a column of the table, in the order of the answer. */
export function tableColumns(columns: readonly Column[]): Column[] {
  return columns.filter((column) => !column.hidden && !NEVER.has(column.id));
}

/** The ids meant by `chosen`: names of groups or of columns. */
export function chosenIds(chosen: readonly string[]): Set<string> {
  return new Set(chosen.flatMap((name): readonly string[] => (isColumnGroup(name) ? COLUMN_GROUPS[name] : [name])));
}

/** The columns that are shown for `chosen`: nothing for the essentials, "all", or names of groups and columns. */
export function visibleColumns(columns: readonly Column[], chosen: readonly string[], essentials: readonly string[]): Column[] {
  const possible = tableColumns(columns);
  if (chosen.includes("all")) return possible;
  const wanted = chosen.length > 0 ? chosenIds(chosen) : new Set(essentials);
  return possible.filter((column) => wanted.has(column.id));
}

/** As kept in the address: whole groups by their name, nothing where it is the essentials. */
export function keptColumns(ids: ReadonlySet<string>, columns: readonly Column[], essentials: readonly string[]): string[] {
  const possible = tableColumns(columns).map(({ id }) => id);
  const shown = possible.filter((id) => ids.has(id));
  const standard = possible.filter((id) => essentials.includes(id));
  if (shown.join() === standard.join()) return [];
  if (shown.length === possible.length) return ["all"];
  const whole = GROUP_NAMES.filter((group) => {
    const members = COLUMN_GROUPS[group].filter((id) => possible.includes(id));
    return members.length > 0 && members.every((id) => ids.has(id));
  });
  const covered = chosenIds(whole);
  return [...whole, ...shown.filter((id) => !covered.has(id))];
}

/** Columns by group; what no group knows comes last as "other". */
export function groupedColumns(columns: readonly Column[]): { group: ColumnGroup | "other"; columns: Column[] }[] {
  const possible = tableColumns(columns);
  const grouped = GROUP_NAMES.map((group) => ({
    group,
    columns: possible.filter((column) => (COLUMN_GROUPS[group] as readonly string[]).includes(column.id)),
  }));
  const known = new Set<string>(Object.values(COLUMN_GROUPS).flat());
  const other = { group: "other" as const, columns: possible.filter((column) => !known.has(column.id)) };
  return [...grouped, other].filter((entry) => entry.columns.length > 0);
}
