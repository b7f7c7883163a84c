import type { FamilyAnswer } from "../../api/family";
import { numberIn, textIn } from "../../api/rows";
import { saidValue } from "../../charts/figure";
import { LOCALE } from "../../format/number";
import type { Language } from "../../i18n/language";
import { useTexts } from "./texts";

const PARTS = ["share_part", "price_part", "mix_part", "entry_exit"] as const;

/** How power changed and by what, in a sentence; the parts sum to the change. */
export function ChangeSummary({ answer, who, lang }: { answer: FamilyAnswer; who: string; lang: Language }) {
  const t = useTexts();
  const total = answer.rows.filter((row) => textIn(row, "product") === "TOTAL");
  const rows = total.length > 0 ? total : answer.rows;
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  const sum = (id: string) => rows.reduce((whole, row) => whole + (numberIn(row, id) ?? 0), 0);
  const signed = (value: number) => (value > 0 ? "+" : "") + saidValue(value, "1", lang);
  const parts = PARTS.filter((id) => sum(id) !== 0).map((id) => `${t(`change.${id}`)} ${signed(sum(id))}`);
  return (
    <p className="summary">
      {t("change.summary", {
        who,
        before: saidValue(numberIn(first, "power_before"), "1", lang),
        after: saidValue(numberIn(last, "power_after"), "1", lang),
        from: textIn(first, "from_year"),
        to: textIn(last, "to_year"),
        parts: new Intl.ListFormat(LOCALE[lang], { type: "unit" }).format(parts),
      })}
    </p>
  );
}
