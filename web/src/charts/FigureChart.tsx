import { useCallback } from "react";
import type { Language } from "../i18n/language";
import { useNarrow } from "../ui/useNarrow";
import { ChartFrame } from "./ChartFrame";
import type { Figure } from "./figure";
import { heightOf } from "./figure";
import "./figure.css";
import { figureOption } from "./figureOption";
import { FigureTable } from "./FigureTable";
import { useFigureTexts } from "./figureTexts";
import type { Palette } from "./palette";

interface Props {
  figure: Figure;
  lang: Language;
  fileName: string;
  onPick?: (picked: { name: string; data: unknown }) => void;
}

/** A figure drawn, with the table that says the same. */
export function FigureChart({ figure, lang, fileName, onPick }: Props) {
  const t = useFigureTexts();
  const narrow = useNarrow();
  const option = useCallback((palette: Palette) => figureOption(figure, { palette, lang, narrow }), [figure, lang, narrow]);
  return (
    <ChartFrame
      title={figure.title}
      description={t("figure.description", { title: figure.title })}
      option={option}
      height={heightOf(figure)}
      fileName={fileName}
      {...(onPick ? { onPick } : {})}
    >
      <FigureTable figure={figure} lang={lang} />
    </ChartFrame>
  );
}
