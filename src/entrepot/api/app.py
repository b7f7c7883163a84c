"""The app: addresses, the desk behind them, the guard before them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from entrepot.api import models
from entrepot.api.coverage_shape import Coverage
from entrepot.api.desk import MOST_WAITING, WORKERS, Ask, Desk, program_version
from entrepot.api.downloads import download_routes
from entrepot.api.errors import install
from entrepot.api.examples import ERROR, RESULT
from entrepot.api.families import family_routes
from entrepot.api.family_files import family_file_routes
from entrepot.api.finder import around_markets
from entrepot.api.flows import flows_routes
from entrepot.api.guard import Guard
from entrepot.api.overviews import overview_routes
from entrepot.api.queries import (
    DataQuery,
    HistoryQuery,
    IndicatorsQuery,
    Lang,
    MarketsQuery,
    PrioritiesQuery,
    ProductsQuery,
)
from entrepot.api.route import route_routes
from entrepot.api.studies import study_routes

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

BASE = "/api/v1"
DESCRIPTION = (
    "Where could we sell more of what? The questions of the open workbench for world trade, over HTTP. Read-only; every "
    "address is asked with GET and answers in English or Chinese (`lang`). Shares, growth and tariffs are fractions; money "
    "is in US dollars, quantity in metric tons."
)


def create_app(
    workbench_factory: Callable[[], "Workbench"],
    *,
    pages: ASGIApp | None = None,
    hosts: Iterable[str] = (),
    addresses_too: bool = False,
    workers: int = WORKERS,
    waiting: int = MOST_WAITING,
) -> FastAPI:
    """The REST interface as an ASGI app.

    Parameters
    ----------
    workbench_factory : opens the workbench; called when the first question comes.
    pages : serves whatever does not lie under /api: the browser app.
    hosts, addresses_too : under which names the server may be addressed, see `Guard`.
    workers, waiting : how many questions are computed at a time, and how many more may wait, see `Desk`.

    Examples
    --------
    >>> app = create_app(lambda: None)
    >>> sorted(app.openapi()["paths"])[0]
    '/api/v1/history'
    """
    app = _Described(
        title="Entrepôt",
        version=program_version(),
        description=DESCRIPTION,
        openapi_url=f"{BASE}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    desk = Desk(workbench_factory, workers=workers, waiting=waiting)
    app.include_router(_questions(desk), prefix=BASE)
    app.include_router(family_routes(desk, _documented), prefix=BASE)
    app.include_router(around_markets(desk, _documented), prefix=BASE)
    app.include_router(flows_routes(desk, _documented), prefix=BASE)
    app.include_router(overview_routes(desk, _documented), prefix=BASE)
    app.include_router(download_routes(desk), prefix=BASE)
    app.include_router(family_file_routes(desk), prefix=BASE)
    app.include_router(study_routes(desk, _documented), prefix=BASE)
    app.include_router(route_routes(desk, _documented), prefix=BASE)
    app.include_router(_lists(desk), prefix=f"{BASE}/lists")
    install(app)
    app.router.default = _elsewhere(pages)
    app.add_middleware(Guard, hosts=tuple(hosts), addresses_too=addresses_too)
    return app


class _Described(FastAPI):
    """FastAPI leaves nulls out of its document; in an example of an answer they are what matters."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        good = document["paths"][f"{BASE}/markets"]["get"]["responses"]["200"]
        good["content"]["application/json"]["example"] = RESULT
        return document


def _documented(model: type) -> dict[str, Any]:
    """What `APIRouter.get` must be told, given that the answers are written by ourselves."""
    bad = {"model": models.ErrorAnswer, "description": "The question cannot be answered as it was put"}
    return {
        "response_model": None,
        "responses": {
            200: {"model": model, "description": "The answer"},
            304: {"description": "The reader has this answer already (If-None-Match)"},
            422: bad | {"content": {"application/json": {"example": ERROR}}},
            503: {"model": models.ErrorAnswer, "description": "Too many questions at once"},
        },
    }


def _questions(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["questions"])

    @router.get("/markets", operation_id="markets", **_documented(models.Result))
    async def markets(request: Request, query: Annotated[MarketsQuery, Query()]) -> Response:
        """Every market of the world for an exporter's product, ranked."""
        return await desk.give(request, "markets", query, _ask("markets"))

    @router.get("/products", operation_id="products", **_documented(models.Result))
    async def products(request: Request, query: Annotated[ProductsQuery, Query()]) -> Response:
        """Every product that the exporter sells to anyone and the market buys from anyone, ranked."""
        return await desk.give(request, "products", query, _ask("products"), slow=True)

    @router.get("/priorities", operation_id="priorities", **_documented(models.Result))
    async def priorities(request: Request, query: Annotated[PrioritiesQuery, Query()]) -> Response:
        """The best pairs of product and market of an exporter."""
        return await desk.give(request, "priorities", query, _ask("priorities"), slow=True)

    @router.get("/coverage", operation_id="coverage", tags=["lists"], **_documented(Coverage))
    async def coverage(request: Request, query: Annotated[Lang, Query()]) -> Response:
        """What the store covers: years, economies and sources by data set and table, in the order of precedence."""
        return await desk.give(request, "coverage", query, _ask("coverage"), slow=True)

    @router.get("/history", operation_id="history", **_documented(models.Result))
    async def history(request: Request, query: Annotated[HistoryQuery, Query()]) -> Response:
        """One flow year by year: value, quantity, unit value, share in the market, size of the market."""
        return await desk.give(request, "history", query, _ask("history"))

    return router


def _lists(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["lists"])

    @router.get("/economies", operation_id="economies", **_documented(models.Economies))
    async def economies(request: Request, query: Annotated[Lang, Query()]) -> Response:
        """Economies and groups that may be typed."""
        return await desk.give(request, "economies", query, lambda w, q: {"economies": w.economies(**q)})

    @router.get("/products", operation_id="products_list", **_documented(models.Products))
    async def products(request: Request, query: Annotated[DataQuery, Query()]) -> Response:
        """The products of a data set."""
        return await desk.give(request, "products_list", query, lambda w, q: {"products": w.product_list(**q)})

    @router.get("/datasets", operation_id="datasets", **_documented(models.Datasets))
    async def datasets(request: Request, query: Annotated[Lang, Query()]) -> Response:
        """The data sets of the store, and which is used where none is named."""
        return await desk.give(request, "datasets", query, _ask("datasets"))

    @router.get("/indicators", operation_id="indicators", **_documented(models.Indicators))
    async def indicators(request: Request, query: Annotated[IndicatorsQuery, Query()]) -> Response:
        """How every column is computed, and the presets of weights."""
        return await desk.give(request, "indicators", query, _ask("indicators"))

    return router


def _ask(question: str) -> Ask:
    """Ask the workbench's method of that name."""
    return lambda workbench, query: getattr(workbench, question)(**query)


def _elsewhere(pages: ASGIApp | None) -> ASGIApp:
    """What answers where no address fits: the browser app, or "there is nothing here" under /api."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        api = scope["path"] == "/api" or scope["path"].startswith("/api/")
        if scope["type"] != "http" or api or pages is None:
            raise HTTPException(404)
        await pages(scope, receive, send)

    return app
