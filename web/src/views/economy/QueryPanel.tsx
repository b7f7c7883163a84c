import { memo } from "react";
import { EconomyField } from "../../lists/EconomyField";
import { YearAndData } from "../../lists/YearAndData";
import { Select } from "../../ui/Select";
import type { EconomyState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const LEVELS = ["4", "6"] as const;
const ROWS = ["10", "25", "50", "100"];
const WINDOWS = ["3", "5", "10"] as const;

export const QueryPanel = memo(function QueryPanel({ view }: { view: EconomyState }) {
  const t = useTexts();
  return (
    <>
      <EconomyField label={t("economy")} value={view.exporter} lang={view.lang} onChoose={(exporter) => goTo({ exporter })} />
      <YearAndData year={view.year} data={view.data} lang={view.lang} onChange={goTo} />
      <Select
        label={t("level")}
        name="level"
        value={view.level}
        options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        onChoose={(level) => goTo({ level })}
      />
      <Select label={t("rows")} name="top" value={view.top} options={ROWS.map((value) => ({ value, label: value }))} onChoose={(top) => goTo({ top })} />
      <Select
        label={t("window")}
        name="window"
        value={view.window}
        options={WINDOWS.map((value) => ({ value, label: t(`window.${value}`) }))}
        onChoose={(window) => goTo({ window })}
      />
    </>
  );
});
