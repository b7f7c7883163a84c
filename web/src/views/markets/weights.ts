import type { Indicator, Preset, Result } from "../../api/client";
import type { Weights } from "../../scoring/score";
import type { MarketsState } from "./state";

/** The preset that holds where nothing else is chosen. */
export const DEFAULT_PRESET = "balanced";

export interface WeightLists {
  indicators: Indicator[];
  presets: Preset[];
}

export function defaultWeights(lists: WeightLists | null): Weights {
  return lists?.presets.find(({ id }) => id === DEFAULT_PRESET)?.weights ?? {};
}

export function chosenWeights(view: Pick<MarketsState, "weights">, lists: WeightLists | null): Weights {
  return view.weights ?? defaultWeights(lists);
}

/** Equal as weights: a weight of 0 is the same as none. */
export function sameWeights(a: Weights, b: Weights): boolean {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...ids].every((id) => (a[id] ?? 0) === (b[id] ?? 0));
}

/** The preset that says the same as the weights, if any. */
export function presetOf(weights: Weights, lists: WeightLists): string | null {
  return lists.presets.find((preset) => sameWeights(preset.weights, weights))?.id ?? null;
}

/** As kept in the view: null where they are the default, so that the address stays short. */
export function keptWeights(weights: Weights, lists: WeightLists): Weights | null {
  return sameWeights(weights, defaultWeights(lists)) ? null : weights;
}

/** What scores the rows now. Before the presets have arrived, the weights with which the answer itself was ranked. */
export function scoringWeights(chosen: Weights | null, lists: WeightLists | null, result: Result | null): Weights {
  if (chosen !== null || lists !== null) return chosenWeights({ weights: chosen }, lists);
  const used = result?.parameters.weights;
  return typeof used === "object" && used !== null ? used : {};
}
