import type { ReactNode } from "react";
import { useEffect, useRef } from "react";

/** A fold whose content lies over the page; Escape or a press elsewhere closes it. */
export function Popover({ name, children }: { name: ReactNode; children: ReactNode }) {
  const fold = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const here = fold.current;
      if (!here?.open || (event.target instanceof Node && here.contains(event.target))) return;
      here.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
  return (
    <details
      className="popover"
      ref={fold}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !fold.current?.open) return;
        event.stopPropagation();
        fold.current.open = false;
        fold.current.querySelector("summary")?.focus();
      }}
    >
      <summary>{name}</summary>
      {children}
    </details>
  );
}
