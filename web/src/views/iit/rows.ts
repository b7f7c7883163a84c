/** Of an answer the rows that a tab shows, in words, and the chart of competitiveness. */

import type { FamilyAnswer } from "../../api/family";
import type { Row } from "../../api/rows";
import { cell, numberIn, textIn } from "../../api/rows";
import type { Figure } from "../../charts/figure";
import { figureOf, seriesOf } from "../../charts/figure";
import type { Say } from "../../i18n";
import type { Language } from "../../i18n/language";
import type { en } from "./en";
import type { Show } from "./state";

type Key = keyof typeof en;

const BROAD = ["TOTAL", "PRIMARY", "MANUFACTURED"];
const MOST_BARS = 20;

/** Over time the broad classes, of kinds only the total, else the industries themselves. */
export function shownRows(rows: readonly Row[], show: Show): readonly Row[] {
  if (show === "level") return rows.filter((row) => BROAD.includes(textIn(row, "industry")));
  if (show === "kinds") return rows.filter((row) => textIn(row, "industry") === "TOTAL");
  return rows;
}

/** The class of competitiveness in words: its side, and how far from balance. */
export function bandWord(code: string, t: Say<Key>): string {
  const [, side, degree] = /^(advantage|disadvantage)_(\d+)$/.exec(code) ?? [];
  return side === undefined ? t("band.balanced") : t(`band.${side as "advantage"}`, { degree: degree ?? "" });
}

/** The answer's rows of the tab, with words in place of codes. */
export function worded(answer: FamilyAnswer, show: Show, t: Say<Key>): FamilyAnswer {
  const rows = shownRows(answer.rows, show).map((row) => {
    const [type, band, typing] = ["iit_type", "tc_band", "typing"].map((id) => cell(row, id));
    return {
      ...row,
      ...(typeof type === "string" ? { iit_type: said(type, "type", t) } : {}),
      ...(typeof band === "string" ? { tc_band: bandWord(band, t) } : {}),
      ...(typeof typing === "string" ? { typing: said(typing, "method.typing", t) } : {}),
    };
  });
  return { ...answer, rows: rows as FamilyAnswer["rows"] };
}

function said(code: string, prefix: string, t: Say<Key>): string {
  const key = `${prefix}.${code}`;
  const word = t(key as Key);
  return word === key ? code : word;
}

/** The row of all industries of the last year, with the first partner. */
export function totalOf(answer: FamilyAnswer): Row | null {
  const totals = answer.rows.filter((row) => textIn(row, "industry") === "TOTAL");
  const [first] = totals;
  return first ? (totals.filter((row) => textIn(row, "partner") === textIn(first, "partner")).at(-1) ?? null) : null;
}

/** Horizontal and vertical shares of the overlap that has a type; null where nothing overlaps. */
export function verticalShare(row: Row): number | null {
  const horizontal = numberIn(row, "hiit") ?? 0;
  const vertical = (numberIn(row, "viit_high") ?? 0) + (numberIn(row, "viit_low") ?? 0);
  return horizontal + vertical > 0 ? vertical / (horizontal + vertical) : null;
}

/** Trade competitiveness of the industries with most trade, first partner; lines part the classes. */
export function competitivenessFigure(answer: FamilyAnswer, title: string, label: string, lang: Language): Figure {
  const [first] = answer.rows;
  const partner = first ? textIn(first, "partner") : "";
  const trade = (row: Row) => (numberIn(row, "exports_usd") ?? 0) + (numberIn(row, "imports_usd") ?? 0);
  const rows = answer.rows
    .filter((row) => textIn(row, "partner") === partner && !BROAD.includes(textIn(row, "industry")) && numberIn(row, "tc") !== null)
    .sort((a, b) => trade(b) - trade(a))
    .slice(0, MOST_BARS);
  const edges = answer.parameters.tc_bands;
  const lines = Array.isArray(edges) ? edges.flatMap((edge): [string, number][] => [["x", -edge], ["x", edge]]) : [];
  return figureOf("bars", title, {
    y: { label, unit: "1", scale: "linear" },
    categories: rows.map((row) => `${textIn(row, "industry")} ${textIn(row, "industry_name")}`),
    series: [seriesOf("tc", label, rows.map((row) => numberIn(row, "tc")))],
    lines,
    lang,
  });
}
