"""Overview of an economy: what it sells and buys, to whom, its balance, concentration and potential."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.asking import check_text, check_year, trade_of
from entrepot.analyses.directory import Place
from entrepot.analyses.options import Options
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.overview import (
    AMOUNTS,
    METHOD,
    Frame,
    Overview,
    OverviewOptions,
    coverage_note,
    history_of,
    largest,
    resolved,
    years_notes,
)
from entrepot.analyses.rows import Setting, markets_of, moved_values
from entrepot.analyses.sums import summed
from entrepot.analyses.trade import reporting
from entrepot.analyses.world import World, world_of
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.trade import price_usd_t

if TYPE_CHECKING:
    from entrepot.analyses.result import Result
    from entrepot.store import Snapshot

POTENTIAL = ("unrealised_usd", "value_usd", "market_size_usd", "share_in_market", "gravity_share", "served")


@dataclass(frozen=True)
class _Asked:
    """The economy's flows and all that its tables are made of.

    `out`, `into` : year, product (at the level), partner, value_usd, priced_usd, quantity_t. `everybody` : year, product,
    value_usd: what all trade. `reports` : years in which the economy reports.
    """

    world: World
    data: str
    place: Place
    year: int
    years: tuple[int, ...]
    options: OverviewOptions
    out: pl.DataFrame
    into: pl.DataFrame
    everybody: pl.DataFrame
    reports: frozenset[int]

    @property
    def window(self) -> list[int]:
        """The years over which growth is measured."""
        return list(range(self.year - self.options.window + 1, self.year + 1))

    def product_names(self, codes: pl.Series) -> pl.Series:
        """The names of the products."""
        goods = self.world.goods(self.data).by_code
        return pl.Series("product_name", [goods[code].name.say(self.options.lang) for code in codes], dtype=pl.String)

    def partner_names(self, codes: pl.Series, name: str = "partner_name") -> pl.Series:
        """The names of the economies."""
        places = self.world.places.by_code
        return pl.Series(name, [places[code].name.say(self.options.lang) for code in codes], dtype=pl.String)


def economy(
    snapshot: "Snapshot", economy: str, *, year: int | None = None, data: str | None = None, **options: Any
) -> Overview:
    """What an economy sells and buys, to and from whom, how concentrated that is, and where it could sell more.

    Parts: `years` (exports, imports, balance, concentration, one row per year of the data set), `sells` and `buys` (its
    largest products in the year), `markets` and `suppliers` (its largest partners), `potential` (the most unrealised pairs
    of a market and one of its largest export products).

    Parameters
    ----------
    snapshot : the version of the store to ask.
    economy : ISO3, name in English or Chinese, or a group, counted as one economy without its inner trade.
    year, data : default the latest year of the default data set.
    **options : `level` (4 or 6 digits), `top` (rows of each table, default 10), `window` (of growth), `lang`.

    Raises
    ------
    InputError
        For anything unknown; ``nothing_traded`` if the data set has no trade of the economy at all.
    """
    asked = _asked(snapshot, economy, year, data, OverviewOptions.of(**options))
    frame = Frame(
        "economy",
        {
            "economy": asked.place.code, "year": asked.year, "data": asked.data, "level": asked.options.level,
            "top": asked.options.top, "window": asked.options.window, "lang": asked.options.lang,
        },
        tuple(_notes(asked)),
        provenance(snapshot, asked.data, ("economies", "products")),
        citation(snapshot, asked.data, METHOD),
    )  # fmt: skip
    name = asked.place.name
    in_year = Text(f"{asked.year}", f"{asked.year} 年")
    parts: dict[str, Result] = {
        "years": frame.part("years", Text(f"{name.en}: exports and imports by year", f"{name.zh}：历年进出口"), _years(asked)),
        "sells": frame.part("sells", Text(f"What {name.en} sells, {in_year.en}", f"{name.zh}的主要出口产品，{in_year.zh}"), _products(asked, "out")),
        "buys": frame.part("buys", Text(f"What {name.en} buys, {in_year.en}", f"{name.zh}的主要进口产品，{in_year.zh}"), _products(asked, "into")),
        "markets": frame.part("markets", Text(f"Markets of {name.en}, {in_year.en}", f"{name.zh}的主要出口市场，{in_year.zh}"), _partners(asked, "out")),
        "suppliers": frame.part("suppliers", Text(f"Suppliers of {name.en}, {in_year.en}", f"{name.zh}的主要进口来源，{in_year.zh}"), _partners(asked, "into")),
    }  # fmt: skip
    title = Text(f"Unrealised potential of {name.en}, {in_year.en}", f"{name.zh}的未实现潜力，{in_year.zh}")
    pairs = _potential(asked, parts["sells"].frame["product"].to_list())
    parts["potential"] = frame.part("potential", title, pairs, finders=POTENTIAL)
    shared = (frame.parameters, frame.notes, frame.provenance, frame.citation)
    return Overview("economy", asked.place.code, name, parts, *shared)


def _asked(snapshot: "Snapshot", economy: str, year: int | None, data: str | None, options: OverviewOptions) -> _Asked:
    check_text("economy", economy)
    world, dataset = world_of(snapshot), snapshot.dataset(data)
    years = tuple(dataset.years)
    chosen = check_year(year, list(years))
    place = world.places.at(world.places.find(economy, field="economy"), chosen)
    own = list(place.members or (place.code,))
    digits = pl.col("product").str.head(options.level)

    def side(us: str, them: str) -> pl.DataFrame:
        who = {"exporters": own} if us == "exporter" else {"importers": own}
        flows = snapshot.flows(dataset.name, years, **who)
        beyond = flows.filter(~pl.col(them).is_in(own)).select(
            pl.col("year").cast(pl.Int64), digits.alias("product"), pl.col(them).alias("partner"), *AMOUNTS
        )
        return summed(beyond, ["year", "product", "partner"], ["value_usd", "priced_usd", "quantity_t"])

    out, into = side("exporter", "importer"), side("importer", "exporter")
    if not out.height and not into.height:
        raise _nothing(place, dataset.name)
    everybody = _everybody(snapshot, dataset.name, own, digits)
    roster, span = world.roster(place), tuple(range(years[0], years[-1] + 1))
    reports, _ = reporting(world, dataset.name, roster, span)
    told = frozenset(np.array(span)[reports[:, roster.index[place.code]]].tolist())
    return _Asked(world, dataset.name, place, chosen, years, options, out, into, everybody, told)


def _everybody(snapshot: "Snapshot", data: str, own: list[str], digits: pl.Expr) -> pl.DataFrame:
    """World trade by year and product, without what a group trades within itself."""
    coverage = snapshot.data_table(data, "coverage")
    whole = coverage.select(pl.col("year").cast(pl.Int64), digits.alias("product"), "value_usd")
    if len(own) > 1:
        inner = snapshot.flows(data, snapshot.dataset(data).years, exporters=own, importers=own)
        less = inner.select(pl.col("year").cast(pl.Int64), digits.alias("product"), -pl.col("value_usd"))
        whole = pl.concat([whole, less])
    return summed(whole, ["year", "product"], ["value_usd"])


def _years(asked: _Asked) -> pl.DataFrame:
    """One row per year of the data set: amounts, shares of the world, breadth, concentration."""
    years = pl.DataFrame({"year": list(asked.years)}, schema={"year": pl.Int64})
    totals = summed(asked.everybody, ["year"], ["value_usd"]).rename({"value_usd": "world_total_usd"})
    rows = years.join(totals, on="year", how="left", maintain_order="left")
    known: dict[str, Any] = {"world_total_usd": rows["world_total_usd"].fill_null(0.0).to_numpy()}
    rows = rows.drop("world_total_usd")
    sides = (
        ("exports_usd", asked.out, ("products_sold", "product_exports_usd", "export_products"), ("markets_served", "market_exports_usd", "export_markets")),
        ("imports_usd", asked.into, ("products_bought", "product_imports_usd", "import_products"), ("suppliers", "supplier_imports_usd", "import_suppliers")),
    )  # fmt: skip
    for amount, flows, of_products, of_partners in sides:
        total = _by_year(asked, flows)
        rows = rows.with_columns(pl.Series(amount, total))
        for key, (count, parts, groups) in (("product", of_products), ("partner", of_partners)):
            known[parts], known[groups] = _parts(asked, flows, key)
            there = known[groups].total(np.ones(len(known[parts])))
            rows = rows.with_columns(pl.Series(count, np.where(np.isnan(total), np.nan, there)))
    wanted = (
        "balance_usd tc export_share_of_world import_share_of_world hhi_products hhi_markets cr4_products cr4_markets "
        "hhi_products_bought hhi_suppliers"
    )
    return resolved(rows, wanted, known).select(
        "year", "exports_usd", "imports_usd", "balance_usd", "tc", "export_share_of_world", "import_share_of_world",
        "products_sold", "markets_served", "products_bought", "suppliers", "hhi_products", "hhi_markets", "cr4_products",
        "cr4_markets", "hhi_products_bought", "hhi_suppliers",
    )  # fmt: skip


def _by_year(asked: _Asked, flows: pl.DataFrame) -> Values:
    """Σ value by year of the data set; NaN where nothing flows and the economy does not report."""
    totals = dict(summed(flows, ["year"], ["value_usd"]).iter_rows())
    return np.array([totals.get(t, 0.0 if t in asked.reports else np.nan) for t in asked.years])


def _parts(asked: _Asked, flows: pl.DataFrame, key: str) -> tuple[Values, Groups]:
    """The parts of each year: its products, or its partners."""
    place = {year: number for number, year in enumerate(asked.years)}
    parts = summed(flows, ["year", key], ["value_usd"])
    code = np.array([place[year] for year in parts["year"]], dtype=np.intp)
    return parts["value_usd"].to_numpy(), Groups(code, len(asked.years))


def _products(asked: _Asked, side: str) -> pl.DataFrame:
    """The largest products of one side in the year."""
    sells = side == "out"
    flows = asked.out if sells else asked.into
    now = flows.filter(pl.col("year") == asked.year)
    amount, count = ("exports_usd", "markets_served") if sells else ("imports_usd", "suppliers")
    sums = summed(now, ["product"], ["value_usd", "priced_usd", "quantity_t"], count).rename({"value_usd": amount})
    top = largest(sums, amount, ["product"], asked.options.top)
    codes = top["product"].to_list()
    everybody = asked.everybody.filter(pl.col("year") == asked.year)
    of_world = top.select("product").join(everybody, on="product", how="left", maintain_order="left")
    world_amount = of_world["value_usd"].to_numpy().astype(np.float64)
    known: dict[str, Any] = {
        "amount_usd": top[amount].to_numpy(),
        "total_usd": np.full(len(codes), now["value_usd"].sum()),
        "world_amount_usd": world_amount,
        "own_exports_usd": np.full(len(codes), now["value_usd"].sum()),
        "world_exports_usd": world_amount,
        "world_total_usd": np.full(len(codes), everybody["value_usd"].sum()),
        "history": history_of(flows, "product", codes, asked.window, asked.years),
        "exponent": "window",
        "period_value_usd": top[amount].to_numpy(),
        "period_priced_value_usd": top["priced_usd"].to_numpy(),
        "period_quantity_t": top["quantity_t"].to_numpy(),
        "world_price_usd_t": _world_prices(asked, codes),
    }
    wanted = f"share share_of_world {'rca ' if sells else ''}growth price_usd_t price_relative"
    rows = resolved(top, wanted, known).with_columns(asked.product_names(top["product"]))
    return rows.select("product", "product_name", amount, *wanted.split(), count)


def _world_prices(asked: _Asked, codes: list[str]) -> Values:
    """The world's unit value of each product in the year: all value with a quantity over all quantity."""
    flows = asked.world.snapshot.flows(asked.data, [asked.year], codes)
    own = list(asked.place.members or (asked.place.code,))
    within = pl.col("exporter").is_in(own) & pl.col("importer").is_in(own)
    beyond = flows.filter(~within).select(pl.col("product").str.head(asked.options.level), *AMOUNTS)
    found = {
        row[0]: row[1:] for row in summed(beyond, ["product"], ["value_usd", "priced_usd", "quantity_t"]).iter_rows()
    }
    sums = np.array([found[code] for code in codes]).reshape(-1, 3)
    return price_usd_t(sums[:, 0], sums[:, 1], sums[:, 2])


def _partners(asked: _Asked, side: str) -> pl.DataFrame:
    """The largest partners of one side in the year."""
    sells = side == "out"
    flows = asked.out if sells else asked.into
    now = flows.filter(pl.col("year") == asked.year)
    amount, count = ("exports_usd", "products_sold") if sells else ("imports_usd", "products_bought")
    sums = summed(now, ["partner"], ["value_usd"], count).rename({"value_usd": amount})
    top = largest(sums, amount, ["partner"], asked.options.top)
    known: dict[str, Any] = {
        "amount_usd": top[amount].to_numpy(),
        "total_usd": np.full(top.height, now["value_usd"].sum()),
        "history": history_of(flows, "partner", top["partner"].to_list(), asked.window, asked.years),
        "exponent": "window",
    }
    rows = resolved(top, "share growth", known).with_columns(asked.partner_names(top["partner"]))
    return rows.select("partner", "partner_name", amount, "share", "growth", count)


def _potential(asked: _Asked, codes: list[str]) -> pl.DataFrame:
    """The most unrealised pairs among these products, by the gravity share at the basis "world"."""
    options = Options.of(basis="world", window=asked.options.window, lang=asked.options.lang)
    world = asked.world
    setting = Setting(world, asked.data, world.roster(asked.place), asked.place, asked.year, options)
    goods = world.goods(asked.data).by_code
    found = []
    for trade in (trade_of(setting, goods[code]) for code in codes):
        there = markets_of(trade, options.window, setting.exporter_code)
        values = moved_values(setting, trade, there, POTENTIAL)
        found.append(
            pl.DataFrame({name: values.get(name, np.full(len(there), np.nan)) for name in POTENTIAL}).with_columns(
                pl.lit(trade.product).alias("product"),
                pl.Series("importer", [setting.roster.codes[j] for j in there], dtype=pl.String),
            )
        )
    blank = dict.fromkeys(POTENTIAL, pl.Float64) | {"product": pl.String, "importer": pl.String}
    pairs = pl.concat(found) if found else pl.DataFrame(schema=blank)
    unrealised = pairs.filter(pl.col("unrealised_usd").is_finite() & (pl.col("unrealised_usd") > 0))
    best = largest(unrealised, "unrealised_usd", ["product", "importer"], asked.options.top)
    named = best.with_columns(
        asked.product_names(best["product"]), asked.partner_names(best["importer"], "importer_name")
    )
    return named.select("product", "product_name", "importer", "importer_name", *POTENTIAL)


def _notes(asked: _Asked) -> list[Text]:
    world, top = asked.world, asked.options.top
    notes = [
        *coverage_note(world, asked.data),
        Text(
            f"Products are HS{asked.options.level} codes; concentration is over them and over partner economies.",
            f"产品按 HS{asked.options.level} 编码；集中度按这些产品及伙伴经济体计算。",
        ),
        *years_notes(world, asked.data, asked.year, asked.options.window),
        Text(
            f"Potential is that of the {top} largest export products only, weighted by sales to the world; the "
            "priorities compare all products. Amounts are for comparing markets, not forecasts.",
            f"潜力只针对最大的 {top} 个出口产品（以对全球出口额为权重）；“优先方向”比较全部产品。金额用于比较市场，并非预测。",
        ),
    ]
    if asked.year not in asked.reports:
        notes.append(
            Text(
                f"{asked.place.name.en} has no import flow in {asked.year}, so it does not report: its imports are null, "
                "and its exports are what its partners report.",
                f"{asked.place.name.zh}在 {asked.year} 年没有进口记录，视为未申报：进口为空，出口依据伙伴方的记录。",
            )
        )
    if asked.place.is_group:
        notes.append(
            Text(
                f"{asked.place.code} stands for its {len(asked.place.members)} members of {asked.year} in all years; trade "
                "among them is left out, of the world's totals too.",
                f"{asked.place.code} 在各年份均代表其 {asked.year} 年的 {len(asked.place.members)} 个成员；"
                "成员间贸易不计，世界合计中亦不计。",
            )
        )
    return notes


def _nothing(place: Place, data: str) -> InputError:
    return InputError(
        "nothing_traded",
        Text(
            f"The data set {data!r} has no trade of {place.name.en} ({place.code}). Try another --data.",
            f"数据集 {data!r} 中没有{place.name.zh}（{place.code}）的贸易。请换 --data。",
        ),
        field="economy",
    )
