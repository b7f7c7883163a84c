/** Numbers, amounts and dates for readers: in the table bare (the unit stands in the header), elsewhere with their unit. */

import type { Cell } from "../api/rows";
import type { Language } from "../i18n/language";
import { worded } from "./codes";

export const LOCALE: Record<Language, string> = { en: "en-US", zh: "zh-CN" };

const formats = new Map<string, Intl.NumberFormat>();

function number(lang: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(LOCALE[lang], options);
  formats.set(key, known);
  return known;
}

const COMPACT: Intl.NumberFormatOptions = { notation: "compact", maximumSignificantDigits: 3 };
const WHOLE: Intl.NumberFormatOptions = { maximumFractionDigits: 0 };

/** Columns whose sign carries the message, and which are therefore written with a plus too. */
const SIGNED = new Set(["gap", "cagr", "lyg", "growth", "political_stability", "rule_of_law", "change", "share_part", "price_part", "mix_part", "entry_exit", "contribution", "tc", "rsca", "nrca", "lafay"]);

export const isSigned = (id: string): boolean => SIGNED.has(id);

/** Minus signs as typeset, and no "+0.0" or "−0.0" for what rounds to zero. */
function typeset(text: string): string {
  return text.replace("-", "−");
}

function percentOf(value: number, lang: Language, signed: boolean): string {
  const options: Intl.NumberFormatOptions = {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    ...(signed ? { signDisplay: "exceptZero" } : { signDisplay: "negative" }),
  };
  return typeset(number(lang, options).format(value));
}

/** Counts are whole; an index has three figures behind the point, a very small one the two that count. */
function index(value: number, lang: Language, signed: boolean): string {
  if (value !== 0 && Math.abs(value) < 0.00995) return smallIndex(value, lang, signed);
  const digits = Number.isInteger(value) && !signed ? 0 : 3;
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return typeset(number(lang, signed ? { ...options, signDisplay: "exceptZero" } : options).format(value));
}

function smallIndex(value: number, lang: Language, signed: boolean): string {
  if (Math.abs(value) < 0.00001) return "≈0";
  const options: Intl.NumberFormatOptions = { maximumSignificantDigits: 2, ...(signed ? { signDisplay: "exceptZero" } : {}) };
  return typeset(number(lang, options).format(value));
}

/** Below a thousand to the whole unit, above that to three figures. */
function amount(value: number, lang: Language): string {
  if (value !== 0 && Math.abs(value) < 1) return value > 0 ? "<1" : ">−1";
  return typeset(number(lang, Math.abs(value) < 1000 ? WHOLE : COMPACT).format(value));
}

const dates: Partial<Record<Language, Intl.DateTimeFormat>> = {};

function date(value: string, lang: Language): string {
  const parsed = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return value;
  dates[lang] ??= new Intl.DateTimeFormat(LOCALE[lang], { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
  return dates[lang].format(parsed);
}

/** A value without its unit. */
export function formatBare(value: Cell, id: string, unit: string, lang: Language): string {
  if (value === null) return "";
  if (typeof value === "string") return unit === "date" ? date(value, lang) : worded(id, value, lang);
  switch (unit) {
    case "usd":
    case "t":
      return amount(value, lang);
    case "usd/t":
      return number(lang, Math.abs(value) < 100 ? { maximumSignificantDigits: 3 } : WHOLE).format(value);
    case "fraction":
      return percentOf(value * 100, lang, isSigned(id));
    case "percent":
      return percentOf(value, lang, isSigned(id));
    case "km":
      return number(lang, WHOLE).format(value);
    case "score":
      return typeset(number(lang, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value));
    case "year":
    case "rank":
    case "flag":
      return String(value);
    default:
      return index(value, lang, isSigned(id));
  }
}

/** A value with its unit, as in running text. */
export function formatWithUnit(value: Cell, id: string, unit: string, lang: Language): string {
  const bare = formatBare(value, id, unit, lang);
  if (typeof value !== "number") return bare;
  switch (unit) {
    case "usd":
      return lang === "zh" ? `${bare}美元` : bare.startsWith("−") ? `−US$${bare.slice(1)}` : `US$${bare}`;
    case "t":
      return lang === "zh" ? `${bare}吨` : `${bare} t`;
    case "usd/t":
      return lang === "zh" ? `${bare}美元/吨` : `US$${bare}/t`;
    case "fraction":
    case "percent":
      return `${bare}%`;
    case "km":
      return lang === "zh" ? `${bare}公里` : `${bare} km`;
    default:
      return bare;
  }
}

/** The unit as it stands in a column's header. */
export function unitLabel(unit: string, lang: Language): string {
  const zh: Record<string, string> = { usd: "美元", t: "吨", "usd/t": "美元/吨", fraction: "%", percent: "%", km: "公里" };
  const en: Record<string, string> = { usd: "US$", t: "t", "usd/t": "US$/t", fraction: "%", percent: "%", km: "km" };
  return (lang === "zh" ? zh : en)[unit] ?? "";
}
