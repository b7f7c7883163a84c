/** Words for the values that answers keep as codes, so that files stay the same in every language: "cagr+lyg 5/5", "ports: land+ports". */

import type { Language } from "../i18n/language";

type Said = Readonly<Record<Language, string>>;

const WORDS: Readonly<Record<string, Said>> = {
  line: { en: "tariff lines", zh: "税目" },
  chapter: { en: "mean of the HS chapter", zh: "章平均" },
  country: { en: "mean of all products", zh: "全部产品平均" },
  current: { en: "current prices", zh: "现价" },
  "current level, real growth": { en: "level at current prices, real growth", zh: "水平为现价，增长为实际增长" },
  zero_flow: { en: "the pair did not trade", zh: "双边无贸易" },
  not_reported: { en: "nobody reported the year", zh: "当年无申报" },
  undefined: { en: "the formula has no value here", zh: "公式在此无定义" },
  not_loaded: { en: "no data loaded for it", zh: "未载入相应数据" },
  too_old: { en: "the latest value is older than allowed", zh: "最近数据超出允许年限" },
};
const CODED = new Set(["growth_basis", "sd_years", "gdp_basis", "tariff_basis", "supply_basis", "demand_basis", "reason"]);

const PROVIDERS: Readonly<Record<string, Said>> = {
  ports: { en: "between ports", zh: "港口之间" },
  sea: { en: "along sea lanes", zh: "沿海运航线" },
  great_circle: { en: "between capitals, great circle", zh: "首都间大圆距离" },
};
const RULES: Readonly<Record<string, Said>> = {
  neighbour: { en: "shared land border", zh: "陆地接壤" },
  ports: { en: "mean over main ports", zh: "主要港口两两平均" },
  pooled: { en: "main ports of the sub-region", zh: "次区域主要港口平均" },
  capitals: { en: "capital to capital", zh: "首都之间" },
  "land+ports": { en: "land legs and ports", zh: "陆路加港口" },
  none: { en: "no way found", zh: "无可行路线" },
};
const REMARKS: readonly (readonly [en: string, zh: string])[] = [
  ["mean of two cities, weighted by population", "两城市按人口加权平均"],
  ["mean of two cities", "两城市平均"],
  ["GDP-weighted mean of members", "成员按GDP加权平均"],
  ["mean of members", "成员平均"],
  ["sum of members", "成员合计"],
  ["entered by hand", "人工录入"],
];

/** Whether a column keeps codes, of which words alone do not say everything: its meaning helps. */
export const isCoded = (id: string): boolean => CODED.has(id);

/** The text of a cell as a reader is told it; names and texts of sources stay as they are. */
export function worded(id: string, value: string, lang: Language): string {
  const parts = value.split("; ");
  const between = lang === "zh" ? "；" : "; ";
  if (CODED.has(id)) return parts.map((part) => ofSide(part, lang)).join(between);
  if (id !== "source" && id !== "sources" && !id.endsWith("_source")) return value;
  return parts.map((part) => wayOf(part, lang) ?? remarked(part, lang)).join(between);
}

/** A part may tell of which side it is. */
function ofSide(value: string, lang: Language): string {
  const [, side, rest] = /^(exporter|market): (.+)$/.exec(value) ?? [];
  if (side === undefined || rest === undefined) return coded(value, lang);
  const name = { exporter: { en: "exporter: ", zh: "出口方：" }, market: { en: "market: ", zh: "市场：" } }[side as "exporter" | "market"];
  return name[lang] + coded(rest, lang);
}

function coded(value: string, lang: Language): string {
  const [, parts, reported = "", window = ""] = /^(cagr\+lyg|lyg) (\d+)\/(\d+)$/.exec(value) ?? [];
  if (parts !== undefined) {
    const both = parts !== "lyg";
    if (lang === "zh") return `${both ? "复合增长与末年增长" : "末年增长"}，${window} 年中有 ${reported} 年`;
    return `${both ? "compound and last-year growth" : "last-year growth"}, ${reported} of ${window} years`;
  }
  const [, level, growth = ""] = /^level ([\d–]+), growth ([\d–]+)$/.exec(value) ?? [];
  if (level !== undefined) return lang === "zh" ? `水平取 ${level} 年，增长取 ${growth} 年` : `level of ${level}, growth over ${growth}`;
  return WORDS[value]?.[lang] ?? value;
}

/** How a distance was found; null if that is not what the text says. */
function wayOf(value: string, lang: Language): string | null {
  const [, provider = "", closed, rule] = /^(ports|sea|great_circle)(?: without ([\w,]+))?(?:: ([\w+]+))?$/.exec(value) ?? [];
  const said = PROVIDERS[provider];
  if (!said) return null;
  const without = closed === undefined ? "" : lang === "zh" ? "，部分通道关闭" : ", some passages closed";
  const how = rule === undefined ? undefined : RULES[rule]?.[lang];
  return said[lang] + without + (how === undefined ? "" : lang === "zh" ? `（${how}）` : ` (${how})`);
}

function remarked(value: string, lang: Language): string {
  if (lang === "en") return value;
  return REMARKS.reduce((said, [en, zh]) => said.replaceAll(` (${en})`, `（${zh}）`).replaceAll(en, zh), value);
}
