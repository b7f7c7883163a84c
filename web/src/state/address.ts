/** The address of the page, where the whole state of every view stands. Back and forward lead through earlier states. */

/** A change that is still going on (a slider being moved) is written to the address when it rests. */
const REST_MS = 200;

let current = window.location.search;
let resting: number | undefined;
const listeners = new Set<() => void>();

function announce(search: string): void {
  current = search;
  for (const listener of listeners) listener();
}

/** Writes the state over the present entry of the history. */
function settle(): void {
  window.clearTimeout(resting);
  resting = undefined;
  window.history.replaceState(null, "", current);
}

window.addEventListener("popstate", () => {
  window.clearTimeout(resting);
  resting = undefined;
  announce(window.location.search);
});
window.addEventListener("pagehide", () => {
  if (resting !== undefined) settle();
});

/** The query string of this moment; the address bar follows it. */
export const search = (): string => current;

/** Shows another state as a step of its own in the history. */
export function step(next: string): void {
  if (resting !== undefined) settle();
  if (next === current) return;
  window.history.pushState(null, "", next);
  announce(next);
}

/** Changes the present state without a step in the history, for changes that come many a second. */
export function slide(next: string): void {
  announce(next);
  window.clearTimeout(resting);
  resting = window.setTimeout(settle, REST_MS);
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
