/** The views of the app, in the order of the navigation. A view is a folder here and one line below. */

import type { ViewEntry } from "./entry";
import { later } from "./entry";
import { MarketFinder } from "./markets/MarketFinder";

export const FIRST: ViewEntry = { id: "markets", group: "find", name: { en: "Markets", zh: "找市场" }, family: "finder", code: { ready: MarketFinder } };

export const VIEWS: readonly ViewEntry[] = [
  FIRST,
  later("products", "find", "Products", "找产品", () => import("./products/ProductFinder")),
  later("priorities", "find", "Priorities", "优先方向", () => import("./priorities/PrioritiesPage")),
  later("economy", "look", "Economy", "经济体", () => import("./economy/EconomyPage"), "overview"),
  later("product", "look", "Product", "产品", () => import("./product/ProductPage"), "overview"),
  later("power", "study", "Trade power", "贸易强国", () => import("./power/PowerView"), "power"),
  later("iit", "study", "Intra-industry", "产业内贸易", () => import("./iit/IitView"), "intraindustry"),
  later("study", "study", "Studies", "研究", () => import("./study/StudyView")),
];
