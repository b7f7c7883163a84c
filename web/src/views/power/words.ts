/** Words for what the API says in codes: stages, roads, methods and how their estimates ended. */

import type { FamilyAnswer } from "../../api/family";
import type { Row } from "../../api/rows";
import { cell } from "../../api/rows";
import type { Say } from "../../i18n";
import type { en } from "./en";
import { POWER_OPTIONS } from "./state";

type Key = keyof typeof en;

const CODED = ["stage", "road", "sigma_method", "sigma_status", "status_fixed_point", "status_iterate", "status_feenstra", "status_given"] as const;
/** Two kinds of code share a spelling but not a meaning. */
const PREFIX: Readonly<Partial<Record<(typeof CODED)[number], string>>> = { stage: "stage", road: "road", sigma_method: "method.method" };

/** The answer with words in place of codes. */
export function worded(answer: FamilyAnswer, t: Say<Key>): FamilyAnswer {
  const used = CODED.filter((id) => answer.columns.some((column) => column.id === id));
  if (used.length === 0) return answer;
  const rows = answer.rows.map((row: Row) => {
    const said = used.flatMap((id) => {
      const code = cell(row, id);
      if (typeof code !== "string") return [];
      const key = `${PREFIX[id] ?? "status"}.${code}`;
      const word = t(key as Key);
      return [[id, word === key ? code : word] as const];
    });
    return { ...row, ...Object.fromEntries(said) };
  });
  const columns = answer.columns.map((column) => {
    const method = POWER_OPTIONS.method.find((name) => column.id.endsWith(`_${name}`));
    return method ? { ...column, name: column.name.replace(method, t(`method.method.${method}`)) } : column;
  });
  return { ...answer, columns, rows: rows as FamilyAnswer["rows"] };
}
