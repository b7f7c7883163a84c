import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { useSay } from "../i18n";

interface Props {
  /** Key of the row that is open, to which closing leads back. */
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
  useEffect(() => {
    // Opened by the reader, not by an address: reading goes on here.
    if (document.activeElement !== document.body) heading.current?.focus();
  }, []);
  const close = () => {
    onClose();
    document.querySelector<HTMLButtonElement>(`tr[data-code="${CSS.escape(row)}"] button`)?.focus();
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
