"""The options of a question about trade power, checked at the door."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

import polars as pl

from entrepot.analyses.asking import LEVELS, good_of
from entrepot.analyses.directory import Good, Place
from entrepot.analyses.families import check_between, spanned
from entrepot.analyses.power_published import DEFAULT, published_sigma, sigma_words
from entrepot.analyses.power_sigma import SigmaTable, elasticities
from entrepot.analyses.power_traders import Traders, load_traders
from entrepot.analyses.world import World, world_of
from entrepot.analyses.years import Years, years_of
from entrepot.core.errors import given_options
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.power.elasticity import LEAST_EXPORTERS, WINSORISE, Elasticities, Method
from entrepot.formulas.power.feenstra import Estimator
from entrepot.formulas.power.indices import WorldPrice

if TYPE_CHECKING:
    from entrepot.store import Snapshot

ImportPrice = Literal["unit", "variety"]
RANKED = (
    "tpi", "tpi_export", "tpi_import", "tlc", "tlc_export", "tlc_import", "tlc_all", "price_factor_export",
    "price_factor_import", "quality", "value_for_money", "markup", "market_power", "tpi_market_power",
)  # fmt: skip
CHOICES: dict[str, tuple[Any, ...]] = {
    "level": (None, *LEVELS),
    "method": get_args(Method),
    "estimator": get_args(Estimator),
    "average": get_args(WorldPrice),
    "import_price": get_args(ImportPrice),
    "rank_by": RANKED,
    "lang": LANGUAGES,
}


@dataclass(frozen=True)
class PowerOptions:
    """How trade power is computed.

    Parameters
    ----------
    level : digits of a product, 4 or 6; default those of the product asked for, else 6, since unit values of mixed goods
        say little.
    method : of the elasticity: "fixed_point" (closed form), "iterate" (the printed steps), "feenstra", "given".
    estimator : of "feenstra": "liml" or "gmm".
    average : how P_j is averaged; "quantity" is eq. 21.
    import_price : unit value, or "variety", the CES price index of what is bought.
    least_exporters, winsorise : for the elasticity only: fewest exporters, share drawn in at each end.
    sigma_table : for "given": columns product, sigma [, economy], a mapping from codes or "2603=2.5,27=3", or a published
        table of the store: "broda_weinstein" (default), "protee", "protee_post".
    value_added : columns economy, product, share [, year]; scales the exports that count for the share.
    rank_by : which column ranks economies (or an economy's products) within a year.
    """

    level: int | None = None
    method: Method = "fixed_point"
    estimator: Estimator = "liml"
    average: WorldPrice = "quantity"
    import_price: ImportPrice = "unit"
    least_exporters: int = LEAST_EXPORTERS
    winsorise: float = WINSORISE
    sigma_table: pl.DataFrame | Mapping[str, float] | str | None = None
    value_added: pl.DataFrame | None = None
    rank_by: str = "tpi"
    lang: Language = "en"

    @classmethod
    def of(cls, **given: Any) -> "PowerOptions":
        """Options from what a user gave; None means the default.

        Raises
        ------
        InputError
            For an unknown option or value.
        """
        chosen = given_options(given, list(cls.__dataclass_fields__), CHOICES)
        if isinstance(chosen.get("sigma_table"), str):
            chosen["sigma_table"] = sigma_words(chosen["sigma_table"])
        options = cls(**chosen)
        check_between("winsorise", options.winsorise, 0, 0.25)
        check_between("least_exporters", options.least_exporters, 3, 500)
        return options

    def as_dict(self) -> dict[str, Any]:
        """Every option by name; tables of the user's only by whether they were given."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        table = self.sigma_table
        if isinstance(table, Mapping):
            table = ",".join(f"{code}={sigma:g}" for code, sigma in table.items())
        if table is None and self.method == "given":
            table = DEFAULT
        named = table if isinstance(table, str) else table is not None
        return {**told, "sigma_table": named, "value_added": self.value_added is not None}


@dataclass(frozen=True)
class PowerSetting:
    """One question about trade power, with names resolved.

    Parameters
    ----------
    economy : the economy or group asked for, as it was in the last year; None for all.
    good : the product asked for; None for all.
    level : digits of a product.
    """

    snapshot: "Snapshot"
    world: World
    data: str
    years: tuple[int, ...]
    economy: Place | None
    good: Good | None
    level: int
    options: PowerOptions

    @property
    def code(self) -> str | None:
        """Code of the economy asked for."""
        return self.economy.code if self.economy else None

    def traders(self, years: tuple[int, ...] | None = None) -> Traders:
        """The traders in the question's years, or in others."""
        return load_traders(
            self.snapshot,
            self.data,
            years or self.years,
            [self.good.code] if self.good else None,
            level=self.level,
            roster=self.world.roster(*([self.economy] if self.economy else [])),
            economy=self.code,
            value_added=self.options.value_added,
        )

    def elasticities(self, traders: Traders, method: Method | None = None) -> Elasticities:
        """The elasticities of the traders' markets by the question's method, or another."""
        options = self.options
        every = tuple(self.snapshot.dataset(self.data).years)

        def panel() -> Traders:
            return traders if tuple(traders.frame["year"].unique().sort()) == every else self.traders(every)

        return elasticities(
            traders,
            method or options.method,
            panel=panel,
            table=self._sigma_table() if (method or options.method) == "given" else None,
            least=options.least_exporters,
            tail=options.winsorise,
            estimator=options.estimator,
        )

    def _sigma_table(self) -> SigmaTable:
        table = DEFAULT if self.options.sigma_table is None else self.options.sigma_table
        return published_sigma(self.world, self.data, table, self.level) if isinstance(table, str) else table

    def asked(self) -> dict[str, Any]:
        """The parameters of the Result."""
        said = {"economy": self.code, "product": self.good.code if self.good else None}
        return {
            **{name: value for name, value in said.items() if value is not None},
            "year": self.years[-1],
            "years": _told(self.years),
            "data": self.data,
            **self.options.as_dict(),
            "level": self.level,
        }


def power_title(setting: PowerSetting, what: Text) -> Text:
    """What an answer is called: what it is, of whom, in which product, when."""
    when, good = spanned(setting.years), setting.good
    who = setting.economy.name if setting.economy else None
    name = Text(f"{good.code} {good.name.en}", f"{good.code} {good.name.zh}") if good else None
    said = f"{what.en}{f' of {who.en}' if who else ''}{f' in {name.en}' if name else ''}, {when.en}"
    told = f"{who.zh if who else ''}{'：' if who and name else ''}{name.zh if name else ''}{'的' if who or name else ''}{what.zh}，{when.zh}"
    return Text(said, told)


def power_setting(
    snapshot: "Snapshot",
    economy: str | None,
    product: str | None,
    years: Years,
    data: str | None,
    options: PowerOptions,
) -> PowerSetting:
    """The question with economy, product, years and data set found and checked.

    Raises
    ------
    InputError
        For anything unknown; it names what is valid and the nearest match.
    """
    world = world_of(snapshot)
    dataset = snapshot.dataset(data)
    chosen = years_of(years, dataset.years)
    place = None if economy is None else world.places.at(world.places.find(economy, field="economy"), chosen[-1])
    good = None if product is None else good_of(world, dataset.name, product)
    level = options.level or (good.level if good else max(LEVELS))
    if good and level < good.level:
        good = world.goods(dataset.name).by_code[good.code[:level]]
    return PowerSetting(snapshot, world, dataset.name, chosen, place, good, level, options)


def _told(years: tuple[int, ...]) -> str:
    whole = len(years) > 1 and years == tuple(range(years[0], years[-1] + 1))
    return f"{years[0]}-{years[-1]}" if whole else ",".join(map(str, years))
