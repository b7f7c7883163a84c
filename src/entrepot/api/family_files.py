"""Answers about trade power and intra-industry trade as files, and the tables for publication."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from entrepot.analyses.family_vocabulary import QUESTIONS
from entrepot.api.desk import Ask, Desk
from entrepot.api.downloads import MEDIA, Format, file_name
from entrepot.api.families import MOST_ROWS, IitTablesQuery, question_query, too_many
from entrepot.api.models import ErrorAnswer
from entrepot.report import save
from entrepot.report.publication import publish
from entrepot.report.publication.intraindustry import intraindustry_tables

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

PUBLISHED = {
    "xlsx": MEDIA["xlsx"],
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "tex": "application/x-tex",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
Published = Literal["xlsx", "docx", "tex", "html", "txt"]


def family_file_routes(desk: Desk) -> APIRouter:
    """The routes below the base: /files/power, /files/power/change …, and /files/iit/tables."""
    router = APIRouter(prefix="/files", tags=["files"])
    for name, question in QUESTIONS.items():
        model = _asked(
            question_query(name, question, chart=False), Format, "xlsx has sources and notes on further sheets"
        )
        _add(router, desk, name, model, MEDIA, partial(_answer, question.asks))
    _add(
        router,
        desk,
        "iit-tables",
        _asked(IitTablesQuery, Published, "as it goes into a paper"),
        PUBLISHED,
        _publication,
    )
    return router


def _asked(model: type[BaseModel], formats: Any, said: str) -> Any:
    return create_model(
        model.__name__.removesuffix("Query") + "File",
        __base__=model,
        format=(Annotated[formats, Field(description=said)], "xlsx"),
    )


def _add(
    router: APIRouter, desk: Desk, name: str, model: Any, media: dict[str, str], made: Callable[[str], Ask]
) -> None:
    address = name.replace("-", "/")

    async def file(request: Request, query: Any) -> Response:
        said: dict[str, Any] = query.model_dump(exclude_none=True)
        suffix = said["format"]
        sent = {"Content-Disposition": f'attachment; filename="{file_name(name, said)}.{suffix}"'}
        return await desk.give(
            request, f"files/{name}", query, made(suffix), slow=True, media=media[suffix], headers=sent
        )

    # FastAPI reads what an address accepts from the annotation.
    file.__annotations__["query"] = Annotated[model, Query()]
    router.add_api_route(
        f"/{address}",
        file,
        operation_id=f"{name.replace('-', '_')}_file",
        summary=f"The answer of /{address} as a file",
        response_class=Response,
        responses={
            200: {"content": {one: {} for one in media.values()}, "description": "The file"},
            422: {"model": ErrorAnswer, "description": "The question cannot be answered as it was put"},
        },
    )


def _answer(asks: str, suffix: str) -> Ask:
    def made(workbench: "Workbench", query: dict[str, Any]) -> bytes:
        answer = getattr(workbench, asks)(**_options(query))
        if answer.frame.height > MOST_ROWS:
            raise too_many(answer.frame.height)
        return _bytes(suffix, lambda path: save(answer, path))

    return made


def _publication(suffix: str) -> Ask:
    def made(workbench: "Workbench", query: dict[str, Any]) -> bytes:
        tables = intraindustry_tables(workbench.iit_tables(**_options(query)))
        return _bytes(suffix, lambda path: publish(tables, path, lang=query.get("lang", "en")))

    return made


def _options(query: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if name != "format"}


def _bytes(suffix: str, write: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answer.{suffix}"
        write(path)
        return path.read_bytes()
