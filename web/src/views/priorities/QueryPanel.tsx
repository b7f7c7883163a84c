import { memo } from "react";
import type { Column, Preset } from "../../api/client";
import { AmongField } from "../../lists/AmongField";
import { EconomyField } from "../../lists/EconomyField";
import { YearAndData } from "../../lists/YearAndData";
import { MethodOptions } from "../../method/MethodOptions";
import { MANY_PRODUCTS_OPTIONS } from "../../method/options";
import { Fold } from "../../ui/Fold";
import { Select } from "../../ui/Select";
import type { PrioritiesState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const LEVELS = ["4", "6"] as const;
const TOPS = ["50", "100", "200", "500", "1000"];
const SERVED = ["all", "new", "served"] as const;
const METRICS = ["unrealised_usd", "potential_usd", "market_size_usd", "gap"];

interface Props {
  view: PrioritiesState;
  /** Of the answer, for the names of what ranks. */
  columns: readonly Column[] | undefined;
  presets: readonly Preset[] | undefined;
}

export const QueryPanel = memo(function QueryPanel({ view, columns, presets }: Props) {
  const t = useTexts();
  return (
    <>
      <EconomyField value={view.exporter} lang={view.lang} onChoose={(exporter) => goTo({ exporter, market: null })} />
      <YearAndData year={view.year} data={view.data} lang={view.lang} onChange={goTo} />
      <Select
        label={t("rank_by")}
        name="rank_by"
        value={view.rank_by}
        options={[
          ...METRICS.map((value) => ({ value, label: columns?.find(({ id }) => id === value)?.name ?? value })),
          { value: "score", label: t("rank_by.score") },
        ]}
        onChoose={(rank_by) => goTo({ rank_by, sort: null })}
      />
      {view.rank_by === "score" && (
        <Select
          label={t("weights")}
          name="weights"
          value={view.weights}
          options={(presets ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(weights) => goTo({ weights })}
        />
      )}
      <Select label={t("top")} name="top" value={view.top} options={TOPS.map((value) => ({ value, label: value }))} onChoose={(top) => goTo({ top })} />
      <Select
        label={t("level")}
        name="level"
        value={view.level}
        options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        onChoose={(level) => goTo({ level, product: null })}
      />
      <Select
        label={t("served")}
        name="served"
        value={view.served}
        options={SERVED.map((value) => ({ value, label: t(`served.${value}`) }))}
        onChoose={(served) => goTo({ served })}
      />
      <Fold title={t("among.title")} changed={view.among.length}>
        <AmongField among={view.among} lang={view.lang} onChange={(among) => goTo({ among })} />
        <p className="muted small">{t("among.note")}</p>
      </Fold>
      <MethodOptions method={view.method} offered={MANY_PRODUCTS_OPTIONS} onChange={(method) => goTo({ method })} />
    </>
  );
});
