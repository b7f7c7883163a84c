/** Light or dark: the system's choice unless the reader has made one. Kept on this device, not in the address. */

import { useSyncExternalStore } from "react";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "entrepot-theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function stored(): Theme {
  try {
    return THEMES.find((theme) => theme === window.localStorage.getItem(KEY)) ?? "auto";
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
    return "auto";
  }
}

let chosen = stored();

function apply(): void {
  document.documentElement.dataset.theme = resolved();
  for (const listener of listeners) listener();
}

const resolved = (): "light" | "dark" => (chosen === "auto" ? (dark.matches ? "dark" : "light") : chosen);

export function setTheme(theme: Theme): void {
  chosen = theme;
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
  apply();
}

dark.addEventListener("change", apply);
apply();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useThemeChoice = (): Theme => useSyncExternalStore(subscribe, () => chosen);
export const useTheme = (): "light" | "dark" => useSyncExternalStore(subscribe, resolved);
