export type Language = "en" | "zh";

export const isLanguage = (text: string | null): text is Language => text === "en" || text === "zh";

export function defaultLanguage(preferred: readonly string[]): Language {
  return preferred[0]?.toLowerCase().startsWith("zh") ? "zh" : "en";
}
