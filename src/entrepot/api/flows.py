"""Pages of built cells: column by column, since a page has many rows."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from entrepot.api.desk import Desk
from entrepot.api.models import Column, Parameter, Provenance
from entrepot.api.queries import FlowsPageQuery
from entrepot.core.missing import Reason

Documented = Callable[[type], dict[str, Any]]


class FlowsPage(BaseModel):
    """Rows of built cells, the largest flows first, and what one must know to read, check and cite them."""

    total: int = Field(description="how many rows there are in all")
    offset: int = Field(description="how many come before these")
    columns: list[Column]
    values: dict[str, list[float | str | None]] = Field(description="column → its value in each row")
    missing: dict[str, dict[Reason, list[int]]] = Field(
        description="column → why it is null → in which of these rows, counted from 0"
    )
    parameters: dict[str, Parameter]
    notes: list[str]
    provenance: list[Provenance]
    citation: str


def flows_routes(desk: Desk, documented: Documented) -> APIRouter:
    """The route below the base.

    Parameters
    ----------
    documented : what a route must be told of the shape of its answer.
    """
    router = APIRouter(tags=["questions"])

    @router.get("/flows", operation_id="flows", **documented(FlowsPage))
    async def flows(request: Request, query: Annotated[FlowsPageQuery, Query()]) -> Response:
        """Every parameter of the flows of a product or of a pair of economies, read from what `entrepot build` left."""
        return await desk.give(request, "flows", query, lambda w, q: w.flows(**q))

    return router
