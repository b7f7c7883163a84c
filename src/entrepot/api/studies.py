"""Finished studies: what there are, and one of them with its tables and figures. Results only, never a path."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from entrepot.api.desk import Desk
from entrepot.api.family_shapes import Chart, PublicationTable
from entrepot.api.queries import Lang

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

Documented = Callable[[type], dict[str, Any]]
LONGEST = 40


class StudyTitle(BaseModel):
    """A finished study in the list."""

    name: str
    title: str


class Studies(BaseModel):
    """The finished studies, by name."""

    studies: list[StudyTitle]


class Figure(BaseModel):
    """A figure: as data, and drawn."""

    name: str
    title: str
    chart: Chart
    svg: str


class Study(BaseModel):
    """A finished study: its tables, figures and notes."""

    name: str
    title: str
    about: str
    seed: int
    notes: list[str]
    tables: list[PublicationTable]
    figures: list[Figure]
    source: str


def study_routes(desk: Desk, documented: Documented) -> APIRouter:
    """The routes below the base.

    Parameters
    ----------
    documented : what a route must be told of the shape of its answer.
    """
    router = APIRouter(tags=["studies"])

    def state(workbench: "Workbench") -> str:
        # Studies are no part of the store's version, so they have a mark of their own in the tag.
        return workbench.store.studies.state()

    @router.get("/studies", operation_id="studies", **documented(Studies))
    async def studies(request: Request, query: Annotated[Lang, Query()]) -> Response:
        """The studies that were run with a name on this machine."""
        return await desk.give(request, "studies", query, lambda w, q: {"studies": w.studies(**q)}, mark=state)

    named = Path(description="name of a finished study", min_length=1, max_length=LONGEST, examples=["main"])

    @router.get("/studies/{name}", operation_id="study", **documented(Study))
    async def study(request: Request, name: Annotated[str, named], query: Annotated[Lang, Query()]) -> Response:
        """A finished study: every table and figure, as `entrepot study run --name` left it."""
        return await desk.give(request, f"study {name}", query, lambda w, q: w.study(name, **q), mark=state)

    return router
