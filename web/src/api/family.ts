/** Questions about trade power and intra-industry trade: one to an address, or several whose rows stand together. */

import { useCallback } from "react";
import type { Figure } from "../charts/figure";
import type { Result } from "./client";
import { fetchJson } from "./client";
import type { Resource } from "./resource";
import { useResource } from "./resource";

export type Query = Readonly<Record<string, string>>;
/** An address below the API's base, and what is asked there. */
export interface Asked {
  path: string;
  query: Query;
}
export type FamilyAnswer = Result & { chart?: Figure | null };

/** A query of what is not null. */
export const queryOf = (entries: readonly (readonly [string, string | null])[]): Query =>
  Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ""));

/** Answers to the same question about several: their rows one after the other, what is noted once. */
export function together(answers: readonly FamilyAnswer[]): FamilyAnswer {
  const [first] = answers;
  if (!first) throw new Error("no answer");
  if (answers.length === 1) return first;
  return {
    ...first,
    rows: answers.flatMap(({ rows }) => rows),
    notes: [...new Set(answers.flatMap(({ notes }) => notes))],
    chart: null,
  };
}

/**
 * The answer to questions (null: nothing is asked).
 *
 * An earlier answer of the same `family` stands until the next one is there.
 */
export function useFamily(asked: readonly Asked[] | null, family: string): Resource<FamilyAnswer> {
  const key = asked && JSON.stringify(asked);
  const loader = useCallback(async () => {
    const questions = JSON.parse(key ?? "[]") as Asked[];
    return together(await Promise.all(questions.map(({ path, query }) => fetchJson<FamilyAnswer>(`/api/v1/${path}`, query))));
  }, [key]);
  return useResource(key, family, loader);
}

/** The answer as a file. */
export function fileOf({ path, query }: Asked, format: string): string {
  const kept = Object.entries(query).filter(([name]) => name !== "chart");
  return `/api/v1/files/${path}?${new URLSearchParams([...kept, ["format", format]])}`;
}
