"""One shape for every error: ours, FastAPI's validation, unknown paths, a busy server, our own faults."""

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qs

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from entrepot.core.errors import EntrepotError, InputError, nearest_of
from entrepot.core.text import Language, Text


class BusyError(EntrepotError):
    """More questions are waiting than can be answered soon."""

    http_status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__(
            "busy",
            Text(
                "The server is answering as many questions as it can. Ask again in a moment.",
                "服务器正忙，请稍后再试。",
            ),
        )


OUR_FAULT = EntrepotError(
    "internal_error",
    Text(
        "Something went wrong in Entrepôt itself, not in your question. The server's log says more; please report it.",
        "这是 Entrepôt 自身的错误，与您的提问无关。服务器日志中有更多信息；请报告此问题。",
    ),
)


def language_of(scope: Scope) -> Language:
    """The language that the query asks for, whatever else is wrong with it."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])
    return "zh" if asked[-1] == "zh" else "en"


def error_response(
    error: EntrepotError, lang: Language, *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The error as an answer; it is never kept by a cache."""
    code = error.http_status if status is None else status
    waiting = {"Retry-After": "1"} if code == BusyError.http_status else {}
    content = orjson.dumps(error.as_dict(lang), default=str)
    kept = {"Cache-Control": "no-store", **waiting, **(headers or {})}
    return Response(content, code, headers=kept, media_type="application/json")


def install(app: FastAPI) -> None:
    """Let the app answer every failure in the one shape."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, EntrepotError)
        return error_response(error, language_of(request.scope))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return error_response(validation_error(error, _accepted(request)), language_of(request.scope))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        told = _of_status(request, error.status_code, _addresses(app))
        return error_response(told, language_of(request.scope), status=error.status_code, headers=error.headers)

    app.add_exception_handler(EntrepotError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def validation_error(error: RequestValidationError, accepted: list[str]) -> InputError:
    """The first thing wrong with a query, in our words. What is unknown comes first: it explains what is missing."""
    found = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    # ("query", name), or ("query", name, kind) where a value may be of several kinds.
    field = str(found["loc"][1])
    given = found.get("input")
    shown = repr(given) if len(repr(given)) <= 60 else repr(given)[:60] + "…"
    if found["type"] == "extra_forbidden":
        listed = ", ".join(accepted)
        return InputError(
            "unknown_parameter",
            Text(
                f"There is no parameter {field!r} here. Valid: {listed}.", f"此处没有参数 {field!r}。可用：{listed}。"
            ),
            field=field,
            valid=accepted,
            nearest=nearest_of(field, accepted),
        )
    if found["type"] == "missing":
        return InputError(
            "missing_parameter",
            Text(f"The parameter {field!r} is needed and was not given.", f"缺少必需的参数 {field!r}。"),
            field=field,
        )
    return InputError(f"bad_{field}", _what_is_wrong(field, shown, found), field=field)


def _what_is_wrong(field: str, shown: str, found: Mapping[str, Any]) -> Text:
    limits = found.get("ctx", {})
    match found["type"]:
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return Text(f"{field} is {shown}; it must be a whole number.", f"{field} 为 {shown}；须为整数。")
        case "string_too_long":
            most = limits.get("max_length")
            return Text(f"{field} is longer than {most} characters.", f"{field} 超过 {most} 个字符。")
        case "string_too_short":
            return Text(f"{field} is empty. Give a value or leave it out.", f"{field} 为空。请填写取值，或省去该参数。")
        case "greater_than_equal":
            return Text(f"{field} is {shown}; at least {limits['ge']}.", f"{field} 为 {shown}；至少为 {limits['ge']}。")
        case "less_than_equal":
            return Text(f"{field} is {shown}; at most {limits['le']}.", f"{field} 为 {shown}；至多为 {limits['le']}。")
    return Text(f"{field} is {shown}, which is not valid: {found['msg']}.", f"{field} 的取值 {shown} 无效。")


def _accepted(request: Request) -> list[str]:
    """The parameters of the address that was asked, as FastAPI knows them."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return []
    models = [field.field_info.annotation for field in route.dependant.query_params]
    return [name for model in models if model is not None for name in getattr(model, "model_fields", {})]


def _addresses(app: FastAPI) -> list[str]:
    return list(app.openapi()["paths"])


def _of_status(request: Request, status: int, addresses: list[str]) -> EntrepotError:
    path = request.url.path
    if status == 405:
        return InputError(
            "method_not_allowed",
            Text(f"{request.method} is not possible here: everything is asked with GET.", "此处只支持 GET 请求。"),
            valid=["GET"],
            nearest="GET",
        )
    if status == 404:
        return InputError(
            "unknown_path",
            Text(f"There is nothing at {path[:100]}.", f"没有地址 {path[:100]}。"),
            valid=addresses,
            nearest=nearest_of(path, addresses),
        )
    return InputError(f"http_{status}", Text(f"The request was refused ({status}).", f"请求被拒绝（{status}）。"))
