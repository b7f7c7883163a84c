/** Which shapes the map shows and what is said of its boundaries: geometry/map.json, served with the app, not code. */

import type { Topology } from "topojson-specification";
import { ApiError } from "../api/client";
import type { Language } from "../i18n/language";

export interface MapConfiguration {
  /** Address of a TopoJSON file whose shapes have UN M49 numbers as ids. */
  file: string;
  /** The object in it that holds the shapes. */
  object: string;
  /** Shapes that are not drawn, by name. */
  left_out: readonly string[];
  /** ISO alpha-3 codes of shapes without a number, by name. */
  codes: Readonly<Record<string, string>>;
  note: Readonly<Record<Language, string>>;
}

export interface MapSource {
  configuration: MapConfiguration;
  topology: Topology;
}

async function json(address: string): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address);
  } catch {
    throw new ApiError("offline", "");
  }
  if (!answer.ok) throw new ApiError(`http_${answer.status}`, `${address}: HTTP ${answer.status}`);
  return answer.json();
}

export async function fetchMap(): Promise<MapSource> {
  const configuration = (await json("/geometry/map.json")) as MapConfiguration;
  return { configuration, topology: (await json(configuration.file)) as Topology };
}
