/** Each view declares what its state is made of; this gives it typed reading, writing and links. */

import { useSyncExternalStore } from "react";
import type { Language } from "../i18n/language";
import { defaultLanguage, isLanguage } from "../i18n/language";
import { search, slide, step, subscribe } from "./address";
import type { Part } from "./parts";

/** The view that is shown where the address names none. */
export const FIRST_VIEW = "markets";

/** Parts of a question that mean the same in every view and go along from one to the next. */
const SHARED = ["exporter", "product", "market", "year", "data"] as const;

/** Whatever the view: which one it is, the language, and the indicator whose computation is being explained. */
export interface Shell {
  view: string;
  lang: Language;
  how: string | null;
}

/** A part of whatever type. */
interface AnyPart {
  read: (query: URLSearchParams, name: string) => unknown;
  write: (value: never, name: string) => [key: string, value: string | null][];
}
type Parts = Readonly<Record<string, AnyPart>>;
type ValueOf<P extends AnyPart> = ReturnType<P["read"]>;
type StateOf<P extends Parts> = { readonly [K in keyof P]: ValueOf<P[K]> } & { readonly lang: Language };

export interface View<S> {
  id: string;
  /** The state that a query string says; what it does not say has its default. */
  parse: (query: string, language: Language) => S;
  /** The query string of a state, keys in one fixed order, defaults left out; the language always stands in it. */
  format: (state: S) => string;
  /** The state of this moment. */
  now: () => S;
  /** The state of this moment, following the address. */
  use: () => S;
  /** Shows a changed state as a step of its own in the history. */
  goTo: (change: Partial<S>) => void;
  /** Changes the state without a step in the history, for changes that come many a second. */
  adjust: (change: Partial<S>) => void;
  /** An address of this view that keeps of the present one what means the same in every view. */
  link: (change?: Partial<S>) => string;
}

/** Declares a view's state, one part per key of the query string. */
export function declareView<P extends Parts>(id: string, parts: P): View<StateOf<P>> {
  type S = StateOf<P>;
  const names = Object.keys(parts);
  const partOf = (name: string) => parts[name] as Part<unknown>;

  const parse = (said: string, language: Language): S => {
    const query = new URLSearchParams(said);
    const lang = query.get("lang");
    const state = Object.fromEntries(names.map((name) => [name, partOf(name).read(query, name)]));
    return { ...state, lang: isLanguage(lang) ? lang : language } as S;
  };
  const format = (state: S): string => {
    const said = state as Record<string, unknown>;
    const entries = names.flatMap((name) => partOf(name).write(said[name], name));
    return written([["view", id === FIRST_VIEW ? null : id], ...entries, ["lang", state.lang]]);
  };

  let known: { search: string; state: S } | null = null;
  const present = (): S => {
    if (known?.search !== search()) known = { search: search(), state: parse(search(), readersLanguage()) };
    return known.state;
  };
  return {
    id,
    parse,
    format,
    now: present,
    use: () => useSyncExternalStore(subscribe, present),
    goTo: (change) => step(format({ ...present(), ...change })),
    adjust: (change) => slide(format({ ...present(), ...change })),
    link: (change) => format({ ...parse(shared(search()), readersLanguage()), ...change }),
  };
}

const readersLanguage = (): Language => defaultLanguage(navigator.languages);

/** Of a query string what means the same in every view. */
function shared(said: string): string {
  const query = new URLSearchParams(said);
  // A basket is a question of the market finder alone; elsewhere its first product is meant.
  const valueOf = (name: string) => (name === "product" ? (query.get(name)?.split(",")[0] ?? null) : query.get(name));
  return written([...SHARED, "lang"].map((name) => [name, valueOf(name)]));
}

/** The address of another view of which nothing but its name is known. */
export function viewLink(id: string): string {
  const rest = shared(search()).slice(1);
  return written([["view", id === FIRST_VIEW ? null : id]]) + (id === FIRST_VIEW || rest === "" ? rest : `&${rest}`);
}

function readShell(said: string): Shell {
  const query = new URLSearchParams(said);
  const lang = query.get("lang");
  return { view: query.get("view") ?? FIRST_VIEW, lang: isLanguage(lang) ? lang : readersLanguage(), how: query.get("how") };
}

let shell: { search: string; said: Shell } | null = null;
export function presentShell(): Shell {
  if (shell?.search !== search()) shell = { search: search(), said: readShell(search()) };
  return shell.said;
}
export const useShell = (): Shell => useSyncExternalStore(subscribe, presentShell);

/** Changes what is the same in every view and leaves the rest of the address as it is. */
export function goToShell(change: Partial<Record<"lang" | "how", string | null>>): void {
  const query = new URLSearchParams(search());
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  step(written([...query]));
}

/** Like encodeURIComponent, but keeps the signs that read well in a query (weights=gap=2,distance_km=1). */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("%3D", "=").replaceAll("%2C", ",");
}

function written(entries: readonly (readonly [string, string | null])[]): string {
  return "?" + entries.flatMap(([key, value]) => (value === null ? [] : [`${key}=${encode(value)}`])).join("&");
}
