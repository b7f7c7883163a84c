import { useTranslation } from "react-i18next";
import { goTo } from "../state/useViewState";
import type { ViewState } from "../state/viewState";
import { setTheme, THEMES, useThemeChoice } from "./theme";

export function Header({ view }: { view: ViewState }) {
  const { t } = useTranslation();
  const theme = useThemeChoice();
  return (
    <header className="masthead">
      <a className="wordmark" href={`/?lang=${view.lang}`} title={t("app.tagline")}>
        Entrepôt <span lang="zh-CN">商埠</span>
      </a>
      <span className="tagline">{t("app.tagline")}</span>
      <div className="switches">
        <div className="switch" role="group" aria-label={t("app.language")}>
          <button type="button" lang="en" aria-pressed={view.lang === "en"} onClick={() => goTo({ lang: "en" })}>
            English
          </button>
          <button type="button" lang="zh-CN" aria-pressed={view.lang === "zh"} onClick={() => goTo({ lang: "zh" })}>
            中文
          </button>
        </div>
        <div className="switch" role="group" aria-label={t("app.theme")}>
          {THEMES.map((name) => (
            <button key={name} type="button" aria-pressed={theme === name} onClick={() => setTheme(name)}>
              {t(`app.theme.${name}`)}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}
