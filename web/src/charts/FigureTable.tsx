import type { Language } from "../i18n/language";
import type { Figure } from "./figure";
import { saidValue } from "./figure";
import { axisName } from "./figurePoints";
import { useFigureTexts } from "./figureTexts";
import { tableOf } from "./figureRows";

/** The numbers of a figure. */
export function FigureTable({ figure, lang }: { figure: Figure; lang: Language }) {
  const t = useFigureTexts();
  const { heads, rows } = tableOf(figure);
  const named: Readonly<Record<string, string>> = {
    item: t(figure.kind === "waterfall" ? "figure.step" : "figure.item"),
    point: t("figure.point"),
    group: t("figure.group"),
    x: axisName(figure.x.label),
    y: axisName(figure.y.label),
    size: t("figure.size"),
    from: t("figure.before"),
    to: t("figure.after"),
    change: t("figure.change"),
  };
  return (
    <div className="inner-scroll figure-table" tabIndex={0} role="region" aria-label={figure.title}>
      <table>
        <caption className="visually-hidden">{figure.title}</caption>
        <thead>
          <tr>
            {heads.map(({ id, name }) => (
              <th key={id} scope="col">
                {name ?? named[id] ?? id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((value, index) => {
                const head = heads[index];
                if (index === 0) {
                  return (
                    <th key={head?.id} scope="row">
                      {value}
                    </th>
                  );
                }
                return <td key={head?.id}>{typeof value === "string" ? value : saidValue(value, head?.unit ?? "1", lang)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
