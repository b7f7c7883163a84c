import type { ComponentType } from "react";
import type { Family } from "../api/client";
import type { Language } from "../i18n/language";

interface Module {
  default: ComponentType;
}
type Group = "find" | "look" | "study";

export interface ViewEntry {
  /** As it stands in the address. */
  id: string;
  /** A hairline in the navigation sets one group off from the next. */
  group: Group;
  name: Readonly<Record<Language, string>>;
  /** The indicators that explain its numbers. */
  family: Family;
  /** The first view comes with the app; the code of the others when they are first asked for. */
  code: { ready: ComponentType } | { load: () => Promise<Module> };
}

/** A view whose code is loaded when it is first asked for. */
export const later = (id: string, group: Group, en: string, zh: string, load: () => Promise<Module>, family: Family = "finder"): ViewEntry => ({
  id,
  group,
  name: { en, zh },
  family,
  code: { load },
});
