"""The shape of every answer, for the OpenAPI document. Answers themselves are written without going through these."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.json_schema import SkipJsonSchema

from entrepot.analyses.columns import COLUMN_ORDER, WITH_ORIGIN
from entrepot.analyses.columns import column as column_of
from entrepot.core.indicator import Direction, Unit
from entrepot.core.missing import Reason

Absent = SkipJsonSchema[None]
Coverage = dict[str, float] | Absent
Parameter = str | float | int | bool | dict[str, float] | None


class Column(BaseModel):
    """What a column of the answer is."""

    id: str
    name: str
    unit: Unit
    direction: Direction = Field(description="whether more or less of it speaks for a market")
    hidden: bool = Field(description="a companion: the year or the source of another column")
    meaning: str


class Provenance(BaseModel):
    """A table behind the answer."""

    table: str
    name: str
    edition: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    retrieved: str | None = None
    citation: str | None = None


def _row() -> type[BaseModel]:
    """A row has the columns that its answer lists; which, depends on the question."""
    number, text = float | None, str | None
    kinds = {"code": text, "text": text, "date": text}
    names = [*COLUMN_ORDER, "exporter_name", "importer_name", "product_name"]
    names += [f"{base}_{what}" for base in WITH_ORIGIN for what in ("year", "source")]
    fields: dict[str, Any] = {}
    for name in names:
        known = column_of(name)
        kind = kinds.get(known.unit, number)
        fields[name] = (kind, Field(default=None, description=f"{known.meaning.en} [{known.unit}]"))
    fields["missing"] = (dict[str, Reason], Field(default={}, description="why each null of the row is null"))
    fields["parts"] = (dict[str, float], Field(default={}, description="the score split exactly by column"))
    said = "of a basket: share of the market's imports on which a number rests, where below 1"
    fields["coverage"] = (Coverage, Field(default=None, description=said))
    made: type[BaseModel] = create_model("Row", __config__=ConfigDict(extra="allow"), **fields)
    made.__doc__ = "One market, product, pair or year."
    return made


Row = _row()


class Result(BaseModel):
    """An answer: rows in rank order, and what one must know to read, check and cite them."""

    columns: list[Column]
    rows: list[Row]  # type: ignore[valid-type]
    parameters: Annotated[dict[str, Parameter], Field(description="every option as it was used")]
    notes: list[str]
    provenance: list[Provenance]
    citation: str


class Economy(BaseModel):
    """An economy, or a group of economies that may stand as exporter or market."""

    code: str
    name: str
    name_en: str
    name_zh: str
    aliases: list[str]
    pinyin: str = Field(description="the Chinese name in letters, syllables parted by blanks")
    initials: str = Field(description="their first letters")
    m49: str | None = None
    region: str | None = None
    subregion: str | None = None
    income: str | None = Field(default=None, description="low, lower_middle, upper_middle or high")
    historical: bool = False
    group: bool
    members: list[str] | None = None


class Economies(BaseModel):
    """Every economy and group that may be typed."""

    economies: list[Economy]


class Product(BaseModel):
    """A product of a data set."""

    code: str
    level: int
    name: str
    name_en: str
    name_zh: str
    initials: str = Field(description="first letters of the Chinese name in pinyin")
    words: list[str] = Field(description="what people call it besides its name, in either language")
    section: str | None
    complete: bool = Field(description="whether the data set has every HS6 below this HS4")
    hs6_present: int | None
    hs6_total: int | None


class Products(BaseModel):
    """The products of a data set, HS4 and HS6."""

    products: list[Product]


class Dataset(BaseModel):
    """One classification vintage and one release."""

    name: str
    title: str
    classification: str
    years: list[int]
    release: str
    licence: str
    source: str


class Datasets(BaseModel):
    """The data sets of the store."""

    default: str
    datasets: list[Dataset]


class Symbol(BaseModel):
    """A letter of a formula."""

    symbol: str
    meaning: str


class Indicator(BaseModel):
    """How a column is computed."""

    id: str
    family: str = Field(description="finder, power, intraindustry, overview or allocation; an id may stand in several")
    name: str
    unit: Unit
    direction: Direction
    meaning: str
    formula: str
    symbols: list[Symbol] = Field(description="what the letters of the formula mean, in their order")
    needs: list[str] = Field(description="other indicators of the family from which it is computed")
    undefined: str
    source: str
    invariances: list[str] = Field(description="what does not change it")
    reference: bool = Field(description="read from a reference table, with a year and a source of its own")
    weightable: bool


class Preset(BaseModel):
    """A named profile of weights."""

    id: str
    name: str
    description: str = Field(description="for whom it is, in one sentence")
    weights: dict[str, float]


class Indicators(BaseModel):
    """Every column, and the presets of weights."""

    indicators: list[Indicator]
    presets: list[Preset]


class ErrorBody(BaseModel):
    """What is wrong, where, and what would be right."""

    code: str
    message: str
    field: str | None
    valid: list[str | int]
    nearest: str | None


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    error: ErrorBody
