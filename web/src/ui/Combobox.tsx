import type { KeyboardEvent } from "react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useSay } from "../i18n";
import type { Choice } from "../lists/search";
import { search } from "../lists/search";

interface Props {
  label: string;
  hint: string;
  name: string;
  choices: readonly Choice[];
  /** Code that is chosen. */
  value: string | null;
  onChoose: (code: string) => void;
  /** Stays empty after a choice, for lists that are put together one by one. */
  adds?: boolean;
}

/** So many matches are listed; more would be read by nobody. */
const MOST_SHOWN = 60;

/** One choice out of many, by typing: the ARIA combobox with a list. */
export function Combobox({ label, hint, name, choices, value, onChoose, adds = false }: Props) {
  const t = useSay();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  /** null while closed: the field then shows what is chosen. */
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);

  const open = typed !== null;
  const chosen = choices.find((choice) => choice.code === value);
  const shownValue = adds ? "" : chosen ? `${chosen.name}  ${chosen.code}` : (value ?? "");
  const matches = useMemo(() => (typed === null ? [] : search(choices, typed)), [choices, typed]);
  const shown = matches.slice(0, MOST_SHOWN);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active, open]);

  const type = (text: string) => {
    setTyped(text);
    setActive(0);
  };
  const choose = (choice: Choice | undefined) => {
    if (choice) onChoose(choice.code);
    setTyped(adds && choice ? "" : null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const last = shown.length - 1;
    const moves: Record<string, () => void> = {
      ArrowDown: () => (open ? setActive(Math.min(active + 1, last)) : type("")),
      ArrowUp: () => (open ? setActive(Math.max(active - 1, 0)) : type("")),
      Enter: () => (open ? choose(shown[active]) : type("")),
      Escape: () => setTyped(null),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  return (
    <div className="field combobox">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        data-search={adds ? undefined : true}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={hint}
        aria-expanded={open}
        aria-controls={open ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] ? `${id}-${shown[active].code}` : undefined}
        value={typed ?? shownValue}
        onFocus={(event) => event.target.select()}
        onClick={() => (open ? undefined : type(""))}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={!open}>
        {shown.map((choice, index) => (
          <li
            key={choice.code}
            id={`${id}-${choice.code}`}
            role="option"
            aria-selected={index === active}
            // The field must not lose the focus before the click has arrived.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            <span className="code">{choice.code}</span>
            <span className="name">{choice.name}</span>
            {choice.remark && <span className="remark">{choice.remark}</span>}
          </li>
        ))}
        {open && shown.length === 0 && <li className="none">{t("ask.none", { query: typed })}</li>}
      </ul>
      <span className="visually-hidden" role="status">
        {open ? t("ask.count", { count: matches.length }) : ""}
      </span>
    </div>
  );
}
