"""What each address accepts: the same names as on the command line and in Python. Anything else is refused."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from entrepot.analyses.availability import BY
from entrepot.analyses.options import CHOICES
from entrepot.analyses.search import KINDS, MOST_FOUND
from entrepot.analyses.vocabulary import ARGUMENTS, OPTIONS
from entrepot.formulas.entries import FAMILIES

LONGEST_VALUE = 200
LONGEST_WEIGHTS = 2000
LONGEST_LIST = 2000  # own lists of economies, baskets of codes
LONGEST_QUERY = 100
MOST_PAIRS = 10_000
# Left out means the default; there is no way, and no need, to send a null in a query.
Absent = SkipJsonSchema[None]


def _text(name: str, *examples: str, longest: int = LONGEST_VALUE) -> Any:
    said = (ARGUMENTS | OPTIONS)[name].en
    return Field(description=said, min_length=1, max_length=longest, examples=list(examples) or None)


def _number(name: str, *examples: int, least: int | None = None, most: int | None = None) -> Any:
    return Field(description=OPTIONS[name].en, examples=list(examples), ge=least, le=most)


def _choice(name: str) -> Any:
    """One of a few words. They are listed for readers here, and checked where every surface has them checked."""
    listed: dict[str, Any] = {"enum": list(CHOICES[name])}
    return Field(description=OPTIONS[name].en, max_length=LONGEST_VALUE, json_schema_extra=listed)


class Lang(BaseModel):
    """The language, which every address accepts."""

    model_config = ConfigDict(extra="forbid")

    lang: Annotated[str, _choice("lang")] = "en"


class IndicatorsQuery(Lang):
    """Which columns to explain."""

    family: Annotated[
        str | Absent, Field(description="one family of formulas", json_schema_extra={"enum": list(FAMILIES)})
    ] = None


class DataQuery(Lang):
    """A list that depends on the data set."""

    data: Annotated[str | Absent, _text("data", "minerals")] = None


class NumberOptions(DataQuery):
    """How numbers are computed, whatever the gravity share weights."""

    year: Annotated[int | Absent, _number("year", 2024)] = None
    exponent: Annotated[str | Absent, _choice("exponent")] = None
    average: Annotated[str | Absent, _choice("average")] = None
    price_period: Annotated[str | Absent, _choice("price_period")] = None
    missing: Annotated[str | Absent, _choice("missing")] = None
    tariff: Annotated[str | Absent, _choice("tariff")] = None
    distance: Annotated[str | Absent, _choice("distance")] = None
    without: Annotated[str | Absent, _text("without")] = None
    window: Annotated[int | Absent, Field(description=OPTIONS["window"].en, json_schema_extra={"enum": [3, 5, 10]})] = (
        None
    )


class FlowOptions(NumberOptions):
    """How the numbers of a flow are computed."""

    basis: Annotated[str | Absent, _choice("basis")] = None


class Options(FlowOptions):
    """How an answer is computed and ranked, and among whom."""

    scale: Annotated[str | Absent, _choice("scale")] = None
    weights: Annotated[str | Absent, _text("weights", "balanced", "gap=2,distance_km=1", longest=LONGEST_WEIGHTS)] = (
        None
    )
    rank_by: Annotated[str | Absent, _text("rank_by", "score", "gap")] = None
    among: Annotated[str | Absent, _text("among", "region:Asia,income:high", "CHN,JPN,KOR", longest=LONGEST_LIST)] = (
        None
    )
    served: Annotated[str | Absent, _choice("served")] = None


class MarketsQuery(Options):
    """Which markets for an exporter's product."""

    exporter: Annotated[str, _text("exporter", "CHL", "Chile", "智利")]
    product: Annotated[str, _text("product", "2603", "copper ores", "2603,2604", longest=LONGEST_LIST)]


class ProductsQuery(Options):
    """Which products for an exporter in a market."""

    exporter: Annotated[str, _text("exporter", "CHL")]
    market: Annotated[str, _text("market", "CHN", "EU27")]
    level: Annotated[int | Absent, _number("level", 4, 6)] = None


class PrioritiesQuery(Options):
    """Which pairs of product and market for an exporter."""

    exporter: Annotated[str, _text("exporter", "AUS")]
    level: Annotated[int | Absent, _number("level", 4, 6)] = None
    top: Annotated[int | Absent, _number("top", 200, least=1, most=MOST_PAIRS)] = None


class HistoryQuery(DataQuery):
    """One flow year by year."""

    exporter: Annotated[str, _text("exporter", "CHL")]
    product: Annotated[str, _text("product", "2603", longest=LONGEST_LIST)]
    market: Annotated[str, _text("market", "CHN")]
    year: Annotated[int | Absent, _number("year", 2024)] = None
    window: Annotated[int | Absent, Field(description=OPTIONS["window"].en, json_schema_extra={"enum": [3, 5, 10]})] = (
        None
    )


class CompetitorsQuery(FlowOptions):
    """Who sells a product in a market."""

    product: Annotated[str, _text("product", "2603", longest=LONGEST_LIST)]
    market: Annotated[str, _text("market", "CHN")]
    exporter: Annotated[
        str | Absent, Field(description="whose row is marked", max_length=LONGEST_VALUE, examples=["CHL"])
    ] = None


class CompareQuery(MarketsQuery):
    """Two to four markets side by side."""

    markets: Annotated[str, _text("markets", "JPN,KOR", "JPN,KOR,SGP")]


class AvailabilityQuery(MarketsQuery):
    """Which parameter is known for which market."""

    by: Annotated[str | Absent, Field(description=OPTIONS["by"].en, json_schema_extra={"enum": list(BY)})] = None


class FlowsQuery(NumberOptions):
    """Which built cells: a product, narrowed by exporter or market, or an exporter and a market."""

    product: Annotated[str | Absent, _text("product", "2603")] = None
    exporter: Annotated[str | Absent, _text("exporter", "CHL")] = None
    market: Annotated[str | Absent, _text("market", "CHN")] = None
    level: Annotated[int | Absent, Field(description="HS digits of a pair's products: 4 or 6", examples=[6])] = None


class FlowsPageQuery(FlowsQuery):
    """The same, a page at a time."""

    offset: Annotated[int, Field(description="rows to pass over", ge=0, examples=[1000])] = 0
    limit: Annotated[int, Field(description="rows at most, the largest flows first", ge=1, le=MOST_PAIRS)] = 500


class SearchQuery(DataQuery):
    """Economies and products by whatever someone types."""

    q: Annotated[
        str, Field(description="what was typed", min_length=1, max_length=LONGEST_QUERY, examples=["zg", "copper"])
    ]
    kind: Annotated[str | Absent, Field(description=OPTIONS["kind"].en, json_schema_extra={"enum": list(KINDS)})] = None
    limit: Annotated[int | Absent, _number("limit", 20, least=1, most=MOST_FOUND)] = None
