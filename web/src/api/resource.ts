/** A small cache of answers, and a hook that reads it. Asking twice for the same thing asks the server once. */

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

const MOST_ENTRIES = 80;
const entries = new Map<string, Entry>();
/** The last answer of each family, shown while the next one of the same family is on its way. */
const latest = new Map<string, unknown>();
const listeners = new Set<() => void>();

function put(key: string, entry: Entry): void {
  entries.delete(key);
  entries.set(key, entry);
  const oldest = entries.keys().next();
  if (entries.size > MOST_ENTRIES && !oldest.done) entries.delete(oldest.value);
  for (const listener of listeners) listener();
}

function load(key: string, family: string, loader: () => Promise<unknown>): void {
  if (entries.has(key)) return;
  put(key, { state: "pending" });
  loader().then(
    (data) => {
      latest.set(family, data);
      put(key, { state: "ready", data });
    },
    (error: unknown) => {
      put(key, { state: "failed", error: error instanceof ApiError ? error : new ApiError("broken", String(error)) });
    },
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The answer to the question named by `key` (null: nothing is asked).
 *
 * Questions of one `family` differ so little that an earlier answer may stand until the next arrives.
 */
export function useResource<T>(key: string | null, family: string, loader: () => Promise<T>): Resource<T> {
  const entry = useSyncExternalStore(subscribe, () => (key === null ? undefined : entries.get(key)));
  useEffect(() => {
    if (key !== null && entry === undefined) load(key, family, loader);
  }, [key, family, entry, loader]);
  const retry = useCallback(() => {
    if (key === null) return;
    entries.delete(key);
    for (const listener of listeners) listener();
  }, [key]);

  if (entry?.state === "ready") return { data: entry.data as T, error: null, pending: false, retry };
  const earlier = key === null ? null : ((latest.get(family) as T | undefined) ?? null);
  if (entry?.state === "failed") return { data: earlier, error: entry.error, pending: false, retry };
  return { data: earlier, error: null, pending: key !== null, retry };
}
