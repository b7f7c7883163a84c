import { useAsked } from "../../api/asked";
import { FigureChart } from "../../charts/FigureChart";
import { formatBare } from "../../format/number";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { PublicationTable } from "../../ui/PublicationTable";
import { ErrorState, Skeleton } from "../../ui/states";
import { Tabs } from "../../ui/Tabs";
import type { Study } from "./questions";
import { addressOf, fileOf, overviewOf } from "./questions";
import type { StudyState } from "./state";
import { goTo, SHOWS } from "./state";
import "./study.css";
import { useTexts } from "./texts";

/** One finished study: what it is, its tables, figures and tests, what it rests on, and its files. */
export function StudyAnswer({ view, name }: { view: StudyState; name: string }) {
  const t = useTexts();
  const { lang, show } = view;
  const { data, error, pending, retry } = useAsked<Study>(addressOf(name), { lang }, `study ${name}`);
  if (error && !data) return <ErrorState error={error} onRetry={retry} onFix={(field, value) => goTo({ [field]: value })} />;
  if (!data) return <Skeleton rows={14} className="answer-skeleton" />;
  const tests = overviewOf(data, "tests");
  const counts = { tables: data.tables.length, figures: data.figures.length, tests: tests.length };
  const tabs = SHOWS.map((id) => ({ id, name: t(`tab.${id}`), ...(id === "sample" ? {} : { count: counts[id] }) }));
  return (
    <div aria-busy={pending}>
      {error && <ErrorState error={error} onRetry={retry} />}
      <div className="headline">
        <p className="kicker">{t("kicker")}</p>
        <h1>
          {data.title || name} <span className="code">{name}</span>
        </h1>
        {data.about !== "" && <p className="summary">{data.about}</p>}
        <p className="muted small">
          {t("about", { date: formatBare(data.finished, "", "date", lang), rows: formatBare(data.rows, "", "count", lang), seed: data.seed })}
        </p>
      </div>
      <div className="answer-tools">
        <Tabs label={t("shown")} tabs={tabs} shown={show} onShow={(next) => goTo({ show: next })} />
      </div>
      <DownloadMenu
        files={data.files.map((file) => ({
          label: `${t(`part.${file.part}`)} · ${t(`format.${file.format}`)} · ${formatBare(Math.max(1, Math.round(file.bytes / 1000)), "", "count", lang)} kB`,
          from: fileOf(name, file, { lang }),
        }))}
      />
      <Shown study={data} view={view} />
      <footer className="notes">
        {data.notes.length > 0 && (
          <details open>
            <summary>
              {t("notes.title")} <span className="count">{data.notes.length}</span>
            </summary>
            <ul>
              {data.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        )}
        <p className="citation">
          <span className="muted">{t("source")}</span> {data.source}
        </p>
      </footer>
    </div>
  );
}

/** What stands under the chosen tab. */
function Shown({ study, view }: { study: Study; view: StudyState }) {
  const t = useTexts();
  const { show, lang } = view;
  if (show === "figures") {
    if (study.figures.length === 0) return <p className="state">{t("none.figures")}</p>;
    return study.figures.map(({ name, chart }) => <FigureChart key={name} figure={chart} lang={lang} fileName={`${study.name}-${name}`} />);
  }
  const tables = show === "tables" ? study.tables : overviewOf(study, show);
  if (tables.length === 0) return <p className="state">{t(show === "tables" ? "none.tables" : "none.tests")}</p>;
  return (
    <>
      {tables.map((table) => (
        <PublicationTable key={table.name} table={table} />
      ))}
      {show === "tests" && tables.some(({ name }) => name === "about_permutations") && <p className="muted small">{t("tests.reading")}</p>}
    </>
  );
}
