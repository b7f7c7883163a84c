import type { ReactNode } from "react";
import { useSay } from "../i18n";
import { Fold } from "../ui/Fold";
import { Select } from "../ui/Select";

interface Props<N extends string> {
  /** What is offered for each option, the default first. */
  offered: Readonly<Record<N, readonly string[]>>;
  /** The options shown. */
  names: readonly N[];
  chosen: Readonly<Partial<Record<N, string>>>;
  onChange: (chosen: Partial<Record<N, string>>) => void;
  /** The name of an option, or of one of its values. */
  say: (name: N, value?: string) => string;
  /** So many things differ from their default. */
  changed: number;
  /** Fields for what cannot be offered as a choice. */
  children?: ReactNode;
}

/** How an answer is computed; folded away until asked for, open when something differs from the default. */
export function OptionFold<N extends string>({ offered, names, chosen, onChange, say, changed, children }: Props<N>) {
  const t = useSay();
  return (
    <Fold title={t("method.title")} changed={changed}>
      {names.map((name) => (
        <Select
          key={name}
          label={say(name)}
          name={name}
          value={chosen[name] ?? offered[name][0] ?? ""}
          options={offered[name].map((value) => ({ value, label: say(name, value) }))}
          onChoose={(value) => onChange({ ...chosen, [name]: value })}
        />
      ))}
      {children}
    </Fold>
  );
}
