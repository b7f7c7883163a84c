"""The addresses around the market finder: who competes, what is known, markets side by side, search, candidates."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from entrepot.api import models
from entrepot.api.desk import Desk
from entrepot.api.finder_shapes import Candidates, Found
from entrepot.api.queries import AvailabilityQuery, CompareQuery, CompetitorsQuery, Lang, SearchQuery

Documented = Callable[[type], dict[str, Any]]


def around_markets(desk: Desk, documented: Documented) -> APIRouter:
    """The routes below the base.

    Parameters
    ----------
    documented : what a route must be told of the shape of its answer.
    """
    router = APIRouter(tags=["questions"])

    @router.get("/competitors", operation_id="competitors", **documented(models.Result))
    async def competitors(request: Request, query: Annotated[CompetitorsQuery, Query()]) -> Response:
        """Every exporter of a product in a market: value, share, gravity share, gap, unit value, growth."""
        return await desk.give(request, "competitors", query, lambda w, q: w.competitors(**q))

    @router.get("/compare", operation_id="compare", **documented(models.Result))
    async def compare(request: Request, query: Annotated[CompareQuery, Query()]) -> Response:
        """Two to four markets side by side: one row for each parameter, with differences and parts of the score."""
        return await desk.give(request, "compare", query, lambda w, q: w.compare(**q))

    @router.get("/availability", operation_id="availability", **documented(models.Result))
    async def availability(request: Request, query: Annotated[AvailabilityQuery, Query()]) -> Response:
        """Which parameter is known for which market, of which year and source."""
        return await desk.give(request, "availability", query, lambda w, q: w.availability(**q))

    @router.get("/search", operation_id="search", **documented(Found))
    async def search(request: Request, query: Annotated[SearchQuery, Query()]) -> Response:
        """Economies, groups and products by code, name, synonym, pinyin or nearly so."""
        return await desk.give(request, "search", query, lambda w, q: w.search(**q))

    @router.get("/lists/candidates", operation_id="candidates", tags=["lists"], **documented(Candidates))
    async def candidates(request: Request, query: Annotated[Lang, Query()]) -> Response:
        """What `among` may name: regions, income groups, blocs, agreements in force, with their members."""
        return await desk.give(request, "candidates", query, lambda w, q: w.choices(**q))

    return router
