import { useEffect } from "react";
import { useSay } from "../i18n";

/** The page's title in the browser: what is shown, then the app. */
export function useTitle(...parts: readonly string[]): void {
  const t = useSay();
  const title = [...parts.filter((part) => part !== ""), t("app.title")].join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
