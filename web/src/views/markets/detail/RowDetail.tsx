import { useTexts } from "../texts";
import type { Result } from "../../../api/client";
import { numberIn } from "../../../api/rows";
import type { RankedRow } from "../ranking";
import { formatBare, formatWithUnit } from "../../../format/number";
import type { Weights } from "../../../scoring/score";
import { DetailFrame } from "../../../ui/DetailFrame";
import { goTo } from "../state";
import type { MarketsState } from "../state";
import { History } from "./History";
import { Onward } from "./Onward";
import { Rivals } from "./Rivals";
import { ScoreSplit } from "./ScoreSplit";
import { ValueTable } from "./ValueTable";

interface Props {
  view: MarketsState;
  result: Result;
  open: RankedRow;
  weights: Weights;
  count: number;
}

/** One market: why it stands where it stands, how it got there, and every number with its year and source. */
export function RowDetail({ view, result, open, weights, count }: Props) {
  const t = useTexts();
  const low = numberIn(open.row, "rank_low");
  const high = numberIn(open.row, "rank_high");
  return (
    <DetailFrame
      row={open.code}
      kicker={t("why.title")}
      title={
        <>
          {open.name} <span className="code">{open.code}</span>
        </>
      }
      onClose={() => goTo({ market: null })}
    >
      <dl className="figures">
        <div>
          <dt>{t("table.rank")}</dt>
          <dd>
            {open.rank ?? "–"} <span className="muted">{t("why.of", { count })}</span>
          </dd>
        </div>
        <div>
          <dt>{t("why.score")}</dt>
          <dd>{open.score === null ? "–" : formatBare(open.score, "score", "score", view.lang)}</dd>
        </div>
        {low !== null && high !== null && (
          <div title={t("why.range.text", { low, high })}>
            <dt>{t("why.range")}</dt>
            <dd>{low === high ? low : `${low}–${high}`}</dd>
          </div>
        )}
        <div>
          <dt>{t("why.present")}</dt>
          <dd>{formatWithUnit(open.weightPresent, "weight_present", "fraction", view.lang)}</dd>
        </div>
      </dl>
      <ScoreSplit open={open} columns={result.columns} weights={weights} lang={view.lang} />
      <Onward view={view} open={open} />
      <History view={view} market={open.code} result={result} />
      <Rivals view={view} market={open.code} />
      <ValueTable open={open} columns={result.columns} lang={view.lang} />
    </DetailFrame>
  );
}
