import type { Resource } from "../../api/resource";
import { formatBare } from "../../format/number";
import type { Language } from "../../i18n/language";
import { Link } from "../../ui/Link";
import { ErrorState, Skeleton } from "../../ui/states";
import type { Studies } from "./questions";
import { studyView } from "./state";
import "./study.css";
import { useTexts } from "./texts";

const COMMANDS = [
  { said: "empty.init", command: "entrepot study init study.toml" },
  { said: "empty.run", command: "entrepot study run study.toml --name main" },
] as const;

/** Every finished study, or how to make one. */
export function StudyList({ list, lang }: { list: Resource<Studies>; lang: Language }) {
  const t = useTexts();
  const { data, error, retry } = list;
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!data) return <Skeleton rows={8} />;
  if (data.studies.length === 0) {
    return (
      <section className="state">
        <h1>{t("empty.title")}</h1>
        <p>{t("empty.text")}</p>
        <ol className="commands">
          {COMMANDS.map(({ said, command }) => (
            <li key={command}>
              <code>{command}</code>
              <span className="muted small">{t(said)}</span>
            </li>
          ))}
        </ol>
      </section>
    );
  }
  return (
    <>
      <div className="headline">
        <h1>{t("list.title")}</h1>
        <p className="muted">{t("list.text")}</p>
      </div>
      <div className="inner-scroll" tabIndex={0} role="region" aria-label={t("list.title")}>
        <table className="studies">
          <thead>
            <tr>
              <th scope="col">{t("list.study")}</th>
              <th scope="col">{t("list.name")}</th>
              <th scope="col">{t("list.finished")}</th>
              <th scope="col" className="number">
                {t("list.rows")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.studies.map(({ name, title, finished, rows, problem }) => (
              <tr key={name}>
                <th scope="row">{problem === null ? <Link to={studyView.link({ name })}>{title}</Link> : title}</th>
                <td className="code">{name}</td>
                {problem === null ? (
                  <>
                    <td className="day">{formatBare(finished, "", "date", lang)}</td>
                    <td className="number">{formatBare(rows, "", "count", lang)}</td>
                  </>
                ) : (
                  <td colSpan={2}>{problem}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
