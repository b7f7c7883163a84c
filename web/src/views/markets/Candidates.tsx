import { AmongField } from "../../lists/AmongField";
import { Fold } from "../../ui/Fold";
import { Select } from "../../ui/Select";
import type { MarketsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const SERVED = ["all", "new", "served"] as const;

/** Which markets are compared at all, and whether already served. */
export function Candidates({ view }: { view: MarketsState }) {
  const t = useTexts();
  const changed = view.among.length + Number(view.served !== "all");
  return (
    <Fold title={t("among.title")} changed={changed}>
      <AmongField among={view.among} lang={view.lang} onChange={(among) => goTo({ among })} />
      <Select
        label={t("among.served")}
        name="served"
        value={view.served}
        options={SERVED.map((value) => ({ value, label: t(`among.served.${value}`) }))}
        onChoose={(served) => goTo({ served })}
      />
      <p className="muted small">{t("among.note")}</p>
    </Fold>
  );
}
