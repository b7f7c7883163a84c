import { useId } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id: string;
  name: string;
  meaning: string;
  weight: number;
  /** Why the weight has no effect now ("no data"). */
  remark: string | null;
  onMove: (weight: number) => void;
}

/** The slider ends here; the number beside it may go beyond. */
const SLIDER_END = 3;
const STEP = 0.1;

export function WeightControl({ id, name, meaning, weight, remark, onMove }: Props) {
  const { t } = useTranslation();
  const label = useId();
  const said = t("weights.weight_of", { name });
  const move = (text: string) => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0) onMove(value);
  };
  return (
    <div className="weight" data-off={weight === 0}>
      <label htmlFor={label} title={meaning}>
        {name}
        {remark !== null && <span className="remark"> {remark}</span>}
      </label>
      <input
        id={label}
        type="range"
        name={`weight-${id}`}
        aria-label={said}
        min={0}
        max={SLIDER_END}
        step={STEP}
        value={Math.min(weight, SLIDER_END)}
        onChange={(event) => move(event.target.value)}
      />
      <input
        type="number"
        aria-label={said}
        min={0}
        step={STEP}
        value={weight}
        onChange={(event) => move(event.target.value)}
      />
    </div>
  );
}
