import { useEffect } from "react";
import { useSay } from "../i18n";
import { useStalled } from "../api/resource";
import { speak } from "../i18n";
import { useShell, viewLink } from "../state/view";
import { HowPanel } from "../ui/HowPanel";
import { FIRST, VIEWS } from "../views/registry";
import { Header } from "./Header";
import { useKeys } from "./keys";
import { Page } from "./Page";
import { useOnline } from "./useOnline";

export function App() {
  const { view, lang, how } = useShell();
  const t = useSay();
  const online = useOnline();
  const stalled = useStalled();
  useKeys();

  useEffect(() => {
    speak(lang);
  }, [lang]);

  const entry = VIEWS.find(({ id }) => id === view);
  return (
    <>
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <Header view={view} lang={lang} />
      <p className="banner" role="status" hidden={online && !stalled}>
        {online && !stalled ? "" : t("app.offline")}
      </p>
      {entry ? (
        <Page key={entry.id} entry={entry} />
      ) : (
        <main id="content" className="state lone">
          <p>{t("app.unknown_view", { view })}</p>
          <a href={viewLink(FIRST.id)}>{FIRST.name[lang]}</a>
        </main>
      )}
      {how !== null && <HowPanel id={how} lang={lang} family={entry?.family ?? FIRST.family} />}
    </>
  );
}
