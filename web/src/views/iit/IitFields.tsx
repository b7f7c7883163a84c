import { useCallback, useMemo } from "react";
import { client, unwrap } from "../../api/client";
import type { Resource } from "../../api/resource";
import { useResource } from "../../api/resource";
import type { components } from "../../api/schema";
import type { Language } from "../../i18n/language";
import { EconomyField } from "../../lists/EconomyField";
import { SpanField } from "../../lists/SpanField";
import { useEconomies, useEconomyChoices, useProductChoices, useProducts } from "../../lists/useLists";
import { YearAndData } from "../../lists/YearAndData";
import { OptionFold } from "../../method/OptionFold";
import { differing } from "../../method/options";
import { Chips } from "../../ui/Chips";
import { Combobox } from "../../ui/Combobox";
import { Entry } from "../../ui/Entry";
import type { en } from "./en";
import type { IitOption, IitState } from "./state";
import { goTo, IIT_ENTRIES, IIT_OPTIONS, OVER_TIME } from "./state";
import { useTexts } from "./texts";

type Key = keyof typeof en;
type PartnerList = components["schemas"]["PartnerList"];

/** What each tab can be told; the tables for publication have their own layout. */
function optionsOf(show: IitState["show"]): readonly IitOption[] {
  if (show === "tables") return ["by"];
  return ["by", "level", "typing", "iit_type_by", ...(show === "sources" ? (["of"] as const) : [])];
}

/** What is asked: whose trade, with whom, in what, when, and how it is told apart. */
export function IitFields({ view }: { view: IitState }) {
  const t = useTexts();
  const { lang, show } = view;
  const say = (name: IitOption, value?: string): string => {
    if (value === undefined) return t(`method.${name}`);
    return t(`method.${name === "level" ? "by" : name}.${value}` as Key);
  };
  const entered = IIT_ENTRIES.filter((name) => view[name] !== null);
  return (
    <>
      <EconomyField label={t("ask.reporter")} name="reporter" value={view.reporter} lang={lang} onChoose={(reporter) => goTo({ reporter })} />
      <Partners view={view} />
      <Products view={view} />
      <YearAndData
        year={view.year}
        data={view.data}
        lang={lang}
        ofOneYear={!OVER_TIME.has(show)}
        onChange={(change) => goTo("data" in change ? { ...change, years: null } : change)}
      />
      {OVER_TIME.has(show) && <SpanField years={view.years} data={view.data} lang={lang} onChange={(years) => goTo({ years })} />}
      <OptionFold
        offered={IIT_OPTIONS}
        names={optionsOf(show)}
        chosen={view.method}
        say={say}
        onChange={(method) => goTo({ method })}
        changed={differing(IIT_OPTIONS, view.method).length + entered.length}
      >
        {show !== "tables" &&
          IIT_ENTRIES.map((name) => (
            <Entry key={name} label={t(`method.${name}`)} hint={t(`method.${name}.hint`)} name={name} value={view[name]} onEnter={(value) => goTo({ [name]: value })} />
          ))}
      </OptionFold>
    </>
  );
}

function usePartnerLists(lang: Language): Resource<{ partners: PartnerList[] }> {
  const loader = useCallback(() => unwrap(client.GET("/api/v1/lists/partners", { params: { query: { lang } } })), [lang]);
  return useResource(`partner lists ${lang}`, "partner lists", loader);
}

/** Lists such as developed and developing, groups, economies: each is a partner of its own. */
function Partners({ view }: { view: IitState }) {
  const t = useTexts();
  const { lang, partners } = view;
  const economies = useEconomyChoices(useEconomies(lang).data?.economies);
  const lists = usePartnerLists(lang).data?.partners;
  const choices = useMemo(
    () => [
      { code: "each", name: t("partners.each"), otherNames: ["each"] },
      ...(lists ?? []).map(({ id, name }) => ({ code: id, name, otherNames: [id], remark: t("partners.list") })),
      ...economies,
    ],
    [lists, economies, t],
  );
  return (
    <div>
      <Combobox
        label={t("ask.partners")}
        hint={t("ask.partners.hint")}
        name="partners"
        choices={choices}
        value={null}
        onChoose={(code) => goTo({ partners: [...partners.filter((one) => one !== code), code] })}
        adds
      />
      <Chips
        label={t("ask.partners")}
        chips={partners.map((code) => ({ code, name: choices.find((one) => one.code === code)?.name ?? code }))}
        onRemove={(code) => goTo({ partners: partners.filter((one) => one !== code) })}
      />
    </div>
  );
}

/** Only these products; all of the data set where none is named. */
function Products({ view }: { view: IitState }) {
  const t = useTexts();
  const { lang, products } = view;
  const choices = useProductChoices(useProducts(lang, view.data).data?.products);
  return (
    <div>
      <Combobox
        label={t("ask.products")}
        hint={t("ask.products.hint")}
        name="products"
        choices={choices}
        value={null}
        onChoose={(code) => goTo({ products: [...products.filter((one) => one !== code), code] })}
        adds
      />
      <Chips
        label={t("ask.products")}
        chips={products.map((code) => ({ code, name: choices.find((one) => one.code === code)?.name ?? code }))}
        onRemove={(code) => goTo({ products: products.filter((one) => one !== code) })}
      />
    </div>
  );
}
