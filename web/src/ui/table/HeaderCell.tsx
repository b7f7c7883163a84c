import { useSay } from "../../i18n";
import type { Column } from "../../api/client";
import { unitLabel } from "../../format/number";
import type { Language } from "../../i18n/language";
import { goToShell } from "../../state/view";
import type { Sort } from "./order";

interface Props {
  column: Column;
  lang: Language;
  sort: Sort | null;
  /** The rows stand in this column's order by themselves. */
  ordering: boolean;
  onSort: (column: Column) => void;
}

const ARROW = { more: "↑", less: "↓", none: "" } as const;

/** Name, unit and better direction of a column; a click sorts by it, "?" tells how it is computed. */
export function HeaderCell({ column, lang, sort, ordering, onSort }: Props) {
  const t = useSay();
  const unit = unitLabel(column.unit, lang);
  const direction = column.direction === "none" ? "" : t(`table.${column.direction}`);
  const sorted = sort?.id === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
  const byItself = sort === null && ordering ? "ascending" : undefined;
  const ranksNeedNoArrow = column.unit === "rank";
  return (
    <th scope="col" data-col={column.id} data-unit={column.unit} data-how={column.id} aria-sort={sorted ?? byItself}>
      <button type="button" className="head-sort" onClick={() => onSort(column)} title={[column.meaning, direction].filter(Boolean).join(" · ")}>
        <span className="head-name">{column.name}</span>
        <span className="head-unit">
          {unit} {!ranksNeedNoArrow && direction !== "" && (
            <>
              <span aria-hidden="true">{ARROW[column.direction]}</span>
              <span className="visually-hidden">{direction}</span>
            </>
          )}
          <span className="sort-mark" aria-hidden="true">
            {sorted === "descending" ? "▼" : sorted === "ascending" ? "▲" : ""}
          </span>
        </span>
      </button>
      <button type="button" className="head-how" tabIndex={-1} aria-label={t("how.of", { name: column.name })} onClick={() => goToShell({ how: column.id })}>
        ?
      </button>
    </th>
  );
}
