import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { Combobox } from "../ui/Combobox";
import { useProductChoices, useProducts } from "./useLists";

interface Props {
  label?: string;
  name?: string;
  value: string | null;
  onChoose: (code: string) => void;
  /** Data set whose products are offered; null: the default one. */
  data: string | null;
  lang: Language;
}

/** A product, by HS code, words in either language, initials or synonyms. */
export function ProductField({ label, name = "product", value, onChoose, data, lang }: Props) {
  const t = useSay();
  const choices = useProductChoices(useProducts(lang, data).data?.products);
  return <Combobox label={label ?? t("ask.product")} hint={t("ask.product.hint")} name={name} choices={choices} value={value} onChoose={onChoose} />;
}
