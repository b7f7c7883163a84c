import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { useSay } from "../i18n";

interface Props {
  /** Key of the row that is open. Closing leads back to what opened it, or else to this row. */
  row: string;
  kicker: string;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** One row taken apart beside its table. */
export function DetailFrame({ row, kicker, title, onClose, children }: Props) {
  const t = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current ??= document.activeElement;
    // Opened by the reader, not by an address: reading goes on here.
    if (document.activeElement !== document.body) heading.current?.focus();
  }, []);
  const close = () => {
    onClose();
    const before = opener.current;
    const cell = before?.isConnected && before.matches(`[data-pair="${CSS.escape(row)}"]`) ? (before as SVGElement) : null;
    (cell ?? document.querySelector<HTMLElement>(`tr[data-code="${CSS.escape(row)}"] button`))?.focus();
  };
  return (
    <section className="detail" aria-labelledby="detail-heading" onKeyDown={(event) => (event.key === "Escape" ? close() : undefined)}>
      <div className="detail-head">
        <p className="kicker">{kicker}</p>
        <button type="button" className="close" onClick={close}>
          {t("detail.close")} <span aria-hidden="true">×</span>
        </button>
        <h2 id="detail-heading" ref={heading} tabIndex={-1}>
          {title}
        </h2>
      </div>
      {children}
    </section>
  );
}
