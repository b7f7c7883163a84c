/** What the API says of studies. */

import type { Query } from "../../api/asked";
import { fileAddress } from "../../api/asked";
import type { components } from "../../api/schema";

export type Studies = components["schemas"]["Studies"];
export type Study = components["schemas"]["Study"];
type File = Study["files"][number];

export const addressOf = (name: string): string => `studies/${encodeURIComponent(name)}`;

/** Where a file of a study lies. */
export const fileOf = (name: string, { part, format }: File, query: Query): string => fileAddress(addressOf(name), { ...query, part }, format);

/** The tables of what a study rests on that stand under a tab: its tests, or its data and sample. */
export function overviewOf(study: Study, show: "tests" | "sample"): Study["overview"] {
  const tests = new Set(["about_instruments", "about_permutations"]);
  return study.overview.filter(({ name }) => tests.has(name) === (show === "tests"));
}
