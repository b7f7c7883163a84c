import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { en } from "./en";
import type { TextKey } from "./en";
import type { Language } from "./language";
import { zh } from "./zh";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    keySeparator: false;
    nsSeparator: false;
  }
}

void i18next.init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en }, zh: { translation: zh } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

/** Speaks another language from now on, in the document's own description too. */
export function speak(lang: Language): void {
  if (i18next.language !== lang) void i18next.changeLanguage(lang);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
}

/** Gives the text of a key, with `{{name}}` filled from the values. */
export type Say<K extends string = never> = (key: K | TextKey, values?: Readonly<Record<string, string | number>>) => string;

const sayers = new Map<string, Say>();

/** One function for each language and view, the same each time, so that what it says need not be made anew. */
function sayer(spaces: readonly string[]): Say {
  const key = [i18next.language, ...spaces].join(" ");
  const known = sayers.get(key) ?? remembering(i18next.getFixedT(i18next.language, spaces as never) as unknown as Say);
  sayers.set(key, known);
  return known;
}

/** Looks a text without values up once: a ranked table asks for the same few thousands of times. */
function remembering(say: Say): Say {
  const said = new Map<string, string>();
  return (key, values) => {
    if (values !== undefined) return say(key, values);
    const text = said.get(key) ?? say(key);
    said.set(key, text);
    return text;
  };
}

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}

const SHELL = ["translation"] as const;

/** The texts that every view shares. */
export const useSay = (): Say => useSyncExternalStore(subscribe, () => sayer(SHELL));

let spacesGiven = 0;

/** The texts of one view, loaded with it: gives the hook by which the view speaks (its own words and the app's). */
export function defineTexts<T extends Readonly<Record<string, string>>>(
  english: T,
  chinese: Readonly<Record<keyof T, string>>,
): () => Say<keyof T & string> {
  const space = `texts-${++spacesGiven}`;
  i18next.addResourceBundle("en", space, english);
  i18next.addResourceBundle("zh", space, chinese);
  const spaces = [space, ...SHELL];
  return () => useSyncExternalStore(subscribe, () => sayer(spaces)) as Say<keyof T & string>;
}
