/** Questions about trade power and intra-industry trade: one to an address, or several whose rows stand together. */

import { useCallback } from "react";
import type { Figure } from "../charts/figure";
import type { Query } from "./asked";
import { asked, fileAddress } from "./asked";
import type { Result } from "./client";
import { fetchJson } from "./client";
import type { Resource } from "./resource";
import { useResource } from "./resource";

/** An address below the API's base, and what is asked there. */
export interface Asked {
  path: string;
  query: Query;
}
export type FamilyAnswer = Result & { chart?: Figure | null };

/** A query of what is not empty. */
export const queryOf = (entries: readonly (readonly [string, string | null])[]): Query => asked(entries.filter(([, value]) => value !== ""));

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
export function useFamily(questions: readonly Asked[] | null, family: string): Resource<FamilyAnswer> {
  const key = questions && JSON.stringify(questions);
  const loader = useCallback(async () => {
    const each = JSON.parse(key ?? "[]") as Asked[];
    return together(await Promise.all(each.map(({ path, query }) => fetchJson<FamilyAnswer>(path, query))));
  }, [key]);
  return useResource(key, family, loader);
}

/** The answer as a file. */
export const fileOf = ({ path, query }: Asked, format: string): string =>
  fileAddress(path, Object.fromEntries(Object.entries(query).filter(([name]) => name !== "chart")), format);
