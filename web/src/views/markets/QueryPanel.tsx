import { memo } from "react";
import { EconomyField } from "../../lists/EconomyField";
import { YearAndData } from "../../lists/YearAndData";
import { MethodOptions } from "../../method/MethodOptions";
import { Candidates } from "./Candidates";
import { ProductBasket } from "./ProductBasket";
import type { MarketsState } from "./state";
import { goTo } from "./state";

/** What is asked: exporter, product or basket, year, data set, candidates, and how it is computed. */
export const QueryPanel = memo(function QueryPanel({ view }: { view: MarketsState }) {
  return (
    <>
      <EconomyField
        value={view.exporter}
        lang={view.lang}
        onChoose={(exporter) => goTo({ exporter, market: view.market === exporter ? null : view.market })}
      />
      <ProductBasket view={view} />
      <YearAndData year={view.year} data={view.data} lang={view.lang} onChange={goTo} />
      <Candidates view={view} />
      <MethodOptions method={view.method} onChange={(method) => goTo({ method })} />
    </>
  );
});
