/** The lists from which a question is put together, in the reader's language. */

import { useCallback, useMemo } from "react";
import { useSay } from "../i18n";
import type { Dataset, Economy, Family, Indicator, Preset, Product } from "../api/client";
import { api } from "../api/client";
import type { Resource } from "../api/resource";
import { useResource } from "../api/resource";
import type { Language } from "../i18n/language";
import type { Choice } from "./search";

export function useEconomies(lang: Language): Resource<{ economies: Economy[] }> {
  return useResource(`economies ${lang}`, "economies", useCallback(() => api.economies(lang), [lang]));
}

export function useProducts(lang: Language, data: string | null): Resource<{ products: Product[] }> {
  return useResource(`products ${lang} ${data ?? ""}`, "products", useCallback(() => api.products(lang, data), [lang, data]));
}

export function useDatasets(lang: Language): Resource<{ default: string; datasets: Dataset[] }> {
  return useResource(`datasets ${lang}`, "datasets", useCallback(() => api.datasets(lang), [lang]));
}

export function useIndicators(lang: Language, family: Family = "finder"): Resource<{ indicators: Indicator[]; presets: Preset[] }> {
  return useResource(`indicators ${family} ${lang}`, `indicators ${family}`, useCallback(() => api.indicators(lang, family), [lang, family]));
}

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
