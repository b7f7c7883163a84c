/** Keeps the view and the address of the page in step; back and forward lead through earlier views. */

import { useSyncExternalStore } from "react";
import type { ViewState } from "./viewState";
import { defaultLanguage, formatView, parseView } from "./viewState";

/** A change that is still going on (a slider being moved) is written to the address when it rests. */
const REST_MS = 200;

type Change = Partial<ViewState>;

const readAddress = (): ViewState => parseView(window.location.search, defaultLanguage(navigator.languages));

let current = readAddress();
let resting: number | undefined;
const listeners = new Set<() => void>();

function announce(next: ViewState): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Writes the view over the present entry of the history. */
function settle(): void {
  window.clearTimeout(resting);
  resting = undefined;
  window.history.replaceState(null, "", formatView(current));
}

window.addEventListener("popstate", () => {
  window.clearTimeout(resting);
  announce(readAddress());
});
window.addEventListener("pagehide", () => {
  if (resting !== undefined) settle();
});

/** Shows another view as a step of its own in the history. */
export function goTo(change: Change): void {
  if (resting !== undefined) settle();
  const next = { ...current, ...change };
  if (formatView(next) === formatView(current)) return;
  window.history.pushState(null, "", formatView(next));
  announce(next);
}

/** Changes the present view without a step in the history, for changes that come many a second. */
export function adjust(change: Change): void {
  announce({ ...current, ...change });
  window.clearTimeout(resting);
  resting = window.setTimeout(settle, REST_MS);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useViewState(): ViewState {
  return useSyncExternalStore(subscribe, () => current);
}
