import { EconomyField } from "../../lists/EconomyField";
import { ProductField } from "../../lists/ProductField";
import { SpanField } from "../../lists/SpanField";
import { useEconomies, useEconomyChoices, useIndicators } from "../../lists/useLists";
import { YearAndData } from "../../lists/YearAndData";
import { OptionFold } from "../../method/OptionFold";
import { differing } from "../../method/options";
import { Chips } from "../../ui/Chips";
import { Combobox } from "../../ui/Combobox";
import { Entry } from "../../ui/Entry";
import type { en } from "./en";
import type { PowerOption, PowerState } from "./state";
import { goTo, MOST_PATHS, OVER_TIME, POWER_ENTRIES, POWER_OPTIONS } from "./state";
import { useTexts } from "./texts";

type Key = keyof typeof en;

const ALWAYS: readonly PowerOption[] = ["method", "estimator", "average", "import_price", "level"];
/** Further options that a question takes, before those that all take. */
const FURTHER: Readonly<Partial<Record<PowerState["show"], readonly PowerOption[]>>> = {
  ranking: ["rank_by"],
  path: ["rank_by"],
  products: ["rank_by"],
  leaders: ["rank_by"],
  change: ["side", "steps"],
};

/** What is asked: whose power, in what, when, among whom, and how it is computed. */
export function PowerFields({ view }: { view: PowerState }) {
  const t = useTexts();
  const { lang, show } = view;
  const indicators = useIndicators(lang, "power").data?.indicators;
  const names = [...(FURTHER[show] ?? []), ...ALWAYS.filter((name) => show !== "elasticities" || name !== "method")];
  const say = (name: PowerOption, value?: string): string => {
    if (value === undefined) return t(name === "rank_by" && show === "path" ? "method.rank_by.path" : `method.${name}`);
    if (name === "rank_by") return indicators?.find(({ id }) => id === value)?.name ?? value;
    return t(`method.${name}.${value}` as Key);
  };
  const entered = POWER_ENTRIES.filter((name) => view[name] !== null);
  return (
    <>
      <div>
        <EconomyField label={t("ask.economy")} name="economy" value={view.economy} lang={lang} onChoose={(economy) => goTo({ economy })} />
        {view.economy !== null && (
          <button type="button" className="link field-clear" onClick={() => goTo({ economy: null })}>
            {t("ask.all_economies")}
          </button>
        )}
      </div>
      <div>
        <ProductField value={view.product} data={view.data} lang={lang} onChoose={(product) => goTo({ product })} />
        {view.product !== null && (
          <button type="button" className="link field-clear" onClick={() => goTo({ product: null })}>
            {t("ask.all_products")}
          </button>
        )}
      </div>
      {show === "path" && <Compared view={view} />}
      <YearAndData year={view.year} data={view.data} lang={lang} onChange={(change) => goTo("data" in change ? { ...change, years: null } : change)} ofOneYear={!OVER_TIME.has(show)} />
      {OVER_TIME.has(show) && <SpanField years={view.years} data={view.data} lang={lang} onChange={(years) => goTo({ years })} />}
      <OptionFold
        offered={POWER_OPTIONS}
        names={names}
        chosen={view.method}
        say={say}
        onChange={(method) => goTo({ method })}
        changed={differing(POWER_OPTIONS, view.method).length + entered.length + (view.methods.length > 0 ? 1 : 0)}
      >
        {show === "elasticities" && <ComparedMethods view={view} />}
        {POWER_ENTRIES.map((name) => (
          <Entry key={name} label={t(`method.${name}`)} hint={t(`method.${name}.hint`)} name={name} value={view[name]} onEnter={(value) => goTo({ [name]: value })} />
        ))}
      </OptionFold>
    </>
  );
}

/** The economies whose paths stand beside that of the one asked about. */
function Compared({ view }: { view: PowerState }) {
  const t = useTexts();
  const choices = useEconomyChoices(useEconomies(view.lang).data?.economies);
  const name = (code: string) => choices.find((choice) => choice.code === code)?.name ?? code;
  const add = (code: string) => goTo({ chosen: [...view.chosen.filter((one) => one !== code), code].slice(-MOST_PATHS) });
  return (
    <div>
      <Combobox label={t("ask.compare")} hint={t("ask.compare.hint")} name="chosen" choices={choices} value={null} onChoose={add} adds />
      <Chips
        label={t("ask.compared")}
        chips={view.chosen.map((code) => ({ code, name: name(code) }))}
        onRemove={(code) => goTo({ chosen: view.chosen.filter((one) => one !== code) })}
      />
    </div>
  );
}

/** Which methods stand beside each other; all but the published tables unless others are chosen. */
function ComparedMethods({ view }: { view: PowerState }) {
  const t = useTexts();
  const usual = ["fixed_point", "iterate", "feenstra"];
  const chosen = view.methods.length > 0 ? view.methods : usual;
  const toggle = (name: string) => {
    const next = POWER_OPTIONS.method.filter((one) => chosen.includes(one) !== (one === name));
    goTo({ methods: next.length === 0 || next.join() === usual.join() ? [] : next });
  };
  return (
    <fieldset className="ticks">
      <legend>{t("method.methods")}</legend>
      {POWER_OPTIONS.method.map((name) => (
        <label key={name}>
          <input type="checkbox" name={`methods-${name}`} checked={chosen.includes(name)} onChange={() => toggle(name)} />
          {t(`method.method.${name}`)}
        </label>
      ))}
    </fieldset>
  );
}
