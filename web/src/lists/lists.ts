/** The lists from which a question is put together, as questions to the API. */

import type { Dataset, Economy, Family, Indicator, Preset, Product } from "../api/client";
import { api } from "../api/client";
import type { Question } from "../api/resource";
import type { Language } from "../i18n/language";

export const economyList = (lang: Language): Question<{ economies: Economy[] }> => ({
  key: `economies ${lang}`,
  family: "economies",
  loader: () => api.economies(lang),
});

export const productList = (lang: Language, data: string | null): Question<{ products: Product[] }> => ({
  key: `products ${lang} ${data ?? ""}`,
  family: "products",
  loader: () => api.products(lang, data),
});

export const datasetList = (lang: Language): Question<{ default: string; datasets: Dataset[] }> => ({
  key: `datasets ${lang}`,
  family: "datasets",
  loader: () => api.datasets(lang),
});

export const indicatorList = (lang: Language, family: Family = "finder"): Question<{ indicators: Indicator[]; presets: Preset[] }> => ({
  key: `indicators ${family} ${lang}`,
  family: `indicators ${family}`,
  loader: () => api.indicators(lang, family),
});
