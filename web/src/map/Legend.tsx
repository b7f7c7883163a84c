import { useSay } from "../i18n";
import { formatBare, unitLabel } from "../format/number";
import type { Language } from "../i18n/language";
import type { Classes } from "./classes";
import { colourOf } from "./colours";
import type { Metric } from "./MapPanel";

interface Props {
  metric: Metric;
  classes: Classes;
  turned: boolean;
  lang: Language;
}

/** Name of what is shown, a swatch per class with its range, and one for no value. */
export function Legend({ metric: { id, name, unit }, classes, turned, lang }: Props) {
  const t = useSay();
  const label = unitLabel(unit, lang);
  const range = (low: number, high: number) => {
    const ends = [low, high].map((value) => formatBare(value, id, unit, lang));
    return ends[0] === ends[1] ? ends[0] : ends.join(" – ");
  };
  return (
    <div className="legend">
      <span className="legend-name">
        {name}
        {label && <span className="muted"> {label}</span>}
      </span>
      <ul>
        {classes.legend.map(({ index, low, high }) => (
          <li key={index}>
            <span className="swatch" style={{ backgroundColor: colourOf(classes.kind, index, turned) }} />
            {range(low, high)}
          </li>
        ))}
        <li>
          <span className="swatch" style={{ backgroundColor: "var(--exporter)" }} />
          {t("ask.exporter")}
        </li>
        <li>
          <span className="swatch" style={{ backgroundColor: "var(--land)" }} />
          {t("map.nodata")}
        </li>
      </ul>
    </div>
  );
}
