import { useTranslation } from "react-i18next";
import { formatBare, unitLabel } from "../format/number";
import type { Language } from "../state/viewState";
import type { Classes } from "./classes";
import type { Palette } from "./palette";
import { colourOf } from "./palette";

interface Props {
  name: string;
  id: string;
  unit: string;
  classes: Classes;
  palette: Palette;
  turned: boolean;
  lang: Language;
}

/** Name of what is shown, a swatch per class with its range, and one for no value. */
export function Legend({ name, id, unit, classes, palette, turned, lang }: Props) {
  const { t } = useTranslation();
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
            <span className="swatch" style={{ backgroundColor: colourOf(palette, classes.kind, index, turned) }} />
            {range(low, high)}
          </li>
        ))}
        <li>
          <span className="swatch" style={{ backgroundColor: palette.exporter }} />
          {t("ask.exporter")}
        </li>
        <li>
          <span className="swatch" style={{ backgroundColor: palette.land }} />
          {t("map.nodata")}
        </li>
      </ul>
    </div>
  );
}
