"""The shapes of the answers around the market finder, for the OpenAPI document."""

from typing import Literal

from pydantic import BaseModel, Field

from entrepot.analyses.search import How, Kind


class Hit(BaseModel):
    """An economy, a group or a product that fits what was typed."""

    kind: Kind
    code: str
    name: str
    name_en: str
    name_zh: str
    level: int | None = Field(description="of a product: 4 or 6 digits, 0 the total")
    how: How = Field(description="what fitted")
    matched: str = Field(description="the code, name, synonym or pinyin that fitted")
    score: float = Field(description="0 … 100, by which the hits are ordered")


class Found(BaseModel):
    """What fits, best first."""

    query: str
    results: list[Hit]


class Members(BaseModel):
    """Economies that one word of `among` stands for."""

    id: str
    name: str
    members: list[str]


class Region(Members):
    """A region or subregion of the United Nations' M49."""

    kind: Literal["region", "subregion"]


class InForce(Members):
    """An agreement in force."""

    since: str


class Candidates(BaseModel):
    """What `among` may name, with today's members."""

    regions: list[Region]
    incomes: list[Members]
    blocs: list[Members]
    agreements: list[InForce]
