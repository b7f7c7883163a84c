import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { Select } from "../ui/Select";
import { spanOf } from "./span";
import "./span.css";
import { useDatasets } from "./useLists";

interface Props {
  /** "1995-2024" or any other way the API takes years; null: all of the data set. */
  years: string | null;
  data: string | null;
  onChange: (years: string | null) => void;
  lang: Language;
}

/** The years of the data set, in their order. */
export function useYears(data: string | null, lang: Language): number[] {
  const datasets = useDatasets(lang).data;
  const name = data ?? datasets?.default;
  return [...(datasets?.datasets.find((one) => one.name === name)?.years ?? [])].sort((a, b) => a - b);
}

/** From which year to which. */
export function SpanField({ years, data, onChange, lang }: Props) {
  const t = useSay();
  const known = useYears(data, lang);
  const [first, last] = [known[0], known.at(-1)];
  const [from, to] = spanOf(years, known);
  const choose = (start: string, end: string) => onChange(Number(start) === first && Number(end) === last ? null : `${start}-${end}`);
  const option = (year: number) => ({ value: String(year), label: String(year) });
  return (
    <div className="span-fields">
      <Select label={t("ask.from")} name="from" value={from} options={known.filter((year) => year < Number(to)).map(option)} onChoose={(year) => choose(year, to)} />
      <Select label={t("ask.to")} name="to" value={to} options={known.filter((year) => year > Number(from)).map(option)} onChoose={(year) => choose(from, year)} />
    </div>
  );
}
