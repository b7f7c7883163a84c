/** Options of the trade analyses (markets, products, priorities); the first of each is the default. */

/** Straits and canals that can be closed to ships, the busiest first. */
export const PASSAGES = [
  "suez", "panama", "malacca", "ormuz", "babalmandab", "gibraltar", "bosporus", "dardanelles", "sunda", "south_africa", "chili", "northwest", "bering",
] as const;

export const METHOD_OPTIONS = {
  basis: ["bilateral", "world"],
  distance: ["ports", "sea", "great_circle"],
  /** Of the sea lanes only; one passage, or several between commas. */
  without: ["none", ...PASSAGES],
  window: ["5", "3", "10"],
  exponent: ["window", "intervals"],
  average: ["simple", "weighted"],
  price_period: ["year", "window"],
  missing: ["usual", "one"],
  tariff: ["mean", "max"],
  scale: ["percentile", "minmax", "zscore"],
} as const;

export type MethodOption = keyof typeof METHOD_OPTIONS;
export type Offered = Readonly<Record<MethodOption, readonly [string, ...string[]]>>;

/** Over many products at once, a pair's gravity share is weighed by the exporter's sales to the world unless asked otherwise. */
export const MANY_PRODUCTS_OPTIONS = { ...METHOD_OPTIONS, basis: ["world", "bilateral"] } as const satisfies Offered;

export type Method = Partial<Record<MethodOption, string>>;
export const METHOD_NAMES = Object.keys(METHOD_OPTIONS) as MethodOption[];

/** The options that differ from their default (the first that is offered), as the API takes them. */
export function differing<N extends string>(offered: Readonly<Record<N, readonly string[]>>, chosen: Readonly<Partial<Record<N, string>>>): [N, string][] {
  return (Object.keys(offered) as N[]).flatMap((name) => {
    const value = chosen[name];
    return value === undefined || value === offered[name][0] ? [] : [[name, value]];
  });
}

export const methodEntries = (method: Method, offered: Offered = METHOD_OPTIONS): [MethodOption, string][] => differing(offered, method);

/** Passages can be closed on sea lanes only: with another distance they are open again. */
export function withDistance(method: Method): Method {
  if (method.distance === "sea" || method.without === undefined) return method;
  return { ...method, without: "none" };
}

/** Closes a passage, or opens it again. */
export function togglePassage(method: Method, passage: string): Method {
  const closed = method.without === undefined || method.without === "none" ? [] : method.without.split(",").filter(Boolean);
  const next = closed.includes(passage) ? closed.filter((one) => one !== passage) : [...closed, passage];
  return { ...method, without: next.length === 0 ? "none" : next.join(",") };
}
