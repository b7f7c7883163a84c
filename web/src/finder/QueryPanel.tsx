import { useTranslation } from "react-i18next";
import type { Dataset, Economy, Product } from "../api/client";
import { useEconomyChoices, useProductChoices } from "../lists/useLists";
import { goTo } from "../state/useViewState";
import type { ViewState } from "../state/viewState";
import { Combobox } from "../ui/Combobox";
import { Select } from "../ui/Select";
import { MethodOptions } from "./MethodOptions";

interface Props {
  view: ViewState;
  economies: readonly Economy[] | undefined;
  products: readonly Product[] | undefined;
  datasets: { default: string; datasets: Dataset[] } | null;
}

/** What is asked: exporter, product, year, data set, and how it is computed. */
export function QueryPanel({ view, economies, products, datasets }: Props) {
  const { t } = useTranslation();
  const exporters = useEconomyChoices(economies);
  const productChoices = useProductChoices(products);
  const data = view.data ?? datasets?.default ?? "";
  const dataset = datasets?.datasets.find(({ name }) => name === data);
  const years = [...(dataset?.years ?? [])].sort((a, b) => b - a).map(String);
  const latest = years[0];
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <h2>{t("ask.title")}</h2>
      <Combobox
        label={t("ask.exporter")}
        hint={t("ask.exporter.hint")}
        name="exporter"
        choices={exporters}
        value={view.exporter}
        onChoose={(exporter) => goTo({ exporter, market: view.market === exporter ? null : view.market })}
      />
      <Combobox
        label={t("ask.product")}
        hint={t("ask.product.hint")}
        name="product"
        choices={productChoices}
        value={view.product}
        onChoose={(product) => goTo({ product })}
      />
      <Select
        label={t("ask.year")}
        name="year"
        value={view.year ?? latest ?? ""}
        options={years.map((year) => ({ value: year, label: year }))}
        onChoose={(year) => goTo({ year: year === latest ? null : year })}
      />
      <Select
        label={t("ask.data")}
        name="data"
        value={data}
        options={(datasets?.datasets ?? []).map(({ name, title, classification }) => ({
          value: name,
          label: `${title} (${classification})`,
        }))}
        onChoose={(name) => goTo({ data: name === datasets?.default ? null : name, year: null })}
      />
      <MethodOptions view={view} />
    </form>
  );
}
