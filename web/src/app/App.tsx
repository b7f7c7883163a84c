import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { MarketFinder } from "../finder/MarketFinder";
import { speak } from "../i18n";
import { useViewState } from "../state/useViewState";
import { Header } from "./Header";
import { useOnline } from "./useOnline";

/** The views by their name in the address. */
const VIEWS = { markets: MarketFinder };

export function App() {
  const view = useViewState();
  const { t } = useTranslation();
  const online = useOnline();

  useEffect(() => {
    speak(view.lang);
  }, [view.lang]);

  const View = view.view in VIEWS ? VIEWS[view.view as keyof typeof VIEWS] : null;
  return (
    <>
      <a className="skip" href="#ranking">
        {t("app.skip")}
      </a>
      <Header view={view} />
      {!online && (
        <p className="banner" role="status">
          {t("app.offline")}
        </p>
      )}
      {View ? (
        <View view={view} />
      ) : (
        <main className="state">
          <p>{t("app.unknown_view", { view: view.view })}</p>
          <a href={`?lang=${view.lang}`}>{t("app.finder")}</a>
        </main>
      )}
    </>
  );
}
