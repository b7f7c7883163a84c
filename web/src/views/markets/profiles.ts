/** Weights that a reader has saved under a name, in this browser alone. */

import { useSyncExternalStore } from "react";
import type { Weights } from "../../scoring/score";
import { formatWeights, parseWeights } from "../../state/parts";

export interface Profile {
  name: string;
  weights: Weights;
}

const KEY = "entrepot-weights";
const MOST = 30;
const listeners = new Set<() => void>();

/** Whatever stands in the storage, as profiles; what is none is passed over. */
export function readProfiles(stored: string | null): Profile[] {
  let said: unknown;
  try {
    said = JSON.parse(stored ?? "{}");
  } catch {
    return [];
  }
  if (typeof said !== "object" || said === null) return [];
  return Object.entries(said).flatMap(([name, weights]) => (typeof weights === "string" ? [{ name, weights: parseWeights(weights) }] : []));
}

function stored(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; profiles then last as long as the page.
    return null;
  }
}

let known: readonly Profile[] | null = null;

function present(): readonly Profile[] {
  known ??= readProfiles(stored());
  return known;
}

function write(profiles: readonly Profile[]): void {
  const text = JSON.stringify(Object.fromEntries(profiles.map(({ name, weights }) => [name, formatWeights(weights)])));
  known = profiles;
  try {
    window.localStorage.setItem(KEY, text);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

export function saveProfile(name: string, weights: Weights): void {
  const used = Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight > 0));
  write([...present().filter((one) => one.name !== name), { name, weights: used }].slice(-MOST));
}

export function removeProfile(name: string): void {
  write(present().filter((one) => one.name !== name));
}

export const useProfiles = (): readonly Profile[] =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, present);
