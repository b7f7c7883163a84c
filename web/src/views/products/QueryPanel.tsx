import { memo } from "react";
import { EconomyField } from "../../lists/EconomyField";
import { YearAndData } from "../../lists/YearAndData";
import { MethodOptions } from "../../method/MethodOptions";
import { MANY_PRODUCTS_OPTIONS } from "../../method/options";
import { Select } from "../../ui/Select";
import type { ProductsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const LEVELS = ["4", "6"] as const;
const SERVED = ["all", "new", "served"] as const;

/** What is asked: exporter, market, year, data set, digits, and how it is computed. */
export const QueryPanel = memo(function QueryPanel({ view }: { view: ProductsState }) {
  const t = useTexts();
  const { lang } = view;
  return (
    <>
      <EconomyField value={view.exporter} lang={lang} onChoose={(exporter) => goTo({ exporter, product: null })} />
      <EconomyField label={t("market")} name="market" value={view.market} lang={lang} onChoose={(market) => goTo({ market, product: null })} />
      <YearAndData year={view.year} data={view.data} lang={lang} onChange={goTo} />
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
        onChoose={(served) => goTo({ served, product: null })}
      />
      <MethodOptions method={view.method} offered={MANY_PRODUCTS_OPTIONS} onChange={(method) => goTo({ method })} />
    </>
  );
});
