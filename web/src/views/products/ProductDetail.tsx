import type { Result } from "../../api/client";
import { numberIn } from "../../api/rows";
import { formatBare, formatWithUnit } from "../../format/number";
import type { Weights } from "../../scoring/score";
import { DetailFrame } from "../../ui/DetailFrame";
import { How } from "../../ui/How";
import { Link } from "../../ui/Link";
import { History } from "../markets/detail/History";
import { Rivals } from "../markets/detail/Rivals";
import { ScoreSplit } from "../markets/detail/ScoreSplit";
import { ValueTable } from "../markets/detail/ValueTable";
import { briefAddress } from "../markets/questions";
import type { RankedRow } from "../markets/ranking";
import { marketsView, pairAsked } from "../markets/state";
import { productView } from "../product/state";
import type { ProductsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

interface Props {
  view: ProductsState;
  result: Result;
  open: RankedRow;
  weights: Weights;
  count: number;
}

/** One product in this market: why it stands where it stands, how it got there, who else sells it there. */
export function ProductDetail({ view, result, open, weights, count }: Props) {
  const t = useTexts();
  const market = view.market ?? "";
  // The market finder asked about the same pair, which its history and its sellers are about.
  const address = marketsView.link({ exporter: view.exporter, product: open.code, market });
  const pair = pairAsked(address, view.method, view.lang);
  const figures = [
    { id: "unrealised_usd", name: t("detail.unrealised"), unit: "usd" },
    { id: "value_usd", name: t("detail.sold"), unit: "usd" },
    { id: "share_in_market", name: t("detail.share"), unit: "fraction" },
  ];
  return (
    <DetailFrame
      row={open.code}
      kicker={t("detail.kicker")}
      title={
        <>
          {open.name} <span className="code">{open.code}</span>
        </>
      }
      onClose={() => goTo({ product: null })}
    >
      <dl className="figures">
        <div>
          <dt>{t("detail.rank")}</dt>
          <dd>
            {open.rank ?? "–"} <span className="muted">{t("detail.of", { count })}</span>
          </dd>
        </div>
        {figures.map(({ id, name, unit }) => (
          <div key={id}>
            <dt>
              <How id={id} name={name} />
            </dt>
            <dd>{formatWithUnit(numberIn(open.row, id), id, unit, view.lang) || "–"}</dd>
          </div>
        ))}
        <div>
          <dt>{t("detail.score")}</dt>
          <dd>{open.score === null ? "–" : formatBare(open.score, "score", "score", view.lang)}</dd>
        </div>
      </dl>
      <nav className="onward" aria-label={t("onward")}>
        <Link to={address}>{t("onward.markets")}</Link>
        <Link to={productView.link({ product: open.code })}>{t("onward.product")}</Link>
        <a href={briefAddress(pair, [market])} target="_blank" rel="noreferrer">
          {t("onward.brief")}
        </a>
      </nav>
      <ScoreSplit open={open} columns={result.columns} weights={weights} lang={view.lang} />
      <History view={pair} market={market} result={result} />
      <Rivals view={pair} market={market} />
      <ValueTable open={open} columns={result.columns} lang={view.lang} />
    </DetailFrame>
  );
}
