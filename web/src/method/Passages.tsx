import { useSay } from "../i18n";
import type { TextKey } from "../i18n/en";
import type { Method } from "./options";
import { PASSAGES, togglePassage } from "./options";

/** Which straits and canals are closed to ships; offered where distances follow the sea lanes. */
export function Passages({ method, onChange }: { method: Method; onChange: (method: Method) => void }) {
  const t = useSay();
  const closed = method.without?.split(",") ?? [];
  const strayed = method.without !== undefined && method.without !== "none";
  if (method.distance !== "sea" && !strayed) return null;
  return (
    <fieldset className="ticks">
      <legend>{t("method.without")}</legend>
      {PASSAGES.map((passage) => (
        <label key={passage}>
          <input type="checkbox" name={`without-${passage}`} checked={closed.includes(passage)} onChange={() => onChange(togglePassage(method, passage))} />
          {t(`method.without.${passage}` as TextKey)}
        </label>
      ))}
    </fieldset>
  );
}
