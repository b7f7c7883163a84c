import { memo } from "react";
import { How } from "../../ui/How";
import { useTexts } from "./texts";

interface Props {
  id: string;
  name: string;
  meaning: string;
  weight: number;
  /** Why the weight has no effect now ("no data"). */
  remark: string | null;
  onMove: (id: string, weight: number) => void;
}

/** The slider ends here; the number beside it may go beyond. */
const SLIDER_END = 5;
const STEP = 0.1;

export const WeightControl = memo(function WeightControl({ id, name, meaning, weight, remark, onMove }: Props) {
  const t = useTexts();
  const said = t("weights.weight_of", { name });
  const move = (text: string) => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0) onMove(id, value);
  };
  return (
    <div className="weight" data-off={weight === 0}>
      <span className="weight-name" title={meaning}>
        <How id={id} name={name} />
        {remark !== null && <span className="remark"> {remark}</span>}
      </span>
      <input
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
});
