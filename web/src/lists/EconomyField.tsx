import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { Combobox } from "../ui/Combobox";
import { useEconomies, useEconomyChoices } from "./useLists";

interface Props {
  /** "Exporter" if left out. */
  label?: string;
  /** Name of the field, as of the option of the API. */
  name?: string;
  value: string | null;
  onChoose: (code: string) => void;
  lang: Language;
}

/** An economy or a group, by code, name in either language, pinyin or alias. */
export function EconomyField({ label, name = "exporter", value, onChoose, lang }: Props) {
  const t = useSay();
  const choices = useEconomyChoices(useEconomies(lang).data?.economies);
  return <Combobox label={label ?? t("ask.exporter")} hint={t("ask.exporter.hint")} name={name} choices={choices} value={value} onChoose={onChoose} />;
}
