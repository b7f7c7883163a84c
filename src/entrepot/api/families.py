"""The addresses of trade power and intra-industry trade, made from the vocabulary that every surface shares."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from entrepot.analyses import iit_options, power_options
from entrepot.analyses.family_vocabulary import IIT, QUESTIONS, TABLES, FamilyQuestion, kind_of
from entrepot.analyses.result import Result
from entrepot.analyses.vocabulary import OPTIONS
from entrepot.api.desk import Ask, Desk
from entrepot.api.family_shapes import ANSWERS, PartnerLists, PublicationTables
from entrepot.api.queries import LONGEST_LIST, LONGEST_VALUE, Absent, DataQuery, Lang
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.report.chart import KINDS, chart_of
from entrepot.report.publication.intraindustry import intraindustry_tables

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

MOST_ROWS = 20_000  # of some sixty columns each
_CHOICES = {True: iit_options.CHOICES, False: power_options.CHOICES}
_LONG = {"partners", "products", "sigma_table"}
_EXAMPLES = {
    "economy": "CHN", "product": "2603", "years": "2000-2024", "reporter": "CHN", "partners": "developed,developing",
    "by": "section", "sigma_table": "2603=2.5,27=3",
}  # fmt: skip
_MORE_METHODS = ("compare",)  # answered by the comparison of all methods


def family_routes(desk: Desk, documented: Callable[[type], dict[str, Any]]) -> APIRouter:
    """One address per question, the tables for publication, and the lists of partners."""
    router = APIRouter(tags=["questions"])
    for name, question in QUESTIONS.items():
        path = "/" + name.replace("-", "/")
        add = router.get(
            path, operation_id=question.asks, summary=question.help.en, **documented(ANSWERS[question.asks])
        )
        add(_endpoint(desk, question.asks, question_query(name, question), _asks(question.asks)))
    tables = router.get(
        "/iit/tables",
        operation_id="iit_tables",
        summary="Tables 1–4 of the source of 2006 for any economy.",
        **documented(PublicationTables),
    )
    tables(_endpoint(desk, "iit_tables", IitTablesQuery, _tables))
    lists = router.get(
        "/lists/partners",
        operation_id="partner_lists",
        summary="The committed lists that may be named as partners.",
        **documented(PartnerLists),
    )
    lists(_endpoint(desk, "partner_lists", Lang, lambda bench, asked: {"partners": bench.partner_lists(**asked)}))
    return router


def _endpoint(desk: Desk, name: str, model: type[BaseModel], ask: Ask) -> Callable[..., Any]:
    async def endpoint(request: Request, query: Any) -> Response:
        return await desk.give(request, name, query, ask, slow=model is not Lang)

    # FastAPI reads what an address accepts from the annotation.
    endpoint.__annotations__["query"] = Annotated[model, Query()]
    return endpoint


def _asks(method: str) -> Ask:
    def ask(bench: "Workbench", asked: dict[str, Any]) -> Any:
        kind = asked.get("chart")
        result: Result = getattr(bench, method)(**{name: value for name, value in asked.items() if name != "chart"})
        if result.frame.height > MOST_ROWS:
            raise too_many(result.frame.height)
        if kind is None:
            return result
        return {**result.as_dict(), "chart": chart_of(result, kind).as_dict()}

    return ask


def _tables(bench: "Workbench", asked: dict[str, Any]) -> Any:
    lang = asked.get("lang", "en")
    answers = bench.iit_tables(**asked)
    first = answers[0].as_dict()
    about = {name: first[name] for name in ("parameters", "provenance", "citation")}
    return {"tables": [table.as_dict(lang) for table in intraindustry_tables(answers)], **about}


def question_query(name: str, question: FamilyQuestion, *, chart: bool = True) -> type[BaseModel]:
    """What the address accepts: the question's own vocabulary, without tables that only a file could hold.

    Parameters
    ----------
    chart : whether a chart may be asked for, too.
    """
    fields: dict[str, Any] = {}
    for option in (*question.arguments, *question.needed):
        fields[option] = (Annotated[str, _field(question, option)], ...)
    for option in question.options:
        if option not in {"data", "lang"} and (option not in TABLES or option == "sigma_table"):
            kind = kind_of(question, option)
            fields[option] = (Annotated[kind | Absent, _field(question, option)], None)
    if chart:
        listed: dict[str, Any] = {"enum": list(KINDS[question.asks])}
        drawn = Field(description="adds the chart of this kind as data", json_schema_extra=listed, max_length=20)
        fields["chart"] = (Annotated[str | Absent, drawn], None)
    made = create_model(f"{name.title().replace('-', '')}Query", __base__=DataQuery, **fields)
    made.__doc__ = question.help.en
    return made


def _field(question: FamilyQuestion, option: str) -> Any:
    said = (question.words[option] if option in question.words else OPTIONS[option]).en
    if kind_of(question, option) is not str:
        return Field(description=said)
    known = _CHOICES[question.words is IIT].get(option)
    words = [*known, *(_MORE_METHODS if (question.asks, option) == ("power", "method") else ())] if known else None
    listed: dict[str, Any] | None = {"enum": words} if words and None not in words else None
    longest = LONGEST_LIST if option in _LONG else LONGEST_VALUE
    examples = [_EXAMPLES[option]] if option in _EXAMPLES else None
    return Field(description=said, min_length=1, max_length=longest, examples=examples, json_schema_extra=listed)


class IitTablesQuery(DataQuery):
    """The tables for publication."""

    reporter: Annotated[
        str, Field(description=IIT["reporter"].en, min_length=1, max_length=LONGEST_VALUE, examples=["CHN"])
    ]
    partners: Annotated[str | Absent, Field(description=IIT["partners"].en, max_length=LONGEST_LIST)] = None
    by: Annotated[str | Absent, Field(description="classifications parted by commas, a table each", max_length=200)] = (
        None
    )
    years: Annotated[str | Absent, Field(description=IIT["years"].en, max_length=LONGEST_VALUE)] = None
    products: Annotated[str | Absent, Field(description=IIT["products"].en, max_length=LONGEST_LIST)] = None


def too_many(rows: int) -> InputError:
    """What is said of an answer with more rows than anybody reads."""
    return InputError(
        "too_many_rows",
        Text(
            f"The answer has {rows:,} rows; {MOST_ROWS:,} are the most here. Ask for fewer years or partners, or a coarser `by`.",
            f"答案有 {rows:,} 行，此处至多 {MOST_ROWS:,} 行。请减少年份或伙伴，或用更粗的 by。",
        ),
        field="years",
    )
