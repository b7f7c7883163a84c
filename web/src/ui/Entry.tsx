import type { KeyboardEvent } from "react";
import { useId, useState } from "react";

interface Props {
  label: string;
  name: string;
  value: string | null;
  /** What counts while the field is empty. */
  hint?: string;
  /** Called with what was typed once it is entered or left; null for nothing. */
  onEnter: (value: string | null) => void;
}

/** A field for what cannot be offered as a choice. */
export function Entry({ label, name, value, hint, onEnter }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const enter = () => {
    const said = typed?.trim() ?? null;
    setTyped(null);
    if (said !== null && said !== (value ?? "")) onEnter(said === "" ? null : said);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") enter();
    if (event.key === "Escape") setTyped(null);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={hint}
        value={typed ?? value ?? ""}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={enter}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
