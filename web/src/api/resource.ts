/**
 * A small cache of answers, and a hook that reads it. Asking twice for the same thing asks the server once; what did not
 * reach the server is asked again by itself until it does.
 */

import { useCallback, useEffect, useSyncExternalStore } from "react";
import { ApiError } from "./client";

export interface Resource<T> {
  data: T | null;
  error: ApiError | null;
  /** True while the answer to the present question is on its way; `data` may then be an earlier answer. */
  pending: boolean;
  retry: () => void;
}

type Entry = { state: "pending" } | { state: "ready"; data: unknown } | { state: "failed"; error: ApiError };
export interface Question<T = unknown> {
  key: string;
  family: string;
  loader: () => Promise<T>;
}

const MOST_ENTRIES = 80;
/** Asked again after so long, twice as long each time up to the last. */
const RETRY_MS = [2000, 4000, 8000, 15000] as const;

const entries = new Map<string, Entry>();
/** The last answer of each family, shown while the next one of the same family is on its way. */
const latest = new Map<string, unknown>();
/** Questions that some part of the page waits for, and by how many parts. */
const wanted = new Map<string, number>();
/** Questions that did not reach the server. */
const unreached = new Map<string, Question>();
const listeners = new Set<() => void>();
let attempts = 0;
let timer: number | undefined;

function tell(): void {
  for (const listener of listeners) listener();
}

function put(key: string, entry: Entry): void {
  entries.delete(key);
  entries.set(key, entry);
  const oldest = entries.keys().next();
  if (entries.size > MOST_ENTRIES && !oldest.done) entries.delete(oldest.value);
  tell();
}

function load(question: Question): void {
  if (entries.has(question.key)) return;
  put(question.key, { state: "pending" });
  void ask(question);
}

/** Asks before any part of the page waits for the answer. */
export const askAhead = load;

async function ask(question: Question): Promise<void> {
  const { key, family, loader } = question;
  try {
    const data = await loader();
    latest.set(family, data);
    unreached.delete(key);
    attempts = 0;
    put(key, { state: "ready", data });
  } catch (reason) {
    const error = reason instanceof ApiError ? reason : new ApiError("broken", String(reason));
    if (error.code === "offline") unreached.set(key, question);
    else unreached.delete(key);
    put(key, { state: "failed", error });
    plan();
  }
}

/** Asks again, later and later, for what is still wanted. */
function plan(): void {
  if (timer !== undefined || unreached.size === 0) return;
  timer = window.setTimeout(askAgain, RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)]);
  attempts += 1;
}

function askAgain(): void {
  window.clearTimeout(timer);
  timer = undefined;
  for (const question of unreached.values()) {
    if (wanted.has(question.key)) void ask(question);
    else forget(question.key);
  }
}

function forget(key: string): void {
  unreached.delete(key);
  entries.delete(key);
}

window.addEventListener("online", askAgain);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const isStalled = (): boolean => [...unreached.keys()].some((key) => wanted.has(key));

/** Whether something that the page needs has not reached the server. */
export const useStalled = (): boolean => useSyncExternalStore(subscribe, isStalled);

/** The first failure of several answers, and a way to ask again for all that failed; null where none did. */
export function failureOf(...resources: readonly Resource<unknown>[]): { error: ApiError; onRetry: () => void } | null {
  const failed = resources.filter(({ error }) => error !== null);
  const error = failed[0]?.error;
  return error
    ? {
        error,
        onRetry: () => {
          for (const { retry } of failed) retry();
        },
      }
    : null;
}

/**
 * The answer to the question named by `key` (null: nothing is asked).
 *
 * Questions of one `family` differ so little that an earlier answer may stand until the next arrives.
 */
export function useResource<T>(key: string | null, family: string, loader: () => Promise<T>): Resource<T> {
  const entry = useSyncExternalStore(subscribe, () => (key === null ? undefined : entries.get(key)));
  useEffect(() => {
    if (key === null) return;
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
    return () => {
      const left = (wanted.get(key) ?? 1) - 1;
      if (left > 0) wanted.set(key, left);
      else wanted.delete(key);
    };
  }, [key]);
  useEffect(() => {
    if (key !== null && entry === undefined) load({ key, family, loader });
  }, [key, family, entry, loader]);
  const retry = useCallback(() => {
    if (key === null) return;
    forget(key);
    tell();
  }, [key]);

  if (entry?.state === "ready") return { data: entry.data as T, error: null, pending: false, retry };
  const earlier = key === null ? null : ((latest.get(family) as T | undefined) ?? null);
  if (entry?.state === "failed") return { data: earlier, error: entry.error, pending: false, retry };
  return { data: earlier, error: null, pending: key !== null, retry };
}
