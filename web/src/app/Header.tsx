import { useLayoutEffect, useRef } from "react";
import { useSay } from "../i18n";
import type { Language } from "../i18n/language";
import { goToShell, viewLink } from "../state/view";
import { Link } from "../ui/Link";
import { VIEWS } from "../views/registry";
import { setTheme, THEMES, useThemeChoice } from "./theme";

export function Header({ view, lang }: { view: string; lang: Language }) {
  const t = useSay();
  const theme = useThemeChoice();
  const views = useRef<HTMLElement>(null);
  // On a phone the views are wider than the window: the one that is shown stands in its middle.
  useLayoutEffect(() => {
    const box = views.current;
    const here = box?.querySelector<HTMLElement>("[aria-current]");
    if (!box || !here) return;
    const [around, own] = [box.getBoundingClientRect(), here.getBoundingClientRect()];
    box.scrollLeft += own.left + own.width / 2 - around.left - around.width / 2;
  }, [view, lang]);
  return (
    <header className="masthead">
      <Link className="wordmark" to={`?lang=${lang}`} title={t("app.home")}>
        Entrepôt <span lang="zh-CN">商埠</span>
      </Link>
      <nav className="views" ref={views} aria-label={t("app.views")}>
        <ul>
          {VIEWS.map((entry, index) => (
            <li key={entry.id} data-starts-group={index > 0 && VIEWS[index - 1]?.group !== entry.group}>
              <Link to={viewLink(entry.id)} aria-current={entry.id === view ? "page" : undefined}>
                {entry.name[lang]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="switches">
        <div className="switch" role="group" aria-label={t("app.language")}>
          <button type="button" lang="en" aria-pressed={lang === "en"} onClick={() => goToShell({ lang: "en" })}>
            English
          </button>
          <button type="button" lang="zh-CN" aria-pressed={lang === "zh"} onClick={() => goToShell({ lang: "zh" })}>
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
