import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { Select } from "../ui/Select";
import { useDatasets } from "./useLists";

interface Props {
  year: string | null;
  data: string | null;
  onChange: (change: { year?: string | null; data?: string | null }) => void;
  lang: Language;
  /** Whether the question is about one year; if not, only the data set is asked for. */
  ofOneYear?: boolean;
}

/** The year and the data set; null stands for the latest and the default one. */
export function YearAndData({ year, data, onChange, lang, ofOneYear = true }: Props) {
  const t = useSay();
  const datasets = useDatasets(lang).data;
  const name = data ?? datasets?.default ?? "";
  const years = [...(datasets?.datasets.find((one) => one.name === name)?.years ?? [])].sort((a, b) => b - a).map(String);
  const latest = years[0];
  return (
    <>
      {ofOneYear && (
        <Select
          label={t("ask.year")}
          name="year"
          value={year ?? latest ?? ""}
          options={years.map((one) => ({ value: one, label: one }))}
          onChoose={(chosen) => onChange({ year: chosen === latest ? null : chosen })}
        />
      )}
      <Select
        label={t("ask.data")}
        name="data"
        value={name}
        options={(datasets?.datasets ?? []).map((one) => ({ value: one.name, label: `${one.title} (${one.classification})` }))}
        onChoose={(chosen) => onChange({ data: chosen === datasets?.default ? null : chosen, year: null })}
      />
    </>
  );
}
