import { useTranslation } from "react-i18next";
import type { TextKey } from "../i18n/en";
import { goTo } from "../state/useViewState";
import type { MethodOption, ViewState } from "../state/viewState";
import { METHOD_DEFAULTS, METHOD_OPTIONS } from "../state/viewState";
import { Select } from "../ui/Select";

const NAMES = Object.keys(METHOD_OPTIONS) as MethodOption[];

/** How the parameters are computed; folded away until asked for, open when something differs from the default. */
export function MethodOptions({ view }: { view: ViewState }) {
  const { t } = useTranslation();
  const changed = NAMES.filter((name) => (view.method[name] ?? METHOD_DEFAULTS[name]) !== METHOD_DEFAULTS[name]);
  return (
    <details className="method" open={changed.length > 0 || undefined}>
      <summary>
        {t("method.title")}
        {changed.length > 0 && <span className="count">{changed.length}</span>}
      </summary>
      {NAMES.map((name) => (
        <Select
          key={name}
          label={t(`method.${name}`)}
          name={name}
          value={view.method[name] ?? METHOD_DEFAULTS[name]}
          options={METHOD_OPTIONS[name].map((value) => ({ value, label: t(`method.${name}.${value}` as TextKey) }))}
          onChoose={(value) => goTo({ method: { ...view.method, [name]: value } })}
        />
      ))}
    </details>
  );
}
