import type { Weights } from "../scoring/score";
import type { Method } from "./options";
import { METHOD_OPTIONS } from "./options";

interface Fixable {
  method?: Method;
  weights?: Weights | null;
}

/** The change of state that puts the API's nearest valid value where the wrong one was. */
export function fixFor(state: Fixable, field: string, value: string, valid: readonly string[]): Record<string, unknown> {
  if (field in METHOD_OPTIONS) return { method: { ...state.method, [field]: value } };
  if (field === "weights") {
    const renamed = Object.entries(state.weights ?? {}).map(([id, weight]) => [valid.includes(id) ? id : value, weight] as const);
    return { weights: Object.fromEntries(renamed) };
  }
  return { [field]: value };
}
