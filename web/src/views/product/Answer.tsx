import { fileAddress } from "../../api/asked";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import { KeyFigures } from "../../overview/KeyFigures";
import { PartTable } from "../../overview/PartTable";
import type { ProductOverview } from "../../overview/shapes";
import { rowOf } from "../../overview/shapes";
import { YearChart } from "../../overview/YearChart";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { Link } from "../../ui/Link";
import { useTitle } from "../../ui/useTitle";
import { economyView } from "../economy/state";
import { marketsView } from "../markets/state";
import { productsView } from "../products/state";
import { productQuery } from "./questions";
import type { ProductState } from "./state";
import { useTexts } from "./texts";

const FIGURES = ["world_usd", "quantity_t", "price_usd_t", "price_spread", "sellers", "buyers", "hhi_sellers", "hhi_buyers", "cr4_sellers", "cr4_buyers"];
const PARTS = ["years", "sells", "buys", "flows"] as const;

interface Props {
  view: ProductState;
  overview: ProductOverview;
  /** Name of who asks, if anybody. */
  exporter: string | null;
}

export function Answer({ view, overview, exporter }: Props) {
  const t = useTexts();
  const { subject, parts, parameters } = overview;
  const { lang } = view;
  const year = Number(parameters.year);
  const row = rowOf(parts.years, year);
  useTitle(`${subject.name} (${subject.code})`, t("title"));
  if (!row) return <p className="state">{t("norows")}</p>;
  const query = productQuery(view);
  const economy = (one: Row) => economyView.link({ exporter: textIn(one, "economy") });
  const seller = (one: Row) => marketsView.link({ exporter: textIn(one, "exporter"), product: subject.code, market: textIn(one, "importer") });
  const buyer = (one: Row) => productsView.link({ exporter: textIn(one, "exporter"), market: textIn(one, "importer"), product: subject.code });
  const shared = { part: parts.years, year, lang };
  return (
    <>
      <div className="headline">
        <p className="kicker">{t("title")}</p>
        <h1>
          {subject.name} <span className="code">{subject.code}</span>
        </h1>
        <p className="summary">
          {t("summary", {
            year,
            value: formatWithUnit(numberIn(row, "world_usd"), "world_usd", "usd", lang) || "–",
            sellers: numberIn(row, "sellers") ?? 0,
            buyers: numberIn(row, "buyers") ?? 0,
          })}
        </p>
      </div>
      <div className="answer-tools">
        <nav aria-label={t("onward")}>
          <Link to={marketsView.link({ product: subject.code, market: null })}>
            {exporter === null ? t("onward.choose") : t("onward.markets", { exporter })}
          </Link>
        </nav>
        <DownloadMenu
          files={[
            { label: t("files.xlsx"), from: fileAddress("product", query, "xlsx") },
            ...PARTS.map((part) => ({ label: t("files.csv", { part: t(`part.${part}`) }), from: fileAddress("product", query, "csv", { part }) })),
          ]}
        />
      </div>
      <KeyFigures label={t("figures", { year })} row={row} columns={parts.years.columns} ids={FIGURES} lang={lang} />
      <div className="trio">
        <YearChart {...shared} title={t("chart.world")} ids={["world_usd"]} fileName={`${subject.code}-world`} />
        <YearChart {...shared} title={t("chart.prices")} ids={["price_usd_t", "price_middle", "price_low", "price_high"]} fileName={`${subject.code}-prices`} />
        <YearChart {...shared} title={t("chart.concentration")} ids={["hhi_sellers", "hhi_buyers"]} fileName={`${subject.code}-concentration`} />
      </div>
      <div className="pair">
        <PartTable part={parts.sells} names={[{ code: "economy", name: "economy_name", to: economy }]} columns={["exports_usd", "share", "growth", "price_usd_t", "price_relative", "markets_served"]} bar="exports_usd" lang={lang} />
        <PartTable part={parts.buys} names={[{ code: "economy", name: "economy_name", to: economy }]} columns={["imports_usd", "share", "growth", "price_usd_t", "price_relative", "suppliers"]} bar="imports_usd" lang={lang} />
      </div>
      <PartTable
        part={parts.flows}
        names={[
          { code: "exporter", name: "exporter_name", to: seller },
          { code: "importer", name: "importer_name", to: buyer },
        ]}
        columns={["value_usd", "share", "quantity_t", "price_usd_t"]}
        bar="value_usd"
        lang={lang}
      />
    </>
  );
}
