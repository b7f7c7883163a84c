"""The overviews of an economy and of a product, and the market brief."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from entrepot.analyses.columns import column
from entrepot.analyses.economy import POTENTIAL
from entrepot.analyses.overview import KEYS
from entrepot.api.desk import Desk
from entrepot.api.models import Column, Parameter, Provenance
from entrepot.api.queries import Absent, DataQuery, MarketsQuery
from entrepot.core.missing import Reason
from entrepot.formulas.overview import REGISTRY

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

Documented = Callable[[type], dict[str, Any]]
LONGEST = 200


class OverviewQuery(DataQuery):
    """What both overviews accept."""

    year: Annotated[int | Absent, Field(description="analysis year; the latest one if not given", examples=[2024])] = (
        None
    )
    top: Annotated[int | Absent, Field(description="rows of each table (default 10)", ge=1, le=1000, examples=[5])] = (
        None
    )
    window: Annotated[
        int | Absent, Field(description="years over which growth is measured", json_schema_extra={"enum": [3, 5, 10]})
    ] = None


class EconomyQuery(OverviewQuery):
    """An economy at a glance."""

    economy: Annotated[
        str, Field(description="ISO3 code, name or group", min_length=1, max_length=LONGEST, examples=["CHL", "EU27"])
    ]
    level: Annotated[int | Absent, Field(description="HS digits of the products: 4 or 6", examples=[4, 6])] = None


class ProductQuery(OverviewQuery):
    """A product at a glance."""

    product: Annotated[
        str, Field(description="HS code, words or TOTAL", min_length=1, max_length=LONGEST, examples=["2603", "TOTAL"])
    ]


class BriefQuery(MarketsQuery):
    """A market brief: the options of the market finder, and the market."""

    market: Annotated[
        str,
        Field(
            description="1 to 3 markets parted by commas", min_length=1, max_length=LONGEST, examples=["CHN", "CHN,JPN"]
        ),
    ]


class Subject(BaseModel):
    """What an overview is about."""

    code: str
    name: str
    name_en: str
    name_zh: str


def _row() -> type[BaseModel]:
    """A row of any part has the columns that the part lists."""
    kinds: dict[str, Any] = {"code": str | None, "text": str | None}
    about = {name: (entry.unit, entry.meaning) for name, entry in REGISTRY.entries.items()}
    about |= {name: (column(name).unit, column(name).meaning) for name in POTENTIAL if name not in about}
    about |= {name: (one.unit, one.meaning) for name, one in KEYS.items()}
    fields: dict[str, Any] = {
        name: (kinds.get(unit, float | None), Field(default=None, description=f"{meaning.en} [{unit}]"))
        for name, (unit, meaning) in about.items()
    }
    fields["missing"] = (dict[str, Reason], Field(default={}, description="why each null of the row is null"))
    made: type[BaseModel] = create_model("OverviewRow", __config__=ConfigDict(extra="forbid"), **fields)
    made.__doc__ = "One year, product, partner or pair."
    return made


OverviewRow = _row()


class Part(BaseModel):
    """One table of an overview."""

    title: str
    columns: list[Column]
    rows: list[OverviewRow]  # type: ignore[valid-type]


class EconomyParts(BaseModel):
    """The tables about an economy."""

    years: Part
    sells: Part
    buys: Part
    markets: Part
    suppliers: Part
    potential: Part


class ProductParts(BaseModel):
    """The tables about a product."""

    years: Part
    sells: Part
    buys: Part
    flows: Part


class _Overview(BaseModel):
    subject: Subject
    parameters: dict[str, Parameter]
    notes: list[str]
    provenance: list[Provenance]
    citation: str


class EconomyOverview(_Overview):
    """What an economy sells and buys, to whom, how concentrated, and its potential."""

    parts: EconomyParts


class ProductOverview(_Overview):
    """Who sells and who buys a product, at what prices, how concentrated."""

    parts: ProductParts


def overview_routes(desk: Desk, documented: Documented) -> APIRouter:
    """The routes below the base.

    Parameters
    ----------
    documented : what a route must be told of the shape of its answer.
    """
    router = APIRouter(tags=["overviews"])

    @router.get("/economy", operation_id="economy", **documented(EconomyOverview))
    async def economy(request: Request, query: Annotated[EconomyQuery, Query()]) -> Response:
        """What an economy sells and buys, to and from whom, year by year, how concentrated; where it could sell more."""
        return await desk.give(request, "economy", query, lambda w, q: w.economy(**q))

    @router.get("/product", operation_id="product", **documented(ProductOverview))
    async def product(request: Request, query: Annotated[ProductQuery, Query()]) -> Response:
        """Who sells and who buys a product, world trade and unit values by year, how concentrated both sides are."""
        return await desk.give(request, "product", query, lambda w, q: w.product(**q))

    @router.get("/brief", operation_id="brief", **_page(documented))
    async def brief(request: Request, query: Annotated[BriefQuery, Query()]) -> Response:
        """A market brief for one to three markets as a page of HTML, made for printing."""
        from entrepot.report.brief import POLICY, brief_html

        today, home = datetime.now(UTC).date(), str(request.base_url)

        def written(workbench: "Workbench", asked: dict[str, Any]) -> bytes:
            link = f"{home}?{urlencode(_for_the_app(asked), safe=',')}"
            return brief_html(workbench.brief(**asked), on=today, link=link).encode()

        # The page tells the day and the address, so they belong to its tag.
        question = f"brief {today} {home}"
        headers = {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'"}
        return await desk.give(request, question, query, written, media="text/html", headers=headers)

    return router


def _for_the_app(asked: dict[str, Any]) -> dict[str, Any]:
    """The same question in the address of the browser app, which shows one market at a time."""
    market = str(asked["market"]).partition(",")[0]
    return {**{name: value for name, value in asked.items() if name != "lang"}, "market": market, "lang": asked["lang"]}


def _page(documented: Documented) -> dict[str, Any]:
    told = documented(BaseModel)
    told["responses"][200] = {"description": "The brief", "content": {"text/html": {"schema": {"type": "string"}}}}
    return told
