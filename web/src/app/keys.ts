/** Keys that mean the same everywhere: "/" goes to the search, "?" explains the number one stands on. */

import { useEffect } from "react";
import { goToShell } from "../state/view";

const writes = (element: Element | null): boolean =>
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement ||
  (element instanceof HTMLInputElement && !["range", "checkbox", "radio", "button"].includes(element.type));

/** The first search field that is still empty, or else the first. */
export function searchField(): HTMLInputElement | undefined {
  const fields = [...document.querySelectorAll<HTMLInputElement>("input[data-search]")];
  return fields.find(({ value }) => value === "") ?? fields[0];
}

function onKeyDown(event: KeyboardEvent): void {
  const here = document.activeElement;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writes(here)) return;
  if (event.key === "/") {
    const field = searchField();
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.click();
  }
  if (event.key === "?") {
    const how = here?.closest<HTMLElement>("[data-how]")?.dataset.how;
    if (how !== undefined) goToShell({ how });
  }
}

export function useKeys(): void {
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
