import { useCallback, useMemo } from "react";
import type { Language } from "../../i18n/language";
import { api } from "../../api/client";
import type { Group } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Choice } from "../../lists/search";
import { useEconomies, useEconomyChoices } from "../../lists/useLists";
import { Chips } from "../../ui/Chips";
import { Combobox } from "../../ui/Combobox";
import { Fold } from "../../ui/Fold";
import { Select } from "../../ui/Select";
import type { MarketsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const SERVED = ["all", "new", "served"] as const;

/** Which markets are compared at all: by region, income, bloc, agreement or one by one, and whether already served. */
export function Candidates({ view }: { view: MarketsState }) {
  const t = useTexts();
  const choices = useCandidateChoices(view.lang);
  const nameOf = (term: string) => choices.find(({ code }) => code === term)?.name ?? term;
  const changed = view.among.length + Number(view.served !== "all");
  return (
    <Fold title={t("among.title")} changed={changed}>
      <Combobox
        adds
        label={t("among.add")}
        hint={t("among.hint")}
        name="among"
        choices={choices.filter(({ code }) => !view.among.includes(code))}
        value={null}
        onChoose={(term) => goTo({ among: [...view.among, term] })}
      />
      <Chips
        label={t("among.title")}
        chips={view.among.map((term) => ({ code: term, name: nameOf(term) }))}
        onRemove={(term) => goTo({ among: view.among.filter((one) => one !== term) })}
      />
      <Select
        label={t("among.served")}
        name="served"
        value={view.served}
        options={SERVED.map((value) => ({ value, label: t(`among.served.${value}`) }))}
        onChoose={(served) => goTo({ served })}
      />
      <p className="muted small">{t("among.note")}</p>
    </Fold>
  );
}

/** Whatever `among` may name, as the API writes it, with what kind of thing it is. */
function useCandidateChoices(lang: Language): Choice[] {
  const t = useTexts();
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
