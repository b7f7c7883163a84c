import type { Result } from "../../api/client";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { DetailFrame } from "../../ui/DetailFrame";
import { How } from "../../ui/How";
import { Link } from "../../ui/Link";
import { useSaid } from "../../ui/useSaid";
import { economyView } from "../economy/state";
import { History } from "../markets/detail/History";
import { Rivals } from "../markets/detail/Rivals";
import { briefAddress } from "../markets/questions";
import { marketsView, pairAsked } from "../markets/state";
import { productView } from "../product/state";
import { productsView } from "../products/state";
import { keyOf } from "./grid";
import type { PrioritiesState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";

const FIGURES = ["unrealised_usd", "potential_usd", "value_usd", "market_size_usd", "share_in_market", "gravity_share", "growth", "score"];

interface Props {
  view: PrioritiesState;
  result: Result;
  pair: Row;
}

/** One pair of product and market, and the ways on from it. */
export function PairDetail({ view, result, pair }: Props) {
  const t = useTexts();
  const { exporter, lang } = view;
  const said = useSaid(lang);
  const [product, market, name] = [textIn(pair, "product"), textIn(pair, "importer"), textIn(pair, "importer_name")];
  const address = marketsView.link({ exporter, product, market });
  const finder = pairAsked(address, view.method, lang);
  const figures = FIGURES.flatMap((id) => result.columns.find((column) => column.id === id) ?? []);
  return (
    <DetailFrame
      row={keyOf(pair)}
      kicker={t("pair.kicker")}
      title={
        <>
          {textIn(pair, "product_name")} <span className="code">{product}</span> → {name} <span className="code">{market}</span>
        </>
      }
      onClose={() => goTo({ product: null, market: null })}
    >
      <dl className="figures">
        <div>
          <dt>{t("pair.rank")}</dt>
          <dd>
            {numberIn(pair, "rank") ?? "–"} <span className="muted">{t("pair.of", { count: result.rows.length })}</span>
          </dd>
        </div>
        {figures.map((column) => (
          <div key={column.id}>
            <dt>
              <How id={column.id} name={column.name} />
            </dt>
            <dd>{said(pair, column)}</dd>
          </div>
        ))}
      </dl>
      <nav className="onward" aria-label={t("onward")}>
        <Link to={address}>{t("onward.markets")}</Link>
        <Link to={productsView.link({ exporter, market, product })}>{t("onward.products", { market: name })}</Link>
        <Link to={productView.link({ product })}>{t("onward.product")}</Link>
        <Link to={economyView.link({ exporter: market })}>{t("onward.economy", { economy: name })}</Link>
        <a href={briefAddress(finder, [market])} target="_blank" rel="noreferrer">
          {t("onward.brief")}
        </a>
      </nav>
      <History view={finder} market={market} result={result} />
      <Rivals view={finder} market={market} />
    </DetailFrame>
  );
}
