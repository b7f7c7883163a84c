import { useCallback, useMemo } from "react";
import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { api } from "../api/client";
import type { Group } from "../api/client";
import { useResource } from "../api/resource";
import { Chips } from "../ui/Chips";
import { Combobox } from "../ui/Combobox";
import type { Choice } from "./search";
import { useEconomies, useEconomyChoices } from "./useLists";

interface Props {
  /** As the API writes them: "region:Asia", "income:high", "bloc:ASEAN", "agreement:RCEP" or codes of economies. */
  among: readonly string[];
  lang: Language;
  onChange: (among: string[]) => void;
}

/** Which markets are compared at all: by region, income, bloc, agreement or one by one. */
export function AmongField({ among, lang, onChange }: Props) {
  const t = useSay();
  const choices = useCandidateChoices(lang);
  const nameOf = (term: string) => choices.find(({ code }) => code === term)?.name ?? term;
  return (
    <>
      <Combobox
        adds
        label={t("among.add")}
        hint={t("among.hint")}
        name="among"
        choices={choices.filter(({ code }) => !among.includes(code))}
        value={null}
        onChoose={(term) => onChange([...among, term])}
      />
      <Chips
        label={t("among.title")}
        chips={among.map((term) => ({ code: term, name: nameOf(term) }))}
        onRemove={(term) => onChange(among.filter((one) => one !== term))}
      />
    </>
  );
}

/** Whatever `among` may name, as the API writes it, with what kind of thing it is. */
function useCandidateChoices(lang: Language): Choice[] {
  const t = useSay();
  const lists = useResource(`candidates ${lang}`, "candidates", useCallback(() => api.candidates(lang), [lang])).data;
  const economies = useEconomyChoices(useEconomies(lang).data?.economies);
  return useMemo(() => {
    const of = (kind: "region" | "income" | "bloc" | "agreement", groups: readonly Group[] | undefined): Choice[] =>
      (groups ?? []).map(({ id, name }) => ({ code: `${kind}:${id}`, name, otherNames: [id], remark: t(`among.kind.${kind}`) }));
    return [
      ...of("region", lists?.regions),
      ...of("income", lists?.incomes),
      ...of("bloc", lists?.blocs),
      ...of("agreement", lists?.agreements),
      { code: "agreement:any", name: t("among.agreement.any"), otherNames: [], remark: t("among.kind.agreement") },
      { code: "agreement:none", name: t("among.agreement.none"), otherNames: [], remark: t("among.kind.agreement") },
      ...economies,
    ];
  }, [lists, economies, t]);
}
