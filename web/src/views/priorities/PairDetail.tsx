import { useEffect, useRef } from "react";
import type { Result } from "../../api/client";
import type { Row } from "../../api/rows";
import { cell, numberIn, reasonFor, textIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import { How } from "../../ui/How";
import { Link } from "../../ui/Link";
import { economyView } from "../economy/state";
import { History } from "../markets/detail/History";
import { Rivals } from "../markets/detail/Rivals";
import { briefAddress } from "../markets/questions";
import { marketsView } from "../markets/state";
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
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Opened by the reader, not by an address: reading goes on here.
    if (document.activeElement !== document.body) heading.current?.focus();
  }, []);
  const close = () => {
    goTo({ product: null, market: null });
    document.querySelector<HTMLButtonElement>(`tr[data-code="${CSS.escape(keyOf(pair))}"] button`)?.focus();
  };
  const { exporter, lang } = view;
  const [product, market, name] = [textIn(pair, "product"), textIn(pair, "importer"), textIn(pair, "importer_name")];
  const address = marketsView.link({ exporter, product, market });
  const finder = marketsView.parse(address, lang);
  const figures = FIGURES.flatMap((id) => result.columns.find((column) => column.id === id) ?? []);
  return (
    <section className="detail" aria-labelledby="detail-heading" onKeyDown={(event) => (event.key === "Escape" ? close() : undefined)}>
      <div className="detail-head">
        <p className="kicker">{t("pair.kicker")}</p>
        <button type="button" className="close" onClick={close}>
          {t("pair.close")} <span aria-hidden="true">×</span>
        </button>
        <h2 id="detail-heading" ref={heading} tabIndex={-1}>
          {textIn(pair, "product_name")} <span className="code">{product}</span> → {name} <span className="code">{market}</span>
        </h2>
      </div>
      <dl className="figures">
        <div>
          <dt>{t("pair.rank")}</dt>
          <dd>
            {numberIn(pair, "rank") ?? "–"} <span className="muted">{t("pair.of", { count: result.rows.length })}</span>
          </dd>
        </div>
        {figures.map(({ id, name: said, unit }) => (
          <div key={id}>
            <dt>
              <How id={id} name={said} />
            </dt>
            <dd>{cell(pair, id) === null ? t(`reason.${reasonFor(pair, id)}`) : formatWithUnit(cell(pair, id), id, unit, lang)}</dd>
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
    </section>
  );
}
