"""The address of the way by sea from one port to another."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from entrepot.analyses.vocabulary import CLOSED, PORT
from entrepot.api import models
from entrepot.api.desk import Desk
from entrepot.api.queries import LONGEST_VALUE, Absent, Lang


class RouteQuery(Lang):
    """From where to where, and what is closed."""

    start: Annotated[str, Field(description=PORT.en, min_length=1, max_length=LONGEST_VALUE, examples=["CNSHA"])]
    end: Annotated[str, Field(description=PORT.en, min_length=1, max_length=LONGEST_VALUE, examples=["NLRTM"])]
    without: Annotated[
        str | Absent, Field(description=CLOSED.en, min_length=1, max_length=LONGEST_VALUE, examples=["suez"])
    ] = None


def route_routes(desk: Desk, documented: Callable[[type], dict[str, Any]]) -> APIRouter:
    """The route below the base.

    Parameters
    ----------
    documented : what a route must be told of the shape of its answer.
    """
    router = APIRouter(tags=["questions"])

    @router.get("/route", operation_id="route", **documented(models.Result))
    async def route(request: Request, query: Annotated[RouteQuery, Query()]) -> Response:
        """The way by sea from one port to another, stage by stage, with its length and passages."""
        return await desk.give(request, "route", query, lambda w, q: w.route(**q))

    return router
