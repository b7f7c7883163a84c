import type { ReactNode } from "react";
import { useSay } from "../i18n";
import { goToShell } from "../state/view";

/** A name that can be asked how it is computed. */
export function How({ id, name, children }: { id: string; name: string; children?: ReactNode }) {
  const t = useSay();
  return (
    <button type="button" className="how-link" data-how={id} title={t("how.of", { name })} onClick={() => goToShell({ how: id })}>
      {children ?? name}
    </button>
  );
}
