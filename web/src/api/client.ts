/** Questions to the API, with one kind of error for whatever goes wrong. */

import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

export type Column = components["schemas"]["Column"];
export type Provenance = components["schemas"]["Provenance"];
export type Economy = components["schemas"]["Economy"];
export type Product = components["schemas"]["Product"];
export type Dataset = components["schemas"]["Dataset"];
export type Indicator = components["schemas"]["Indicator"];
export type Preset = components["schemas"]["Preset"];
export type Result = components["schemas"]["Result"];

/** A named set of economies: a region, an income group, a bloc, the parties of an agreement. */
export interface Group {
  id: string;
  name: string;
  members: readonly string[];
}
/** Which indicators: those of the market finder, of trade power, … */
export type Family = NonNullable<NonNullable<paths["/api/v1/lists/indicators"]["get"]["parameters"]["query"]>["family"]>;
export type GroupLists = Readonly<Record<"regions" | "incomes" | "blocs" | "agreements", readonly Group[]>>;

export class ApiError extends Error {
  constructor(
    /** "offline" when no answer came at all. */
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly nearest: string | null = null,
    readonly valid: readonly string[] = [],
  ) {
    super(message);
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

interface ErrorShape {
  error?: { code?: string; message?: string; field?: string | null; nearest?: string | number | null; valid?: unknown[] | null };
}

export const client = createClient<paths>({ baseUrl: window.location.origin });

const textOf = (value: string | number | null | undefined): string | null => (value == null ? null : String(value));

/** The answer of a request, or an ApiError that says what was wrong with it. */
export async function unwrap<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch {
    throw new ApiError("offline", "");
  }
  if (answer.data !== undefined) return answer.data;
  const said = (answer.error as ErrorShape | undefined)?.error;
  throw new ApiError(
    said?.code ?? `http_${answer.response.status}`,
    said?.message ?? `HTTP ${answer.response.status}`,
    said?.field ?? null,
    textOf(said?.nearest),
    (said?.valid ?? []).map(String),
  );
}

export const api = {
  economies: (lang: "en" | "zh") => unwrap(client.GET("/api/v1/lists/economies", { params: { query: { lang } } })),
  products: (lang: "en" | "zh", data: string | null) =>
    unwrap(client.GET("/api/v1/lists/products", { params: { query: data === null ? { lang } : { lang, data } } })),
  datasets: (lang: "en" | "zh") => unwrap(client.GET("/api/v1/lists/datasets", { params: { query: { lang } } })),
  candidates: (lang: "en" | "zh") => fetchJson<GroupLists>("lists/candidates", { lang }),
  indicators: (lang: "en" | "zh", family: Family) =>
    unwrap(client.GET("/api/v1/lists/indicators", { params: { query: { lang, family } } })),
};

/** Whatever a question gives, by its address below the API's base. */
export async function fetchJson<T>(path: string, query: Readonly<Record<string, string>>): Promise<T> {
  return unwrap<T>(
    fetch(`/api/v1/${path}?${new URLSearchParams(query)}`).then(async (response) => {
      const body: unknown = await response.json();
      return response.ok ? { data: body as T, response } : { error: body, response };
    }),
  );
}
