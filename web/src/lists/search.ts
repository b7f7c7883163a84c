/** Search that forgives: by code, by name in either language, by alias, whatever the accents and case. */

export interface Choice {
  code: string;
  /** What is shown, in the reader's language. */
  name: string;
  /** Further names under which it is found. */
  otherNames: readonly string[];
  /** A short remark beside the name ("2 of 9 HS6 codes"). */
  remark?: string;
}

export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** How well a choice answers the query: smaller is better, null is not at all. */
function fit(choice: Choice, query: string): number | null {
  const code = plain(choice.code);
  if (code === query) return 0;
  if (code.startsWith(query)) return 1;
  const names = [choice.name, ...choice.otherNames].map(plain);
  if (names.some((name) => name === query)) return 1;
  if (names.some((name) => name.startsWith(query))) return 2;
  if (names.some((name) => name.split(/[\s,()/-]+/).some((word) => word.startsWith(query)))) return 3;
  const words = query.split(/\s+/);
  if (names.some((name) => words.every((word) => name.includes(word)))) return 4;
  return null;
}

/** The choices that answer the query, best first, in their given order where equally good; all for an empty query. */
export function search(choices: readonly Choice[], typed: string): Choice[] {
  const query = plain(typed);
  if (query === "") return [...choices];
  return choices
    .map((choice) => ({ choice, at: fit(choice, query) }))
    .filter((hit): hit is { choice: Choice; at: number } => hit.at !== null)
    .sort((a, b) => a.at - b.at)
    .map((hit) => hit.choice);
}
