/** First and last of the years that are asked for, whichever way they are written; of all known ones if none are. */
export function spanOf(years: string | null, known: readonly number[]): [from: string, to: string] {
  const said = years?.match(/\d{4}/g) ?? [];
  return [said[0] ?? String(known[0] ?? ""), said.at(-1) ?? String(known.at(-1) ?? "")];
}

/** The years asked for, as the API takes them; null while it is not known which there are. */
export function spanAsked(years: string | null, known: readonly number[]): string | null {
  if (years !== null) return years;
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  return first === last ? String(first) : `${first}-${last}`;
}
