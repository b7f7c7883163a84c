import type { ReactNode } from "react";
import { useState } from "react";
import { useSay } from "../i18n";
import { save } from "./save";
import { Popover } from "./Popover";

export interface Download {
  label: string;
  /** An address of the API that gives a file, or what makes the file here. */
  from: string | (() => Promise<{ name: string; blob: Blob }> | { name: string; blob: Blob });
}

/** Files of what is shown, and its permanent link. */
export function DownloadMenu({ files, children }: { files: readonly Download[]; children?: ReactNode }) {
  const t = useSay();
  const [said, setSaid] = useState("");
  const say = (text: string) => {
    setSaid(text);
    window.setTimeout(() => setSaid(""), 4000);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      say(t("download.copied"));
    } catch {
      say(t("download.copy_failed"));
    }
  };
  const make = async (from: Exclude<Download["from"], string>) => {
    try {
      save(await from());
    } catch {
      // A picture that is not on the page yet, or a browser that draws none.
      say(t("download.failed"));
    }
  };
  return (
    <div className="take-away">
      <Popover name={t("download.title")}>
        <ul className="popover-sheet">
          {files.map(({ label, from }) => (
            <li key={label}>
              {typeof from === "string" ? (
                <a href={from} download>
                  {label}
                </a>
              ) : (
                <button type="button" className="link" onClick={() => void make(from)}>
                  {label}
                </button>
              )}
            </li>
          ))}
        </ul>
      </Popover>
      {children}
      <button type="button" className="link" onClick={() => void copy()}>
        {t("download.copy")}
      </button>
      <span className="muted small" role="status">
        {said}
      </span>
    </div>
  );
}
