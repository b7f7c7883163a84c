import { useTranslation } from "react-i18next";
import type { Indicator, Result } from "../api/client";
import { numberIn } from "../api/rows";
import type { Weights } from "../scoring/score";
import { adjust, goTo } from "../state/useViewState";
import type { ViewState } from "../state/viewState";
import { Select } from "../ui/Select";
import { COLUMN_GROUPS } from "./columns";
import { WeightControl } from "./WeightControl";
import type { WeightLists } from "./weights";
import { chosenWeights, defaultWeights, keptWeights, presetOf } from "./weights";

interface Props {
  view: ViewState;
  lists: WeightLists | null;
  result: Result | null;
}

/** A weight for every parameter that may enter the score; moving one re-ranks at once. */
export function WeightPanel({ view, lists, result }: Props) {
  const { t } = useTranslation();
  if (!lists) return null;
  const weights = chosenWeights(view, lists);
  const weightable = lists.indicators.filter((indicator) => indicator.weightable);
  const { first, more } = arrange(weightable, lists, weights);
  const kept = (next: Weights) => ({ weights: keptWeights(next, lists) });
  const noData = (id: string) => result !== null && result.rows.length > 0 && result.rows.every((row) => numberIn(row, id) === null);
  const control = ({ id, name, meaning }: Indicator) => (
    <WeightControl
      key={id}
      id={id}
      name={name}
      meaning={meaning}
      weight={weights[id] ?? 0}
      remark={noData(id) ? t("weights.no_data") : null}
      onMove={(weight) => adjust(kept({ ...weights, [id]: weight }))}
    />
  );
  const preset = presetOf(weights, lists);
  const presets = lists.presets.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <h2>{t("weights.title")}</h2>
      <Select
        label={t("weights.rank_by")}
        name="rank_by"
        value={view.rank_by}
        options={[
          { value: "score", label: t("weights.rank_by.score") },
          ...weightable.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={(rank_by) => goTo({ rank_by, sort: null })}
      />
      <Select
        label={t("weights.preset")}
        name="preset"
        value={preset ?? ""}
        options={preset === null ? [{ value: "", label: t("weights.own") }, ...presets] : presets}
        onChoose={(id) => goTo(kept(lists.presets.find((one) => one.id === id)?.weights ?? weights))}
      />
      {view.rank_by !== "score" && <p className="muted small">{t("weights.one")}</p>}
      {Object.values(weights).every((weight) => weight === 0) && <p className="muted small">{t("weights.none")}</p>}
      <div className="weight-list">{first.map(control)}</div>
      <details className="more-weights">
        <summary>
          {t("weights.more")} <span className="count">{more.length}</span>
        </summary>
        <div className="weight-list">{more.map(control)}</div>
      </details>
      <button
        type="button"
        className="button quiet"
        onClick={() => goTo({ weights: Object.fromEntries(Object.keys(weights).map((id) => [id, 0])) })}
      >
        {t("weights.clear")}
      </button>
    </>
  );
}

/** The parameters of the default preset in its order and whatever else has a weight; behind them the rest, by group. */
function arrange(weightable: readonly Indicator[], lists: WeightLists, weights: Weights): Record<"first" | "more", Indicator[]> {
  const preset = Object.keys(defaultWeights(lists));
  const order = [...preset, ...Object.values(COLUMN_GROUPS).flat()];
  const place = ({ id }: Indicator) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = [...weightable].sort((a, b) => place(a) - place(b));
  const isFirst = ({ id }: Indicator) => preset.includes(id) || id in weights;
  return { first: sorted.filter(isFirst), more: sorted.filter((indicator) => !isFirst(indicator)) };
}
