import { useTranslation } from "react-i18next";
import type { Column } from "../api/client";
import { unitLabel } from "../format/number";
import type { Language } from "../state/viewState";
import type { Sort } from "./ranking";

interface Props {
  column: Column;
  lang: Language;
  sort: Sort | null;
  onSort: (column: Column) => void;
}

const ARROW = { more: "↑", less: "↓", none: "" } as const;

/** Name, unit and better direction of a column; a click sorts by it. */
export function HeaderCell({ column, lang, sort, onSort }: Props) {
  const { t } = useTranslation();
  const unit = unitLabel(column.unit, lang);
  const direction = column.direction === "none" ? "" : t(`table.${column.direction}`);
  const sorted = sort?.id === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
  const byRank = sort === null && column.id === "rank" ? "ascending" : undefined;
  const ranksNeedNoArrow = column.unit === "rank";
  return (
    <th scope="col" data-col={column.id} data-unit={column.unit} aria-sort={sorted ?? byRank}>
      <button type="button" onClick={() => onSort(column)} title={[column.meaning, direction].filter(Boolean).join(" · ")}>
        <span className="head-name">{column.name}</span>
        <span className="head-unit">
          {unit} {!ranksNeedNoArrow && <span aria-label={direction}>{ARROW[column.direction]}</span>}
          <span className="sort-mark" aria-hidden="true">
            {sorted === "descending" ? "▼" : sorted === "ascending" ? "▲" : ""}
          </span>
        </span>
      </button>
    </th>
  );
}
