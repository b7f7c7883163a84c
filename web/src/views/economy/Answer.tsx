import { fileAddress } from "../../api/asked";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import { KeyFigures } from "../../overview/KeyFigures";
import { PartTable } from "../../overview/PartTable";
import type { EconomyOverview } from "../../overview/shapes";
import { rowOf } from "../../overview/shapes";
import { YearChart } from "../../overview/YearChart";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { Link } from "../../ui/Link";
import { useTitle } from "../../ui/useTitle";
import { marketsView } from "../markets/state";
import { prioritiesView } from "../priorities/state";
import { productView } from "../product/state";
import { productsView } from "../products/state";
import { economyQuery } from "./questions";
import type { EconomyState } from "./state";
import { economyView } from "./state";
import { useTexts } from "./texts";

const FIGURES = [
  "exports_usd",
  "imports_usd",
  "balance_usd",
  "export_share_of_world",
  "products_sold",
  "markets_served",
  "hhi_products",
  "hhi_markets",
  "cr4_products",
  "cr4_markets",
];
const PARTS = ["years", "sells", "buys", "markets", "suppliers", "potential"] as const;

export function Answer({ view, overview }: { view: EconomyState; overview: EconomyOverview }) {
  const t = useTexts();
  const { subject, parts, parameters } = overview;
  const { lang } = view;
  const year = Number(parameters.year);
  const row = rowOf(parts.years, year);
  useTitle(subject.name, t("title"));
  if (!row) return <p className="state">{t("norows")}</p>;
  const money = (id: string) => formatWithUnit(numberIn(row, id), id, "usd", lang) || "–";
  const query = economyQuery(view);
  const shared = { part: parts.years, year, lang };
  const product = (one: Row) => productView.link({ product: textIn(one, "product") });
  const partner = (one: Row) => economyView.link({ exporter: textIn(one, "partner") });
  const inMarket = (one: Row) => productsView.link({ exporter: subject.code, market: textIn(one, "partner"), product: null });
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
            name: subject.name,
            sold: money("exports_usd"),
            bought: money("imports_usd"),
            markets: numberIn(row, "markets_served") ?? 0,
            suppliers: numberIn(row, "suppliers") ?? 0,
          })}
        </p>
      </div>
      <div className="answer-tools">
        <nav aria-label={t("onward")}>
          <Link to={prioritiesView.link({ exporter: subject.code, product: null, market: null })}>{t("onward.priorities", { name: subject.name })}</Link>
        </nav>
        <DownloadMenu
          files={[
            { label: t("files.xlsx"), from: fileAddress("economy", query, "xlsx") },
            ...PARTS.map((part) => ({ label: t("files.csv", { part: t(`part.${part}`) }), from: fileAddress("economy", query, "csv", { part }) })),
          ]}
        />
      </div>
      <KeyFigures label={t("figures", { year })} row={row} columns={parts.years.columns} ids={FIGURES} lang={lang} />
      <div className="trio">
        <YearChart {...shared} title={t("chart.trade")} ids={["exports_usd", "imports_usd"]} fileName={`${subject.code}-trade`} />
        <YearChart {...shared} title={t("chart.shares")} ids={["export_share_of_world", "import_share_of_world"]} fileName={`${subject.code}-shares`} />
        <YearChart {...shared} title={t("chart.concentration")} ids={["hhi_products", "hhi_markets"]} fileName={`${subject.code}-concentration`} />
      </div>
      <div className="pair uneven">
        <PartTable part={parts.sells} names={[{ code: "product", name: "product_name", to: product }]} columns={["exports_usd", "share", "share_of_world", "rca", "growth", "price_usd_t"]} bar="exports_usd" lang={lang} />
        <PartTable part={parts.markets} names={[{ code: "partner", name: "partner_name", to: inMarket }]} columns={["exports_usd", "share", "growth", "products_sold"]} bar="exports_usd" lang={lang} />
      </div>
      <div className="pair uneven">
        <PartTable part={parts.buys} names={[{ code: "product", name: "product_name", to: product }]} columns={["imports_usd", "share", "share_of_world", "growth", "price_usd_t"]} bar="imports_usd" lang={lang} />
        <PartTable part={parts.suppliers} names={[{ code: "partner", name: "partner_name", to: partner }]} columns={["imports_usd", "share", "growth", "products_bought"]} bar="imports_usd" lang={lang} />
      </div>
      <PartTable
        part={parts.potential}
        names={[
          {
            code: "product",
            name: "product_name",
            to: (one) => marketsView.link({ exporter: subject.code, product: textIn(one, "product"), market: textIn(one, "importer") }),
          },
          { code: "importer", name: "importer_name", to: (one) => productsView.link({ exporter: subject.code, market: textIn(one, "importer"), product: textIn(one, "product") }) },
        ]}
        columns={["unrealised_usd", "value_usd", "market_size_usd", "share_in_market", "gravity_share"]}
        bar="unrealised_usd"
        lang={lang}
      />
      <p className="muted small">{t("potential.caveat")}</p>
    </>
  );
}
