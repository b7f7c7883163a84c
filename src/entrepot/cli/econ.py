"""`entrepot econ series|panel FILE`: econometrics on any saved answer or table."""

import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from entrepot.report.publication import PublicationTable

WORDS = {
    "file": Text("table: .csv .parquet .json .dta .xlsx", "表格文件：.csv .parquet .json .dta .xlsx"),
    "y": Text(
        "variable explained, such as gl, log:gdp, d:log:gdp, logit:gl",
        "被解释变量，如 gl、log:gdp、d:log:gdp、logit:gl",
    ),
    "x": Text("other variables, parted by commas; lag:x is the year before", "其他变量，以逗号分隔；lag:x 为上一年"),
    "time": Text("column of years (default year)", "年份列（缺省 year）"),
    "unit": Text("columns that tell units apart, parted by commas", "区分个体的列，以逗号分隔"),
    "where": Text("rows to keep: column=value, parted by commas", "保留的行：列=值，以逗号分隔"),
    "tests": Text("which tests (default all): ", "检验（缺省全部）："),
    "models": Text("which models (default all): ", "模型（缺省全部）："),
    "errors": Text("standard errors: ", "标准误："),
    "trend": Text("deterministic part: n none, c constant, ct with trend", "确定性项：n 无，c 常数，ct 含趋势"),
    "criterion": Text("chooses lags: aic or bic", "选择滞后阶的准则：aic 或 bic"),
    "lags": Text("lags instead of chosen ones", "指定滞后阶数"),
    "json": Text("print the numbers as JSON", "以 JSON 输出数值"),
    "out": Text("save the tables: .txt .html .tex .docx .xlsx", "保存表格：.txt .html .tex .docx .xlsx"),
    "force": Text("replace the file if it is there", "文件已存在时覆盖"),
    "lang": Text("language: en or zh", "语言：en 或 zh"),
}


def register(app: typer.Typer, lang: Language) -> None:
    """Give the command line `econ`."""
    from entrepot.models.choices import EFFECTS, ERRORS

    econ = typer.Typer(no_args_is_help=True)
    series_tests = "unit_roots, engle_granger, johansen, ecm, var, granger"
    panel_tests = "hausman, unit_roots, causality"

    def option(name: str, more: str = "") -> Any:
        return typer.Option("--" + name, help=WORDS[name].say(lang) + more, show_default=False)

    file = typer.Argument(metavar="FILE", help=WORDS["file"].say(lang))

    @econ.command(
        "series",
        help=Text("Series over the years of one economy or product.", "单个经济体或产品的历年序列。").say(lang),
    )
    def series(
        path: Annotated[str, file],
        y: Annotated[str, option("y")],
        x: Annotated[str, option("x")] = "",
        time: Annotated[str, option("time")] = "year",
        where: Annotated[str | None, option("where")] = None,
        tests: Annotated[str | None, option("tests", series_tests)] = None,
        trend: Annotated[str, option("trend")] = "c",
        criterion: Annotated[str, option("criterion")] = "aic",
        lags: Annotated[int | None, option("lags")] = None,
        as_json: Annotated[bool, option("json")] = False,
        out: Annotated[str | None, option("out")] = None,
        force: Annotated[bool, option("force")] = False,
        spoken: Annotated[str, option("lang")] = lang,
    ) -> None:
        from entrepot.analyses.econ.series import TESTS, econ_series
        from entrepot.report.publication.econometrics import series_tables

        options: dict[str, Any] = {"time": time, "where": _where(where), "trend": trend, "criterion": criterion}
        options |= {"lags": lags, "tests": _listed(tests, TESTS)}
        _answer(
            path, lambda table: econ_series(table, y, x, **options), series_tables, as_json, out, spoken, force=force
        )

    @econ.command("panel", help=Text("A panel of units over the years.", "多个体、多年份的面板数据。").say(lang))
    def panel(
        path: Annotated[str, file],
        y: Annotated[str, option("y")],
        x: Annotated[str, option("x")],
        unit: Annotated[str, option("unit")],
        time: Annotated[str, option("time")] = "year",
        where: Annotated[str | None, option("where")] = None,
        models: Annotated[str | None, option("models", ", ".join(EFFECTS))] = None,
        errors: Annotated[str, option("errors", ", ".join(ERRORS))] = "by_unit",
        tests: Annotated[str | None, option("tests", panel_tests)] = None,
        trend: Annotated[str, option("trend")] = "c",
        lags: Annotated[int | None, option("lags")] = None,
        as_json: Annotated[bool, option("json")] = False,
        out: Annotated[str | None, option("out")] = None,
        force: Annotated[bool, option("force")] = False,
        spoken: Annotated[str, option("lang")] = lang,
    ) -> None:
        from entrepot.analyses.econ.panel import TESTS, econ_panel
        from entrepot.report.publication.econometrics import panel_tables

        options: dict[str, Any] = {"unit": unit, "time": time, "where": _where(where), "errors": errors, "lags": lags}
        options |= {"models": _listed(models, EFFECTS), "tests": _listed(tests, TESTS), "trend": trend}
        _answer(path, lambda table: econ_panel(table, y, x, **options), panel_tables, as_json, out, spoken, force=force)

    said = Text("Econometrics on a saved answer or any table.", "对已保存的结果或任意表格做计量分析。")
    app.add_typer(econ, name="econ", help=said.say(lang))


def _answer(
    path: str,
    compute: Callable[[Any], Any],
    tables_of: Callable[[Any], "list[PublicationTable]"],
    as_json: bool,
    out: str | None,
    spoken: str,
    *,
    force: bool,
) -> None:
    """Read, compute, and print or save."""
    from entrepot.report.publication import check_publication, publish, render
    from entrepot.sources.saved_tables import read_saved

    check_choice("lang", spoken, LANGUAGES)
    lang: Language = "zh" if spoken == "zh" else "en"
    if out is not None:
        check_publication(Path(out), force=force)
    report = compute(read_saved(Path(path)))
    if as_json:
        import orjson

        sys.stdout.write(orjson.dumps(_plain(report, lang)).decode() + "\n")
    elif out is None:
        sys.stdout.write(render(tables_of(report), ".txt", lang))
    if out is not None:
        publish(tables_of(report), Path(out), lang=lang, force=force)
        sys.stderr.write(Text(f"Saved: {out}\n", f"已保存：{out}\n").say(lang))


def _plain(value: Any, lang: Language) -> Any:
    """A report as JSON can hold it; pairs that are keys are joined by a bar."""
    if isinstance(value, Text):
        return value.say(lang)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name), lang) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {"|".join(key) if isinstance(key, tuple) else str(key): _plain(one, lang) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, lang) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value


def _where(given: str | None) -> dict[str, str]:
    """Read "economy=CHN,product=2603"."""
    parts = [part for part in (given or "").split(",") if part.strip()]
    if any("=" not in part for part in parts):
        raise InputError(
            "bad_where",
            Text(f"where is {given!r}; write column=value.", f"where 为 {given!r}；应写作 列=值。"),
            field="where",
        )
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in parts)}


def _listed(given: str | None, every: tuple[Any, ...]) -> tuple[Any, ...]:
    """The words of an option, all of them by default; "none" is nothing."""
    if given is None:
        return every
    return tuple(word.strip() for word in given.split(",") if word.strip() and word.strip() != "none")
