"""`entrepot economy` and `entrepot product`: several small tables about one economy or one product."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entrepot.cli.bench import opened
from entrepot.cli.output import Output, deliver
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from entrepot.analyses.overview import Overview

_HELP = {
    "economy": Text(
        "What an economy sells and buys, to whom, how concentrated, and its potential.",
        "某经济体概览：出口与进口什么、与谁贸易、集中度和潜力。",
    ),
    "product": Text(
        "Who sells and who buys a product, at what prices, how concentrated.",
        "某产品概览：由谁出口、由谁进口、单价和集中度。",
    ),
}
_ECONOMY = Text(
    "ISO3 code, name in English or Chinese, or a group such as EU27", "ISO3代码、中英文名称，或 EU27 等集团"
)
_PRODUCT = Text("HS4 or HS6 code, words of its name, or TOTAL", "HS4或HS6编码、产品名称，或 TOTAL（合计）")
_TOP = Text("rows of each table (default 10)", "每张表的行数（缺省10）")
_PART = Text(
    "only this table: years, sells, buys, markets, suppliers, potential, flows; needed for --csv",
    "只取一张表：years、sells、buys、markets、suppliers、potential、flows；--csv 需要指定",
)


def register(app: typer.Typer, lang: Language) -> None:
    """Add the two commands."""
    from entrepot.analyses.vocabulary import OPTIONS

    def option(flag: str, text: Text) -> Any:
        return typer.Option(flag, help=text.say(lang), show_default=False)

    year, data, window = (option(f"--{name}", OPTIONS[name]) for name in ("year", "data", "window"))
    level, top, part = option("--level", OPTIONS["level"]), option("--top", _TOP), option("--part", _PART)
    as_json = option("--json", Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同"))
    as_csv = option("--csv", Text("print the part as CSV", "以 CSV 输出所选的表"))
    out = option(
        "--out",
        Text(
            "save as .xlsx or .json; a part also as .csv .parquet .dta .svg",
            "另存为 .xlsx 或 .json；单表亦可 .csv .parquet .dta .svg",
        ),
    )
    force = option("--force", Text("replace the file if it is there", "文件已存在时覆盖"))
    spoken = option("--lang", OPTIONS["lang"])

    @app.command("economy", help=_HELP["economy"].say(lang))
    def economy(
        economy: Annotated[str, typer.Argument(help=_ECONOMY.say(lang), metavar="ECONOMY")],
        year: Annotated[int | None, year] = None,
        data: Annotated[str | None, data] = None,
        level: Annotated[int | None, level] = None,
        top: Annotated[int | None, top] = None,
        window: Annotated[int | None, window] = None,
        part: Annotated[str | None, part] = None,
        json: Annotated[bool, as_json] = False,
        csv: Annotated[bool, as_csv] = False,
        out: Annotated[str | None, out] = None,
        force: Annotated[bool, force] = False,
        lang: Annotated[str, spoken] = lang,
    ) -> None:
        output = Output(columns=None, rows=None, all=True, csv=csv, json=json, out=out, force=force)
        _answer("economy", economy, part, output, year=year, data=data, level=level, top=top, window=window, lang=lang)

    @app.command("product", help=_HELP["product"].say(lang))
    def product(
        product: Annotated[str, typer.Argument(help=_PRODUCT.say(lang), metavar="PRODUCT")],
        year: Annotated[int | None, year] = None,
        data: Annotated[str | None, data] = None,
        top: Annotated[int | None, top] = None,
        window: Annotated[int | None, window] = None,
        part: Annotated[str | None, part] = None,
        json: Annotated[bool, as_json] = False,
        csv: Annotated[bool, as_csv] = False,
        out: Annotated[str | None, out] = None,
        force: Annotated[bool, force] = False,
        lang: Annotated[str, spoken] = lang,
    ) -> None:
        output = Output(columns=None, rows=None, all=True, csv=csv, json=json, out=out, force=force)
        _answer("product", product, part, output, year=year, data=data, top=top, window=window, lang=lang)


def _answer(question: str, subject: str, part: str | None, output: Output, *, lang: str, **options: Any) -> None:
    """Ask the workbench and hand over the overview, or the one part of it."""
    from entrepot.report import check_overview_target

    check_choice("lang", lang, LANGUAGES)
    if part is None and output.csv:
        raise InputError(
            "one_table",
            Text("--csv prints one table: name it with --part.", "--csv 只输出一张表：请用 --part 指定。"),
            field="part",
        )
    if part is None and output.out is not None:
        check_overview_target(Path(output.out), force=output.force)
    else:
        output.check()
    overview = getattr(opened("zh" if lang == "zh" else "en"), question)(subject, lang=lang, **options)
    if part is not None:
        deliver(overview[part], output)
    else:
        _deliver_whole(overview, output)


def _deliver_whole(overview: "Overview", output: Output) -> None:
    if output.out is not None:
        from entrepot.report import save_overview

        path = save_overview(overview, Path(output.out), force=output.force)
        sys.stderr.write(Text(f"Saved: {path}", f"已保存：{path}").say(overview.lang) + "\n")
    if output.json:
        sys.stdout.flush()
        sys.stdout.buffer.write(overview.to_json() + b"\n")
    elif output.out is None:
        _show(overview)


def _show(overview: "Overview") -> None:
    """Every part as a table, then the notes that they share."""
    from entrepot.cli.table import printer, show, told_after

    for name, part in overview.parts.items():
        # Of the years, the latest say most.
        recent = part.frame.height - SHOWN_YEARS if name == "years" else 0
        show(_last(part, recent) if recent > 0 else part, after=False)
        sys.stdout.write("\n")
    told_after(overview, printer())


SHOWN_YEARS = 10


def _last(part: Any, first: int) -> Any:
    from dataclasses import replace

    return replace(part, frame=part.frame.slice(first), missing=part.missing[first:])
