import { useEffect, useRef } from "react";
import { useSay } from "../i18n";
import type { Family } from "../api/client";
import { failureOf } from "../api/resource";
import type { Language } from "../i18n/language";
import { useIndicators } from "../lists/useLists";
import { unitLabel } from "../format/number";
import { goToShell } from "../state/view";
import { ErrorState, Skeleton } from "./states";

/** How a number is computed: meaning, formula, undefined cases and source, as the registry has them. */
export function HowPanel({ id, lang, family }: { id: string; lang: Language; family: Family }) {
  const t = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const indicators = useIndicators(lang, family);
  // An overview shows numbers of the finders, too.
  const finder = useIndicators(lang);
  const entry = [indicators.data, finder.data].flatMap((known) => known?.indicators.find((one) => one.id === id) ?? [])[0];
  const known = indicators.data !== null && finder.data !== null;
  const failed = failureOf(indicators, finder);
  const close = () => goToShell({ how: null });

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const lines = entry
    ? [
        ["meaning", entry.meaning],
        ["formula", entry.formula],
        ["undefined", entry.undefined],
        ["unit", unitLabel(entry.unit, lang)],
        ["direction", entry.direction === "none" ? "" : t(`table.${entry.direction}`)],
        ["source", entry.source],
      ] as const
    : [];
  return (
    <dialog
      ref={dialog}
      className="how"
      aria-labelledby="how-heading"
      onClose={close}
      onClick={(event) => (event.target === dialog.current ? dialog.current.close() : undefined)}
    >
      <div className="how-sheet">
        <p className="kicker">{t("how.title")}</p>
        <h2 id="how-heading">
          {entry?.name ?? id} <span className="code">{id}</span>
        </h2>
        {!entry && failed && <ErrorState {...failed} />}
        {!entry && !failed && !known && <Skeleton rows={4} />}
        {!entry && !failed && known && <p>{t("how.unknown", { name: id })}</p>}
        <dl>
          {lines
            .filter(([, text]) => text !== "")
            .map(([name, text]) => (
              <div key={name} data-line={name}>
                <dt>{t(`how.${name}`)}</dt>
                <dd>{text}</dd>
              </div>
            ))}
        </dl>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t("how.close")}
        </button>
      </div>
    </dialog>
  );
}
