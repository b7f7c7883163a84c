"""Answers as files: the same questions and options as the REST interface, in the formats of the command line."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from entrepot.analyses.overview import Overview
from entrepot.api.desk import Ask, Desk
from entrepot.api.models import ErrorAnswer
from entrepot.api.overviews import EconomyQuery, ProductQuery
from entrepot.api.queries import (
    Absent,
    AvailabilityQuery,
    CompareQuery,
    CompetitorsQuery,
    FlowsQuery,
    HistoryQuery,
    MarketsQuery,
    PrioritiesQuery,
    ProductsQuery,
)
from entrepot.report import save, save_overview

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
PART = Annotated[
    str | Absent, Field(description="the one table to write; csv and parquet hold no more", examples=["sells"])
]


class EconomyPart(EconomyQuery):
    """An economy at a glance, or one table of it."""

    part: PART = None


class ProductPart(ProductQuery):
    """A product at a glance, or one table of it."""

    part: PART = None


QUESTIONS: dict[str, tuple[type[BaseModel], bool]] = {
    "markets": (MarketsQuery, False),
    "products": (ProductsQuery, True),
    "priorities": (PrioritiesQuery, True),
    "history": (HistoryQuery, False),
    "competitors": (CompetitorsQuery, False),
    "flows": (FlowsQuery, False),
    "availability": (AvailabilityQuery, False),
    "compare": (CompareQuery, False),
    "economy": (EconomyPart, False),
    "product": (ProductPart, False),
}
"""Questions whose answers can be taken away, how each is asked, and whether it compares all products."""

Format = Literal["csv", "xlsx", "parquet"]
NAMED = ("exporter", "economy", "reporter", "product", "market", "years")  # stand in the name of a file


def download_routes(desk: Desk) -> APIRouter:
    """The routes below the base: /files/<question>?format=csv|xlsx|parquet and the options of the question."""
    router = APIRouter(prefix="/files", tags=["files"])
    for question, (model, slow) in QUESTIONS.items():
        router.add_api_route(
            f"/{question}",
            _route(desk, question, model, slow),
            operation_id=f"{question}_file",
            summary=f"The answer of /{question} as a file",
            response_class=Response,
            responses={
                200: {"content": {media: {} for media in MEDIA.values()}, "description": "The file"},
                422: {"model": ErrorAnswer, "description": "The question cannot be answered as it was put"},
            },
        )
    return router


def _route(desk: Desk, question: str, model: type[BaseModel], slow: bool) -> Callable[..., Any]:
    form = Field(description="xlsx: formatted, with sources, notes and, where a score is given, its live formula")
    asked: Any = create_model(f"{question.title()}File", __base__=model, format=(Annotated[Format, form], "xlsx"))

    async def file(request: Request, query: Annotated[asked, Query()]) -> Response:
        said: dict[str, Any] = query.model_dump(exclude_none=True)
        suffix = said["format"]
        sent = {"Content-Disposition": f'attachment; filename="{file_name(question, said)}.{suffix}"'}
        ask = _made(question, suffix)
        return await desk.give(request, f"files/{question}", query, ask, slow=slow, media=MEDIA[suffix], headers=sent)

    file.__doc__ = f"The answer of /{question} as a file: .xlsx, .csv or .parquet."
    return file


def _made(question: str, suffix: str) -> Ask:
    """Ask the workbench and give the bytes of the file."""

    def made(workbench: "Workbench", query: dict[str, Any]) -> bytes:
        part = query.get("part")
        options = {name: value for name, value in query.items() if name not in {"format", "part"}}
        answer = getattr(workbench, question)(**options)
        if part is not None:
            answer = answer[part]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{question}.{suffix}"
            return (save_overview if isinstance(answer, Overview) else save)(answer, path).read_bytes()

    return made


def file_name(question: str, query: dict[str, Any]) -> str:
    """What the file is called: the question and what it was asked about, in signs that every system takes.

    Examples
    --------
    >>> file_name("markets", {"exporter": "CHL", "product": "2603,2604"})
    'markets-CHL-2603-2604'
    >>> file_name("products", {"exporter": "CHL", "market": "../中国"})
    'products-CHL'
    """
    parts = [question, *(str(query.get(name, "")) for name in NAMED)]
    return re.sub("[^A-Za-z0-9]+", "-", "-".join(parts)).strip("-")[:80]
