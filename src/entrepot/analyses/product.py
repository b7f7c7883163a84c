"""Overview of a product: who sells, who buys, at what prices, and how concentrated both sides are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.asking import check_year, good_of
from entrepot.analyses.directory import TOTAL, Good
from entrepot.analyses.notes import incomplete_codes
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.overview import (
    AMOUNTS,
    METHOD,
    NOT_REPORTED,
    Frame,
    Overview,
    OverviewOptions,
    coverage_note,
    history_of,
    largest,
    resolved,
    years_notes,
)
from entrepot.analyses.sums import summed
from entrepot.analyses.world import World, world_of
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.power import REGISTRY as POWER
from entrepot.formulas.trade import price_usd_t

if TYPE_CHECKING:
    from entrepot.store import Snapshot

OPTIONS = ("top", "window", "lang")


@dataclass(frozen=True)
class _Asked:
    """The product's flows over all years: year, exporter, importer, value_usd, priced_usd, quantity_t."""

    world: World
    data: str
    good: Good
    year: int
    years: tuple[int, ...]
    options: OverviewOptions
    flows: pl.DataFrame

    @property
    def now(self) -> pl.DataFrame:
        """The flows of the analysis year."""
        return self.flows.filter(pl.col("year") == self.year)

    def names(self, codes: pl.Series, name: str) -> pl.Series:
        """The names of the economies."""
        places = self.world.places.by_code
        return pl.Series(name, [places[code].name.say(self.options.lang) for code in codes], dtype=pl.String)


def product(
    snapshot: "Snapshot", product: str, *, year: int | None = None, data: str | None = None, **options: Any
) -> Overview:
    """Who sells and who buys a product, world trade and unit values by year, and how concentrated both sides are.

    Parts: `years` (one row per year of the data set), `sells` and `buys` (the largest exporters and importers in the year),
    `flows` (the largest pairs).

    Parameters
    ----------
    snapshot : the version of the store to ask.
    product : HS code of 4 or 6 digits, words of its name, or TOTAL (all products; no quantities, hence no unit values).
    year, data : default the latest year of the default data set.
    **options : `top` (rows of each table, default 10), `window` (of growth), `lang`.

    Raises
    ------
    InputError
        For anything unknown; ``nothing_traded`` if nobody trades it in any year.
    """
    for name in options:
        check_choice("option", name, OPTIONS)
    chosen = OverviewOptions.of(**options)
    world, dataset = world_of(snapshot), snapshot.dataset(data)
    good, years = good_of(world, dataset.name, product), tuple(dataset.years)
    asked = _Asked(
        world, dataset.name, good, check_year(year, list(years)), years, chosen, _flows(snapshot, dataset.name, good)
    )
    if not asked.flows.height:
        raise _nothing(good, dataset.name)
    frame = Frame(
        "product",
        {
            "product": good.code, "year": asked.year, "data": asked.data, "top": chosen.top, "window": chosen.window,
            "lang": chosen.lang,
        },
        tuple(_notes(asked)),
        provenance(snapshot, asked.data, ("economies", "products")),
        citation(snapshot, asked.data, METHOD),
        NOT_REPORTED if good.level else {},  # a total has no quantity whoever reports
    )  # fmt: skip
    en, zh, t = f"{good.code} {good.name.en}", f"{good.code} {good.name.zh}", asked.year
    parts = {
        "years": frame.part("years", Text(f"World trade of {en} by year", f"{zh}：历年世界贸易"), _years(asked)),
        "sells": frame.part("sells", Text(f"Who sells {en}, {t}", f"{zh}的主要出口方，{t} 年"), _traders(asked, "exporter")),
        "buys": frame.part("buys", Text(f"Who buys {en}, {t}", f"{zh}的主要进口方，{t} 年"), _traders(asked, "importer")),
        "flows": frame.part("flows", Text(f"Largest flows of {en}, {t}", f"{zh}的最大贸易流量，{t} 年"), _pairs(asked)),
    }  # fmt: skip
    return Overview(
        "product", good.code, good.name, parts, frame.parameters, frame.notes, frame.provenance, frame.citation
    )


def _flows(snapshot: "Snapshot", data: str, good: Good) -> pl.DataFrame:
    """The flows of the product, its HS6 summed; a total of different goods has no quantity."""
    everything = good.code == TOTAL
    years = snapshot.dataset(data).years
    flows = snapshot.flows(data, years, None if everything else [good.code])
    if everything:
        flows = flows.with_columns(pl.lit(None, dtype=pl.Float64).alias("quantity_t"))
    known = flows.select(pl.col("year").cast(pl.Int64), "exporter", "importer", *AMOUNTS)
    return summed(known, ["year", "exporter", "importer"], ["value_usd", "priced_usd", "quantity_t"])


def _years(asked: _Asked) -> pl.DataFrame:
    """One row per year of the data set: world trade, unit values, breadth and concentration of both sides."""
    sums = summed(asked.flows, ["year"], ["value_usd", "priced_usd", "quantity_t"])
    rows = pl.DataFrame({"year": list(asked.years)}, schema={"year": pl.Int64})
    rows = rows.join(sums, on="year", how="left", maintain_order="left").with_columns(
        pl.col("value_usd", "priced_usd", "quantity_t").fill_null(0.0)
    )
    world, priced, tons = (rows[name].to_numpy() for name in ("value_usd", "priced_usd", "quantity_t"))
    sellers, buyers = (_side(asked, side) for side in ("exporter", "importer"))
    groups = {"sellers": _groups(asked, sellers), "buyers": _groups(asked, buyers)}
    known: dict[str, Any] = {
        "period_value_usd": world,
        "period_priced_value_usd": priced,
        "period_quantity_t": tons,
        "seller_exports_usd": sellers["value_usd"].to_numpy(),
        "sellers_of": groups["sellers"],
        "buyer_imports_usd": buyers["value_usd"].to_numpy(),
        "buyers_of": groups["buyers"],
        "seller_price_usd_t": _price(sellers),
        "priced_sellers": groups["sellers"],
    }
    rows = pl.DataFrame(
        {
            "year": rows["year"],
            "world_usd": world,
            "quantity_t": np.where(priced > 0, tons, np.nan),
            **{name: of.total(np.ones(len(of))) for name, of in groups.items()},
        }
    )
    wanted = (
        "quantity_coverage price_usd_t price_low price_middle price_high price_spread sellers_priced hhi_sellers hhi_buyers "
        "cr4_sellers cr4_buyers"
    )
    order = (
        "year world_usd quantity_t quantity_coverage price_usd_t price_low price_middle price_high price_spread "
        "sellers_priced sellers buyers hhi_sellers hhi_buyers cr4_sellers cr4_buyers"
    )
    years = resolved(rows, wanted, known).select(order.split())
    # Of a total no flow has a quantity because none can have one, which is not the same as 0 %.
    return years if asked.good.level else years.with_columns(quantity_coverage=None, sellers_priced=None)


def _side(asked: _Asked, side: str) -> pl.DataFrame:
    """What each economy of one side trades in each year, sorted by year and code."""
    sums = summed(asked.flows, ["year", side], ["value_usd", "priced_usd", "quantity_t"], "partners")
    return sums.rename({side: "economy"})


def _groups(asked: _Asked, side: pl.DataFrame) -> Groups:
    place = {year: number for number, year in enumerate(asked.years)}
    return Groups(np.array([place[year] for year in side["year"]], dtype=np.intp), len(asked.years))


def _price(rows: pl.DataFrame) -> Values:
    return price_usd_t(rows["value_usd"].to_numpy(), rows["priced_usd"].to_numpy(), rows["quantity_t"].to_numpy())


def _traders(asked: _Asked, side: str) -> pl.DataFrame:
    """The largest economies of one side in the year."""
    sells = side == "exporter"
    amount, count = ("exports_usd", "markets_served") if sells else ("imports_usd", "suppliers")
    everyone = _side(asked, side).filter(pl.col("year") == asked.year)
    if sells:
        everyone = everyone.with_columns(pl.Series("tpi_export", _power(everyone)))
    top = largest(everyone, "value_usd", ["economy"], asked.options.top)
    rows = resolved(
        top.rename({"value_usd": amount, "partners": count}),
        "share growth price_usd_t price_relative",
        {
            **_of_year(asked, top),
            "history": history_of(asked.flows, side, top["economy"].to_list(), _window(asked), asked.years),
            "exponent": "window",
        },
    ).with_columns(asked.names(top["economy"], "economy_name"), _tons(top))
    power = ["tpi_export"] if sells else []
    return rows.select(
        "economy",
        "economy_name",
        amount,
        "share",
        "growth",
        "quantity_t",
        "price_usd_t",
        "price_relative",
        *power,
        count,
    )


def _power(sellers: pl.DataFrame) -> Values:
    """The export power index of every seller, as the family of trade power computes it."""
    known: dict[str, Any] = {
        "exports_counted_usd": sellers["priced_usd"].to_numpy(),
        "exports_priced_usd": sellers["priced_usd"].to_numpy(),
        "exports_t": sellers["quantity_t"].to_numpy(),
        "markets": Groups(np.zeros(sellers.height, dtype=np.intp), 1),
        "average": "quantity",
    }
    power: Values = POWER.resolve(["tpi_export"], known)["tpi_export"]
    return power


def _of_year(asked: _Asked, rows: pl.DataFrame) -> dict[str, Any]:
    """What shares and unit values of rows of the year are computed from."""
    now = asked.now
    count = rows.height
    return {
        "amount_usd": rows["value_usd"].to_numpy(),
        "total_usd": np.full(count, now["value_usd"].sum()),
        "period_value_usd": rows["value_usd"].to_numpy(),
        "period_priced_value_usd": rows["priced_usd"].to_numpy(),
        "period_quantity_t": rows["quantity_t"].to_numpy(),
        "world_price_usd_t": np.repeat(
            _price(now.select(pl.col("value_usd", "priced_usd", "quantity_t").sum())), count
        ),
    }


def _tons(rows: pl.DataFrame) -> pl.Series:
    """The quantity, null where none is known."""
    return rows.select(pl.when(pl.col("priced_usd") > 0).then(pl.col("quantity_t")).alias("quantity_t")).to_series()


def _pairs(asked: _Asked) -> pl.DataFrame:
    """The largest flows of the year."""
    top = largest(asked.now, "value_usd", ["exporter", "importer"], asked.options.top)
    rows = resolved(top, "share price_usd_t", _of_year(asked, top)).with_columns(
        asked.names(top["exporter"], "exporter_name"), asked.names(top["importer"], "importer_name"), _tons(top)
    )
    return rows.select(
        "exporter", "exporter_name", "importer", "importer_name", "value_usd", "share", "quantity_t", "price_usd_t"
    )


def _window(asked: _Asked) -> range:
    return range(asked.year - asked.options.window + 1, asked.year + 1)


def _notes(asked: _Asked) -> list[Text]:
    good, notes = asked.good, []
    if good.level == 0:
        notes += coverage_note(asked.world, asked.data)
        notes.append(
            Text(
                "A total of different goods has no quantity, hence no unit values.",
                "不同产品的合计没有数量，因而没有单价。",
            )
        )
    else:
        notes += incomplete_codes([good])
    quiet = sorted(set(asked.now["exporter"]) - set(asked.now["importer"]) - _reporting(asked))
    if quiet:
        names = [asked.world.places.by_code[code].name for code in quiet[:8]]
        more = len(quiet) - len(names)
        notes.append(
            Text(
                f"{len(quiet)} sellers do not report imports in {asked.year}, so world trade lacks what they buy: "
                f"{', '.join(name.en for name in names)}{f' and {more} more' if more else ''}.",
                f"{len(quiet)} 个出口方在 {asked.year} 年未申报进口，世界贸易不含其进口："
                f"{'、'.join(name.zh for name in names)}{f'等，另有 {more} 个' if more else ''}。",
            )
        )
    if good.level:
        notes.append(
            Text(
                "Quartiles of unit values count each seller once, whatever it sells; the unit value is all value over all "
                "quantity. Unit values mix qualities and grades.",
                "单价四分位数对各出口方等权计算；产品单价为总值除以总量。单价混合了不同质量与品级。",
            )
        )
    return [*notes, *years_notes(asked.world, asked.data, asked.year, asked.options.window)]


def _reporting(asked: _Asked) -> set[str]:
    reporters = asked.world.snapshot.data_table(asked.data, "reporters")
    return set(reporters.filter((pl.col("year") == asked.year) & (pl.col("imports_usd") > 0))["economy"])


def _nothing(good: Good, data: str) -> InputError:
    return InputError(
        "nothing_traded",
        Text(
            f"Nobody trades {good.code} {good.name.en} in the data set {data!r}.",
            f"数据集 {data!r} 中没有 {good.code} {good.name.zh} 的贸易。",
        ),
        field="product",
    )
