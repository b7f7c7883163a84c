import { useCallback, useMemo, useState } from "react";
import type { Indicator, Result } from "../../api/client";
import { numberIn } from "../../api/rows";
import type { Weights } from "../../scoring/score";
import { Select } from "../../ui/Select";
import { COLUMN_GROUPS } from "../../ui/table/columns";
import { useProfiles } from "./profiles";
import { ProfileSaver } from "./ProfileSaver";
import type { MarketsState } from "./state";
import { marketsView } from "./state";
import { useTexts } from "./texts";
import { WeightControl } from "./WeightControl";
import type { WeightLists } from "./weights";
import { chosenWeights, defaultWeights, keptWeights, presetOf, sameWeights } from "./weights";

type Turned = Pick<MarketsState, "weights" | "rank_by">;

interface Props {
  view: Turned;
  lists: WeightLists | null;
  result: Result | null;
  /** The view whose state the weights are. */
  of?: {
    now: () => Turned;
    goTo: (change: Partial<Turned> & { sort?: null }) => void;
    adjust: (change: Partial<Turned>) => void;
  };
}

const OWN = "own:";

/** A weight for every parameter that may enter the score; moving one re-ranks at once. */
export function WeightPanel({ view, lists, result, of = marketsView }: Props) {
  const t = useTexts();
  const profiles = useProfiles();
  /** Moved while folded away: they stay where they are, or the slider would leave the hand. */
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set());
  const empty = useMemo(() => {
    const ids = result && result.rows.length > 0 ? result.columns.map(({ id }) => id) : [];
    return new Set(ids.filter((id) => result?.rows.every((row) => numberIn(row, id) === null)));
  }, [result]);
  const onMove = useCallback(
    (id: string, weight: number) => {
      if (!lists) return;
      const before = chosenWeights(of.now(), lists);
      if (!(id in before)) setMoved((ids) => new Set([...ids, id]));
      of.adjust({ weights: keptWeights({ ...before, [id]: weight }, lists) });
    },
    [lists, of],
  );
  if (!lists) return null;

  const weights = chosenWeights(view, lists);
  const weightable = lists.indicators.filter((indicator) => indicator.weightable);
  const { first, more } = arrange(weightable, lists, weights, moved);
  const take = (next: Weights) => {
    setMoved(new Set());
    of.goTo({ weights: keptWeights(next, lists) });
  };
  const control = ({ id, name, meaning }: Indicator) => (
    <WeightControl
      key={id}
      id={id}
      name={name}
      meaning={meaning}
      weight={weights[id] ?? 0}
      remark={empty.has(id) ? t("weights.no_data") : null}
      onMove={onMove}
    />
  );
  const own = profiles.find((profile) => sameWeights(profile.weights, weights));
  const preset = presetOf(weights, lists) ?? (own ? OWN + own.name : null);
  const presets = [
    ...lists.presets.map(({ id, name }) => ({ value: id, label: name })),
    ...profiles.map(({ name }) => ({ value: OWN + name, label: t("profile.own", { name }) })),
  ];
  const choose = (id: string) => {
    const known = id.startsWith(OWN) ? profiles.find(({ name }) => name === id.slice(OWN.length)) : lists.presets.find((one) => one.id === id);
    take(known?.weights ?? weights);
  };
  const described = lists.presets.find(({ id }) => id === preset)?.description ?? "";
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
        onChoose={(rank_by) => of.goTo({ rank_by, sort: null })}
      />
      <Select
        label={t("weights.preset")}
        name="preset"
        value={preset ?? ""}
        options={preset === null ? [{ value: "", label: t("weights.own") }, ...presets] : presets}
        onChoose={choose}
      />
      {described !== "" && <p className="muted small">{described}</p>}
      {view.rank_by !== "score" && <p className="muted small">{t("weights.one")}</p>}
      {Object.values(weights).every((weight) => weight === 0) && <p className="muted small">{t("weights.none")}</p>}
      <div className="weight-list">{first.map(control)}</div>
      <details className="more-weights">
        <summary>
          {t("weights.more")} <span className="count">{more.length}</span>
        </summary>
        <div className="weight-list">{more.map(control)}</div>
      </details>
      <p className="weight-actions">
        <button type="button" className="button quiet" onClick={() => take(Object.fromEntries(Object.keys(weights).map((id) => [id, 0])))}>
          {t("weights.clear")}
        </button>
      </p>
      <ProfileSaver weights={weights} />
    </>
  );
}

/** The parameters of the default preset in its order and whatever else has a weight; behind them the rest, by group. */
function arrange(
  weightable: readonly Indicator[],
  lists: WeightLists,
  weights: Weights,
  moved: ReadonlySet<string>,
): Record<"first" | "more", Indicator[]> {
  const preset = Object.keys(defaultWeights(lists));
  const order = [...preset, ...Object.values(COLUMN_GROUPS).flat()];
  const place = ({ id }: Indicator) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = [...weightable].sort((a, b) => place(a) - place(b));
  const isFirst = ({ id }: Indicator) => preset.includes(id) || (id in weights && !moved.has(id));
  return { first: sorted.filter(isFirst), more: sorted.filter((indicator) => !isFirst(indicator)) };
}
