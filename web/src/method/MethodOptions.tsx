import { useSay } from "../i18n";
import type { TextKey } from "../i18n/en";
import { Fold } from "../ui/Fold";
import { Select } from "../ui/Select";
import type { Method, Offered } from "./options";
import { METHOD_NAMES, METHOD_OPTIONS, methodEntries, withDistance } from "./options";
import { Passages } from "./Passages";

interface Props {
  method: Method;
  onChange: (method: Method) => void;
  /** The values of each option, the default first. */
  offered?: Offered;
}

/** How the parameters are computed; folded away until asked for, open when something differs from the default. */
export function MethodOptions({ method, onChange, offered = METHOD_OPTIONS }: Props) {
  const t = useSay();
  const changed = methodEntries(method, offered).length;
  return (
    <Fold title={t("method.title")} changed={changed}>
      {METHOD_NAMES.map((name) =>
        name === "without" ? (
          <Passages key={name} method={method} onChange={onChange} />
        ) : (
          <Select
            key={name}
            label={t(`method.${name}`)}
            name={name}
            value={method[name] ?? offered[name][0]}
            options={offered[name].map((value) => ({ value, label: t(`method.${name}.${value}` as TextKey) }))}
            onChoose={(value) => onChange(withDistance({ ...method, [name]: value }))}
          />
        ),
      )}
    </Fold>
  );
}
