/** The parts from which a view's state is declared: how each is read from the query string and written to it. */

import type { Weights } from "../scoring/score";

export interface Part<T> {
  read: (query: URLSearchParams, name: string) => T;
  /** Keys and values; null where the value is the default and is left out. */
  write: (value: T, name: string) => [key: string, value: string | null][];
}

/** Any text; null where it is absent. */
export const text: Part<string | null> = {
  read: (query, name) => query.get(name),
  write: (value, name) => [[name, value]],
};

/** A text that has a default. What is not known is passed on, so that the API can say what is valid. */
export function textOr(standard: string): Part<string> {
  return {
    read: (query, name) => query.get(name) ?? standard,
    write: (value, name) => [[name, value === standard ? null : value]],
  };
}

/** Names between commas; empty where it is absent. */
export const list: Part<readonly string[]> = {
  read: (query, name) => query.get(name)?.split(",").filter(Boolean) ?? [],
  write: (value, name) => [[name, value.join(",") || null]],
};

/** One of a few; whatever else stands in the address counts as the first. */
export function oneOf<const C extends readonly [string, ...string[]]>(choices: C): Part<C[number]> {
  return {
    read: (query, name) => choices.find((choice) => choice === query.get(name)) ?? choices[0],
    write: (value, name) => [[name, value === choices[0] ? null : value]],
  };
}

/** Weights by parameter; null: the default preset. */
export const weights: Part<Weights | null> = {
  read: (query, name) => {
    const said = query.get(name);
    return said === null ? null : parseWeights(said);
  },
  write: (value, name) => [[name, value && formatWeights(value)]],
};

export type Options<N extends string> = Partial<Record<N, string>>;

/**
 * Options of an analysis, each a key of its own, passed on to the API as they stand and absent at their default.
 *
 * The first of the values offered is the default.
 */
export function options<const O extends Record<string, readonly [string, ...string[]]>>(
  offered: O,
): Part<Options<keyof O & string>> {
  const names = Object.keys(offered) as (keyof O & string)[];
  return {
    read: (query) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const value = query.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ) as Options<keyof O & string>,
    write: (value) => names.map((name) => [name, value[name] === undefined || value[name] === offered[name]?.[0] ? null : value[name]]),
  };
}

export function parseWeights(said: string): Weights {
  const pairs = said.split(",").map((part) => part.split("="));
  return Object.fromEntries(
    pairs
      .map(([id = "", value = ""]) => [id.trim(), Number(value)] as const)
      .filter(([id, value]) => id !== "" && Number.isFinite(value) && value >= 0),
  );
}

/** "gap=2,distance_km=1"; weights of 0 are left out unless all are 0, which one of them then says. */
export function formatWeights(value: Weights): string {
  const entries = Object.entries(value);
  const used = entries.filter(([, weight]) => weight > 0);
  return (used.length > 0 ? used : entries.slice(0, 1)).map(([id, weight]) => `${id}=${weight}`).join(",");
}
