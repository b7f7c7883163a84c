/** Questions as the API takes them: options by name, absent at their default. */

import { useCallback } from "react";
import { fetchJson } from "./client";
import type { Resource } from "./resource";
import { useResource } from "./resource";

export type Query = Readonly<Record<string, string>>;

/** Whether a value is valid is for the API to say; its message is shown. */
export function asked(entries: readonly (readonly [string, string | null])[]): Query {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The answer of `/api/v1/<question>`; while it comes, the last one of the same `family` stands in. Null asks nothing. */
export function useAsked<T>(question: string, query: Query | null, family: string): Resource<T> {
  const key = query && `${question} ${JSON.stringify(query)}`;
  const loader = useCallback(() => fetchJson<T>(question, JSON.parse(key?.slice(question.length + 1) ?? "{}") as Query), [key, question]);
  return useResource(key, family, loader);
}

/** Where the answer lies as a file. */
export const fileAddress = (question: string, query: Query | null, format: string, more: Query = {}): string =>
  `/api/v1/files/${question}?${new URLSearchParams({ ...query, ...more, format })}`;
