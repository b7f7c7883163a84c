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
export type MarketsQuery = paths["/api/v1/markets"]["get"]["parameters"]["query"];
export type HistoryQuery = paths["/api/v1/history"]["get"]["parameters"]["query"];

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

const client = createClient<paths>({ baseUrl: window.location.origin });

const textOf = (value: string | number | null | undefined): string | null => (value == null ? null : String(value));

async function unwrap<T>(request: Promise<Answer<T>>): Promise<T> {
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
  markets: (query: MarketsQuery) => unwrap(client.GET("/api/v1/markets", { params: { query } })),
  history: (query: HistoryQuery) => unwrap(client.GET("/api/v1/history", { params: { query } })),
  economies: (lang: "en" | "zh") => unwrap(client.GET("/api/v1/lists/economies", { params: { query: { lang } } })),
  products: (lang: "en" | "zh", data: string | null) =>
    unwrap(client.GET("/api/v1/lists/products", { params: { query: data === null ? { lang } : { lang, data } } })),
  datasets: (lang: "en" | "zh") => unwrap(client.GET("/api/v1/lists/datasets", { params: { query: { lang } } })),
  indicators: (lang: "en" | "zh") => unwrap(client.GET("/api/v1/lists/indicators", { params: { query: { lang } } })),
};
