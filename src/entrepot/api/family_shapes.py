"""The shapes of answers about trade power and intra-industry trade, for the OpenAPI document."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from entrepot.analyses import iit_sources, intraindustry, power, power_changes
from entrepot.analyses.columns import Column as ColumnOf
from entrepot.api.models import Column, Parameter, Provenance
from entrepot.core.missing import Reason
from entrepot.formulas.intraindustry import REGISTRY as INTRAINDUSTRY
from entrepot.formulas.power import REGISTRY as POWER
from entrepot.formulas.registry import Registry

_TEXTS = {"code", "text", "date"}
_SAID = {"sigma_method", "sigma_status", "stage", "typing", "iit_type", "tc_band"}


class ChartAxis(BaseModel):
    """One axis of a chart."""

    label: str
    unit: str
    scale: str


class ChartSeries(BaseModel):
    """What shares a colour: values per category or point."""

    id: str
    name: str
    values: list[float | None]
    x: list[float]
    labels: list[str]
    sizes: list[float]


class ChartBand(BaseModel):
    """A named part of the x axis."""

    model_config = ConfigDict(populate_by_name=True)

    start: float | None = Field(alias="from")
    to: float | None
    name: str


class Chart(BaseModel):
    """A chart as data: bars, path, curve, stack, scatter, stages or waterfall."""

    kind: str
    title: str
    x: ChartAxis
    y: ChartAxis
    series: list[ChartSeries]
    categories: list[str]
    ends: list[str]
    bands: list[ChartBand]
    lines: list[tuple[str, float]]
    source: str
    lang: str


class PublicationColumn(BaseModel):
    """Head of one column."""

    label: str
    over: str | None


class PublicationRow(BaseModel):
    """One row: what its cells say, and their numbers."""

    label: str
    cells: list[str]
    numbers: list[float | None]
    strong: bool
    indent: int


class PublicationGroup(BaseModel):
    """Rows that belong together."""

    title: str | None
    rows: list[PublicationRow]


class PublicationTable(BaseModel):
    """A table as it stands in a paper."""

    name: str
    title: str
    stub: str
    columns: list[PublicationColumn]
    groups: list[PublicationGroup]
    notes: list[str]


class PublicationTables(BaseModel):
    """The tables of one question."""

    tables: list[PublicationTable]
    parameters: dict[str, Parameter | list[float]]
    provenance: list[Provenance]
    citation: str


class PartnerList(BaseModel):
    """A committed list of economies."""

    id: str
    name: str
    source: str


class PartnerLists(BaseModel):
    """Every committed list."""

    partners: list[PartnerList]


def _answer(name: str, columns: Iterable[str], keys: dict[str, ColumnOf], registry: Registry) -> type[BaseModel]:
    """A Result whose rows have these columns."""
    fields: dict[str, Any] = {}
    for column in columns:
        known = keys.get(column) or registry.entries.get(column.removesuffix("_before"))
        assert known is not None, column
        text = known.unit in _TEXTS or column in _SAID
        said = f"{known.meaning.en} [{known.unit}]"
        fields[column] = ((str if text else float) | None, Field(default=None, description=said))
    fields["missing"] = (dict[str, Reason], Field(default={}, description="why each null of the row is null"))
    row = create_model(f"{name}Row", __config__=ConfigDict(extra="allow"), **fields)
    row.__doc__ = f"One row of {name}."
    parameters = Field(description="every option as it was used")
    shape: dict[str, Any] = {
        "columns": (list[Column], ...),
        "rows": (list[row], ...),  # type: ignore[valid-type]
        "parameters": (dict[str, Parameter | list[float]], parameters),
        "notes": (list[str], ...),
        "provenance": (list[Provenance], ...),
        "citation": (str, ...),
        "chart": (Chart | None, Field(default=None, description="if one was asked for")),
    }
    made: type[BaseModel] = create_model(name, **shape)
    made.__doc__ = "Rows in order, and what one must know to read, check and cite them."
    return made


_CHANGE = "economy product from_year to_year power_before power_after change share_part price_part mix_part entry_exit product_name"
_ROADS = (
    "economy product from_year to_year road stage sigma tlc_export_before tlc_export price_factor_export_before "
    "price_factor_export quality_before quality value_for_money_before value_for_money markup_before markup "
    "marginal_cost_before marginal_cost log_price_change markup_part cost_part road_meaning product_name"
)
_LEADERS = "economy product year power leads above_first leader leader_power first_power leader_name product_name"
_ELASTICITIES = ["product", "year", "sigma_exporters", "product_name"] + [
    f"{what}_{method}" for method in power_changes.METHODS for what in ("sigma", "converged", "status")
]
_SOURCES = (
    "reporter partner industry from_year to_year gl_before gl_after trade_share_before trade_share_after iit_share_before "
    "iit_share_after contribution partner_name industry_name"
)
_IIT = [
    *intraindustry.KEYED, "span", "typing", "alpha", *intraindustry.COMPUTED, *intraindustry.FURTHER, "trade_share",
    "trade_dependence", "reporter_name", "partner_name", "industry_name",
]  # fmt: skip
_SPLIT = power_changes.COLUMNS
ANSWERS: dict[str, type[BaseModel]] = {
    "power": _answer("Power", power.COLUMNS, power.KEYS, POWER),
    "power_change": _answer("PowerChange", _CHANGE.split(), _SPLIT, POWER),
    "power_roads": _answer("PowerRoads", _ROADS.split(), _SPLIT, POWER),
    "power_leaders": _answer("PowerLeaders", _LEADERS.split(), _SPLIT, POWER),
    "power_elasticities": _answer("PowerElasticities", _ELASTICITIES, _SPLIT, POWER),
    "iit": _answer("Iit", _IIT, intraindustry.KEYS, INTRAINDUSTRY),
    "iit_sources": _answer("IitSources", _SOURCES.split(), iit_sources.COLUMNS, INTRAINDUSTRY),
}
