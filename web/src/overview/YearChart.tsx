import { useCallback, useMemo } from "react";
import { ChartFrame } from "../charts/ChartFrame";
import type { Column } from "../api/client";
import { cell, numberIn, textIn } from "../api/rows";
import { formatBare, formatWithUnit, unitLabel } from "../format/number";
import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { How } from "../ui/How";
import { linesOption } from "./lines";
import type { Part } from "./shapes";
import { YearTable } from "./YearTable";

interface Props {
  title: string;
  part: Part;
  /** Columns drawn, each as a line; all of one unit. */
  ids: readonly string[];
  /** The analysis year, marked. */
  year: number;
  fileName: string;
  lang: Language;
}

/** Columns of one unit over the years, as lines with their names at their ends. */
export function YearChart({ title, part, ids, year, fileName, lang }: Props) {
  const t = useSay();
  const named = ids.join();
  const columns = useMemo(() => named.split(",").flatMap((id): Column[] => part.columns.filter((column) => column.id === id)), [part, named]);
  const unit = columns[0]?.unit ?? "1";
  const option = useCallback(
    (palette: Parameters<typeof linesOption>[0]) =>
      linesOption(palette, {
        years: part.rows.map((row) => textIn(row, "year")),
        marked: String(year),
        unit: unitLabel(unit, lang),
        axis: (value) => formatBare(value, "", unit === "1" ? "score" : unit, lang).replace(/(\.\d)00$/, "$1"),
        say: (value) => formatWithUnit(value, columns[0]?.id ?? "", unit, lang),
        lines: columns.map(({ id, name }) => ({ name, values: part.rows.map((row) => numberIn(row, id)) })),
      }),
    [part, columns, unit, year, lang],
  );
  const last = part.rows.at(-1);
  const said = columns.map(({ id, name }) => `${name} ${formatWithUnit(last ? cell(last, id) : null, id, unit, lang) || "–"}`);
  const latest = textIn(last ?? {}, "year");
  return (
    <div className="year-chart">
      <ChartFrame
        title={title}
        description={lang === "zh" ? `${title}。${latest}：${said.join("；")}` : `${title}. ${latest}: ${said.join("; ")}`}
        option={option}
        height={15}
        fileName={fileName}
      >
        <YearTable caption={title} part={part} ids={ids} lang={lang} />
      </ChartFrame>
      <p className="small muted chart-keys">
        {t("how.title")}
        {columns.map(({ id, name }) => (
          <How key={id} id={id} name={name} />
        ))}
      </p>
    </div>
  );
}
