import { Chips } from "../../ui/Chips";
import { briefAddress } from "./questions";
import type { RankedRow } from "./ranking";
import type { MarketsState } from "./state";
import { chooseMarket, goTo } from "./state";
import { useTexts } from "./texts";

/** A brief has no room for more. */
const MOST_IN_BRIEF = 3;

/** The markets ticked so far, and what can be done with them. */
export function ChosenMarkets({ view, rows }: { view: MarketsState; rows: readonly RankedRow[] }) {
  const t = useTexts();
  if (view.chosen.length === 0) return null;
  const nameOf = (code: string) => rows.find((row) => row.code === code)?.name ?? code;
  return (
    <div className="chosen" role="group" aria-label={t("chosen.title")}>
      <span className="muted small">{t("chosen.title")}</span>
      <Chips label={t("chosen.title")} chips={view.chosen.map((code) => ({ code, name: nameOf(code) }))} onRemove={(code) => chooseMarket(view, code)} />
      {view.chosen.length < 2 ? (
        <span className="muted small">{t("chosen.hint")}</span>
      ) : (
        view.show !== "compare" && (
          <button type="button" className="link" onClick={() => goTo({ show: "compare", market: null })}>
            {t("chosen.compare")}
          </button>
        )
      )}
      <a href={briefAddress(view, view.chosen.slice(0, MOST_IN_BRIEF))} target="_blank" rel="noreferrer">
        {t("chosen.brief")}
      </a>
      <button type="button" className="link" onClick={() => goTo({ chosen: [], show: "ranking" })}>
        {t("chosen.clear")}
      </button>
    </div>
  );
}
