import type { ReactNode } from "react";

/** Part of the question that is folded away until asked for; open when so many things in it differ from their default. */
export function Fold({ title, changed, children }: { title: string; changed: number; children: ReactNode }) {
  return (
    <details className="method" open={changed > 0 || undefined}>
      <summary>
        {title}
        {changed > 0 && <span className="count">{changed}</span>}
      </summary>
      {children}
    </details>
  );
}
