"""The shape of `/coverage`, for the OpenAPI document."""

from pydantic import BaseModel, Field


class Cited(BaseModel):
    """A source as it must be cited."""

    name: str
    edition: str
    licence: str
    licence_url: str
    retrieved: str
    citation: str


class SourceShare(Cited):
    """A source within a series."""

    rows: int
    economies: int | None
    first: int | None
    last: int | None
    believed: int | None = Field(
        description="for how many economies (pairs, products) it counts, as no source before it speaks of them"
    )


class YearCount(BaseModel):
    """A calendar year of a series."""

    year: int
    economies: int


class SeriesCoverage(BaseModel):
    """One series of a table: an indicator, a kind of fact, a classification."""

    name: str
    rows: int
    economies: int | None
    years: list[YearCount]
    sources: list[SourceShare] = Field(description="in the order in which they are believed")


class TableCoverage(BaseModel):
    """A reference table."""

    table: str
    title: str
    rows: int
    complete: bool = Field(description="whether an absent row means no; otherwise it means not known")
    note: str
    sources: list[Cited]
    series: list[SeriesCoverage]


class YearCoverage(BaseModel):
    """One year of a data set."""

    year: int
    flows: int
    products: int
    reporters: int = Field(description="economies with any import flow")
    value_usd: float
    value_with_quantity_usd: float


class DatasetCoverage(BaseModel):
    """A data set, year by year."""

    name: str
    default: bool
    title: str
    classification: str
    release: str
    source: str
    licence: str
    retrieved: str
    rows: int
    products: int
    years: list[YearCoverage]


class Coverage(BaseModel):
    """Everything in the current version of the store."""

    version: str
    datasets: list[DatasetCoverage]
    tables: list[TableCoverage]
