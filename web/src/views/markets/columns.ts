/** Shown in the market table unless other columns are asked for. */
export const ESSENTIALS = [
  "value_usd",
  "share_in_market",
  "market_size_usd",
  "gap",
  "unrealised_usd",
  "potential_usd",
  "growth",
  "sd",
  "distance_km",
  "cpa",
  "political_stability",
  "fta",
];
