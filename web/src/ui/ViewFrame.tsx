import type { ReactNode } from "react";
import { useSay } from "../i18n";

interface Props {
  /** The question, at the left: a form. */
  ask: ReactNode;
  /** What turns the answer, at the right; none if left out. */
  side?: ReactNode;
  /** Names the right side for those who do not see it. */
  sideLabel?: string;
  /** Notes, sources, citation, beneath. */
  notes?: ReactNode;
  /** The answer is being renewed. */
  busy?: boolean;
  children: ReactNode;
}

/** The plan of every view: question, answer, what turns it, notes. */
export function ViewFrame({ ask, side, sideLabel, notes, busy = false, children }: Props) {
  const t = useSay();
  return (
    <div className="view" data-side={side !== undefined}>
      <aside className="ask" aria-label={t("ask.title")}>
        <form onSubmit={(event) => event.preventDefault()}>
          <h2>{t("ask.title")}</h2>
          {ask}
        </form>
      </aside>
      <main id="content" className="answer" aria-busy={busy} tabIndex={-1}>
        {children}
      </main>
      {side !== undefined && (
        <aside className="side" aria-label={sideLabel}>
          {side}
        </aside>
      )}
      {notes}
    </div>
  );
}
