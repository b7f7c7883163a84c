import type { ViewState } from "../state/viewState";
import { METHOD_OPTIONS } from "../state/viewState";

/** The change of view that puts the API's nearest valid value where the wrong one was. */
export function fixFor(view: ViewState, field: string, value: string, valid: readonly string[]): Partial<ViewState> {
  if (field in METHOD_OPTIONS) return { method: { ...view.method, [field]: value } };
  if (field === "weights") {
    const renamed = Object.entries(view.weights ?? {}).map(([id, weight]) => [valid.includes(id) ? id : value, weight] as const);
    return { weights: Object.fromEntries(renamed) };
  }
  return { [field]: value };
}
