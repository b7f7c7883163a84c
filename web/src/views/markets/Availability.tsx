import { useState } from "react";
import type { Row } from "../../api/rows";
import { textIn } from "../../api/rows";
import { Select } from "../../ui/Select";
import { ErrorState, Skeleton } from "../../ui/states";
import { ResultTable } from "../../ui/table/ResultTable";
import { useAvailability } from "./questions";
import type { MarketsState } from "./state";
import { useTexts } from "./texts";

const COLUMNS = {
  parameter: [
    "share_known",
    "parameter_name",
    "known",
    "of",
    "first_year",
    "last_year",
    "sources",
    "missing_not_loaded",
    "missing_not_reported",
    "missing_zero_flow",
    "missing_undefined",
    "missing_too_old",
  ],
  market: ["importer", "importer_name", "parameter_name", "present", "data_year", "source", "reason"],
} as const;
const KEY = {
  parameter: (row: Row) => textIn(row, "parameter"),
  market: (row: Row) => `${textIn(row, "importer")} ${textIn(row, "parameter")}`,
};

/** Which parameter is known for which market, of which year, from which source. */
export function Availability({ view }: { view: MarketsState }) {
  const t = useTexts();
  const [by, setBy] = useState<"parameter" | "market">("parameter");
  const [sort, setSort] = useState<string | null>(null);
  const answer = useAvailability(view, by);
  const fits = answer.data?.columns.some(({ id }) => id === COLUMNS[by][0]) === true;
  return (
    <div className="availability">
      <Select
        label={t("available.by")}
        name="by"
        value={by}
        options={(["parameter", "market"] as const).map((value) => ({ value, label: t(`available.by.${value}`) }))}
        onChoose={(value) => {
          setSort(null);
          setBy(value === "market" ? "market" : "parameter");
        }}
      />
      {answer.error && <ErrorState error={answer.error} onRetry={answer.retry} />}
      {!fits && !answer.error && <Skeleton rows={12} />}
      {answer.data && fits && (
        <ResultTable
          key={by}
          caption={t("available.caption")}
          result={answer.data}
          columns={COLUMNS[by]}
          keyOf={KEY[by]}
          lang={view.lang}
          sort={sort}
          onSort={setSort}
        />
      )}
    </div>
  );
}
