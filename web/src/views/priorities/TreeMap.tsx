import { useCallback, useMemo } from "react";
import type { Row } from "../../api/rows";
import { ChartFrame } from "../../charts/ChartFrame";
import type { Palette } from "../../charts/palette";
import { formatWithUnit } from "../../format/number";
import type { Language } from "../../i18n/language";
import { useTexts } from "./texts";
import { treeOf, treeOption } from "./tree";

interface Props {
  rows: readonly Row[];
  fileName: string;
  onPick: (product: string, market: string) => void;
  lang: Language;
}

export function TreeMap({ rows, fileName, onPick, lang }: Props) {
  const t = useTexts();
  const branches = useMemo(() => treeOf(rows), [rows]);
  const option = useCallback(
    (palette: Palette) => treeOption(palette, branches, (value) => formatWithUnit(value, "unrealised_usd", "usd", lang)),
    [branches, lang],
  );
  const pick = useCallback(
    ({ data }: { data: unknown }) => {
      const { product, market } = (data ?? {}) as { product?: string; market?: string };
      if (product !== undefined && market !== undefined) onPick(product, market);
    },
    [onPick],
  );
  return (
    <>
      <ChartFrame title={t("tree.title")} description={`${t("tree.title")}. ${t("tree.text")}`} option={option} height={28} fileName={fileName} onPick={pick}>
      <ul className="tree-list">
        {branches.map(({ name, value }) => (
          <li key={name}>
            {name}: {formatWithUnit(value, "unrealised_usd", "usd", lang)}
          </li>
        ))}
      </ul>
    </ChartFrame>
    <p className="muted small">{t("tree.text")}</p>
    </>
  );
}
