import { memo } from "react";
import { ProductField } from "../../lists/ProductField";
import { YearAndData } from "../../lists/YearAndData";
import { Select } from "../../ui/Select";
import type { ProductState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const ROWS = ["10", "25", "50", "100"];
const WINDOWS = ["3", "5", "10"] as const;

export const QueryPanel = memo(function QueryPanel({ view }: { view: ProductState }) {
  const t = useTexts();
  return (
    <>
      <ProductField value={view.product} data={view.data} lang={view.lang} onChoose={(product) => goTo({ product })} />
      <YearAndData year={view.year} data={view.data} lang={view.lang} onChange={goTo} />
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
