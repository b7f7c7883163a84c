"""The plan of a simulated customs world: its parameters, places, products and firms."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.families import check_between
from entrepot.core.errors import InputError, given_options
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values

DESTINATIONS = tuple(
    """
    USA JPN DEU GBR KOR FRA NLD HKG IND RUS ITA CAN AUS BRA MEX SGP MYS THA IDN VNM ESP BEL POL ARE SAU TUR ZAF PHL CHL
    ARG SWE DNK NOR FIN CHE AUT CZE HUN GRC PRT IRL ISR EGY NGA KEN MAR DZA PER COL NZL PAK BGD LKA KAZ UKR ROU KHM MMR PAN JOR
    """.split()
)
OWNERS = ("state", "cooperative", "joint_venture", "wholly_foreign", "collective", "private")
OWNER_DIGIT = "123456"
OWNER_SHARES = (0.10, 0.03, 0.12, 0.25, 0.05, 0.45)
CHAPTERS = tuple(chapter for chapter in range(28, 97) if chapter != 77)
HEADINGS = 18  # per chapter, so that there is room for 1,224 products
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LIMITS = {
    "firms": (10, 20_000_000),
    "regions": (2, 80),
    "products": (1, len(CHAPTERS) * HEADINGS),
    "destinations": (3, len(DESTINATIONS)),
    "sigma": (1.5, 20),
    "effect": (-0.4, 0.3),
    "endogeneity": (0, 1),
    "neighbours": (1, 50),
    "seed": (0, 2**32 - 1),
    "mean_destinations": (1, 30),
}
WHOLE = ("firms", "regions", "products", "destinations", "neighbours", "seed")


@dataclass(frozen=True)
class Plan:
    """What a world is made from; see `simulate_customs` for the meaning of each number."""

    firms: int = 600
    years: tuple[int, ...] = (2010, 2011, 2012)
    seed: int = 7
    sigma: float = 4.0
    effect: float = -0.4
    regions: int = 8
    products: int = 12
    destinations: int = 20
    mean_destinations: float = 3.0
    endogeneity: float = 0.0
    neighbours: int = 5
    bad_rows: bool = False

    @classmethod
    def of(cls, *, years: Iterable[int] = (2010, 2011, 2012), **given: Any) -> "Plan":
        """A plan whose numbers are within bounds.

        Raises
        ------
        InputError
            Otherwise.
        """
        try:
            listed = tuple(sorted({int(year) for year in years}))
        except (TypeError, ValueError):
            listed = ()
        if (
            not listed
            or listed != tuple(range(listed[0], listed[-1] + 1))
            or not 1801 <= listed[0] <= listed[-1] <= 2100
        ):
            raise InputError(
                "bad_years",
                Text("Years must follow one another, such as 2010-2012.", "年份须连续，如 2010-2012。"),
                field="years",
            )
        plan = cls(years=listed, **given_options(given, list(cls.__dataclass_fields__), {"bad_rows": (True, False)}))
        for name, (low, high) in LIMITS.items():
            check_between(name, getattr(plan, name), low, high, whole=name in WHOLE)
        return plan

    def as_dict(self) -> dict[str, Any]:
        """Every parameter by name."""
        return {**asdict(self), "years": list(self.years)}


@dataclass(frozen=True)
class Cast:
    """Places, products and firms of a world.

    Parameters
    ----------
    regions : region, latitude, longitude.
    firm_region, firm_owner : codes by firm; enters, leaves : first and last year of each firm.
    pair_product, pair_firm : which firm may export which product, sorted by product.
    region_codes, product_codes : text codes, ascending.
    """

    regions: pl.DataFrame
    region_codes: list[str]
    product_codes: list[str]
    firm_codes: pl.Series
    firm_region: Codes
    firm_owner: Codes
    firm_regime: NDArray[np.bool_]
    enters: Codes
    leaves: Codes
    pair_product: Codes
    pair_firm: Codes
    market_size: Values


def cast_of(plan: Plan) -> Cast:
    """Draw the places, products and firms."""
    rng = np.random.default_rng([plan.seed, 0])
    codes = [str(number) for number in range(11, 11 + plan.regions)]
    places = pl.DataFrame(
        {
            "region": codes,
            "latitude": rng.uniform(20, 50, plan.regions).round(4),
            "longitude": rng.uniform(85, 130, plan.regions).round(4),
        }
    )
    spread = np.linspace(0, len(CHAPTERS) * HEADINGS - 1, plan.products).round().astype(int)
    products = [f"{CHAPTERS[place // HEADINGS]}{place % HEADINGS + 1:02d}" for place in spread.tolist()]
    region = rng.choice(plan.regions, plan.firms, p=rng.dirichlet(np.full(plan.regions, 20.0)))
    owner = rng.choice(len(OWNERS), plan.firms, p=OWNER_SHARES)
    first, last = plan.years[0] - 1, plan.years[-1]
    late = rng.random(plan.firms) < 0.35
    enters = np.where(late, rng.integers(first, last + 1, plan.firms), first)
    leaves = enters + rng.geometric(0.12, plan.firms)
    others = np.minimum(rng.poisson(1.0, plan.firms), plan.products - 1)
    firm = np.repeat(np.arange(plan.firms), 1 + others)
    drawn = rng.integers(0, plan.products, len(firm))
    pair = np.unique(drawn.astype(np.int64) * plan.firms + firm)
    processing = rng.random(plan.firms) < np.where((owner >= 1) & (owner <= 3), 0.5, 0.1)
    return Cast(
        regions=places,
        region_codes=codes,
        product_codes=products,
        firm_codes=_firm_codes(region, owner, codes),
        firm_region=region,
        firm_owner=owner,
        firm_regime=processing,
        enters=enters,
        leaves=leaves,
        pair_product=pair // plan.firms,
        pair_firm=pair % plan.firms,
        market_size=rng.normal(22.0, 1.0, (plan.destinations, len(plan.years) + 1)),
    )


def _firm_codes(region: Codes, owner: Codes, codes: list[str]) -> pl.Series:
    """Ten characters in China's manner: region, place, owner, serial number."""
    number = np.arange(len(region), dtype=np.int64)
    table = pl.DataFrame({"number": number, "region": region, "owner": owner})
    digit = pl.DataFrame({"place": list(range(36)), "letter": list(DIGITS)})
    said = table.select(
        pl.concat_str(
            pl.col("region").replace_strict(dict(enumerate(codes)), return_dtype=pl.Utf8),
            (pl.col("number") // 36**4 + 100).cast(pl.Utf8),
            pl.col("owner").replace_strict(dict(enumerate(OWNER_DIGIT)), return_dtype=pl.Utf8),
            *(
                (pl.col("number") // 36**power % 36).replace_strict(
                    digit["place"], digit["letter"], return_dtype=pl.Utf8
                )
                for power in (3, 2, 1, 0)
            ),
        ).alias("firm")
    )
    return said["firm"]
