/** Questions as the API takes them: options by name, absent at their default. */

import { useCallback } from "react";
import { fetchJson } from "./client";
import type { Question, Resource } from "./resource";
import { useResource } from "./resource";

export type Query = Readonly<Record<string, string>>;

/** Whether a value is valid is for the API to say; its message is shown. */
export function asked(entries: readonly (readonly [string, string | null])[]): Query {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

const keyOf = (question: string, query: Query): string => `${question} ${JSON.stringify(query)}`;

/** The answer of `/api/v1/<question>`; while it comes, the last one of the same `family` stands in. Null asks nothing. */
export function useAsked<T>(question: string, query: Query | null, family: string): Resource<T> {
  const key = query && keyOf(question, query);
  const loader = useCallback(() => fetchJson<T>(question, JSON.parse(key?.slice(question.length + 1) ?? "{}") as Query), [key, question]);
  return useResource(key, family, loader);
}

/** The same question, to be asked before any part of the page is there. */
export const askedAhead = (question: string, query: Query, family: string): Question => ({
  key: keyOf(question, query),
  family,
  loader: () => fetchJson(question, query),
});

/** Where the answer lies as a file. */
export const fileAddress = (question: string, query: Query | null, format: string, more: Query = {}): string =>
  `/api/v1/files/${question}?${new URLSearchParams({ ...query, ...more, format })}`;
