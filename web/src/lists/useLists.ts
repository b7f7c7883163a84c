/** The lists from which a question is put together, in the reader's language. */

import { useMemo } from "react";
import { useSay } from "../i18n";
import type { Economy, Family, Product } from "../api/client";
import type { Question, Resource } from "../api/resource";
import { useResource } from "../api/resource";
import type { Language } from "../i18n/language";
import { datasetList, economyList, indicatorList, productList } from "./lists";
import type { Choice } from "./search";

const useQuestion = <T>({ key, family, loader }: Question<T>): Resource<T> => useResource(key, family, loader);

export const useEconomies = (lang: Language) => useQuestion(useMemo(() => economyList(lang), [lang]));
export const useProducts = (lang: Language, data: string | null) => useQuestion(useMemo(() => productList(lang, data), [lang, data]));
export const useDatasets = (lang: Language) => useQuestion(useMemo(() => datasetList(lang), [lang]));
export const useIndicators = (lang: Language, family: Family = "finder") => useQuestion(useMemo(() => indicatorList(lang, family), [lang, family]));

/** How a Chinese name is typed on a Latin keyboard, and what else a thing is called. */
function typedAs({ pinyin = "", initials, words = [] }: { pinyin?: string; initials: string; words?: readonly string[] }): string[] {
  return [pinyin, pinyin.replaceAll(" ", ""), initials, ...words].filter((name) => name !== "");
}

export function useEconomyChoices(economies: readonly Economy[] | undefined): Choice[] {
  const t = useSay();
  return useMemo(
    () =>
      (economies ?? []).map((economy) => ({
        code: economy.code,
        name: economy.name,
        otherNames: [economy.name_en, economy.name_zh, ...economy.aliases, ...typedAs(economy)],
        ...(economy.group ? { remark: t("ask.group") } : {}),
      })),
    [economies, t],
  );
}

export function useProductChoices(products: readonly Product[] | undefined): Choice[] {
  const t = useSay();
  return useMemo(
    () =>
      (products ?? []).map((product) => ({
        code: product.code,
        name: product.name,
        otherNames: [product.name_en, product.name_zh, ...typedAs(product)],
        ...(product.complete
          ? {}
          : { remark: t("ask.incomplete", { present: product.hs6_present ?? 0, total: product.hs6_total ?? 0 }) }),
      })),
    [products, t],
  );
}
