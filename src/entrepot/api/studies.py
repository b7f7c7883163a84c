"""Finished studies: what there are, one of them with its tables and figures, its files. Results only, never a path."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from entrepot.api.desk import Desk
from entrepot.api.downloads import MEDIA, file_name
from entrepot.api.family_files import PUBLISHED
from entrepot.api.family_shapes import Chart, PublicationTable
from entrepot.api.models import ErrorAnswer
from entrepot.api.queries import Lang

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

Documented = Callable[[type], dict[str, Any]]
LONGEST = 40
Part = Literal["tables", "report", "coefficients", "instruments", "permutations", "sample", "traders"]
Format = Literal["xlsx", "docx", "tex", "html", "txt", "csv", "parquet"]
WRITTEN = {**PUBLISHED, **MEDIA}


class StudyTitle(BaseModel):
    """A finished study in the list."""

    name: str
    title: str
    finished: str | None = Field(description="day, as 2026-11-22")
    rows: int | None = Field(description="rows of the base sample")
    problem: str | None = Field(description="why the study cannot be read; then there is nothing else")


class Studies(BaseModel):
    """The finished studies, by name."""

    studies: list[StudyTitle]


class Figure(BaseModel):
    """A figure: as data, and drawn."""

    name: str
    title: str
    chart: Chart
    svg: str


class StudyFile(BaseModel):
    """A file that may be taken away."""

    part: Part
    format: Format
    bytes: int


class Study(BaseModel):
    """A finished study: what it rests on, its tables, figures and notes, its files."""

    name: str
    title: str
    about: str
    seed: int
    finished: str
    rows: int
    overview: list[PublicationTable] = Field(description="sample, variables, tests of instruments, permutation tests")
    notes: list[str]
    tables: list[PublicationTable]
    figures: list[Figure]
    files: list[StudyFile]
    source: str


class StudyFileQuery(Lang):
    """Which file of a study."""

    part: Annotated[Part, Field(description="tables and report as they were written, or the numbers of one kind")]
    format: Annotated[Format, Field(description="of those that the study wrote")]


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

    @router.get(
        "/files/studies/{name}",
        operation_id="study_file",
        response_class=Response,
        responses={
            200: {"content": {media: {} for media in WRITTEN.values()}, "description": "The file"},
            422: {"model": ErrorAnswer, "description": "The study has no such file"},
        },
    )
    async def file(
        request: Request, name: Annotated[str, named], query: Annotated[StudyFileQuery, Query()]
    ) -> Response:
        """A file of a finished study, as the study wrote it."""
        called = file_name(f"{name}-{query.part}", {})
        sent = {"Content-Disposition": f'attachment; filename="{called}.{query.format}"'}
        return await desk.give(
            request,
            f"files/studies {name}",
            query,
            lambda w, q: w.study_file(name, q["part"], q["format"]),
            media=WRITTEN[query.format],
            headers=sent,
            mark=state,
        )

    return router
