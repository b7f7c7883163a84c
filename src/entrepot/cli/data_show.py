"""`entrepot data show`: the coverage matrix, narrow enough for a terminal of 80 columns."""

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len, set_cell_size
from rich.padding import Padding
from rich.text import Text as Styled

from entrepot.cli.bench import opened
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    from entrepot.analyses.coverage import DataSetCoverage, SeriesCoverage, TableCoverage
    from entrepot.store import Source

NAME, ECONOMIES, YEARS, WIDTH = 22, 5, 14, 80  # columns of the terminal
RULER_FROM, RULER_TO, YEARS_A_SIGN = 1990, 2030, 2
MOST, MANY, SOME, NONE = "#", "+", "-", "."
LEGEND = Text(
    "One sign stands for two years from 1990 on: # nearly as many economies as ever, + more than a third, - fewer, . none. "
    "(n) after the years: only n of them. Sources stand in the order in which they are believed; 1×213 2×1: source 1 "
    "counts for 213 economies (pairs, products), source 2 for one of which source 1 says nothing.",
    "每个符号代表两年，自 1990 年起：# 接近最多，+ 超过三分之一，- 较少，. 无。年份后的 (n) 表示仅有其中 n 年。"
    "来源按采信顺序排列；1×213 2×1 表示来源 1 用于 213 个经济体（或国家对、产品），来源 2 用于来源 1 未涉及的 1 个。",
)


def register(data: typer.Typer, lang: Language) -> None:
    """Give `entrepot data` its command `show`."""
    json_help = Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同").say(lang)
    spoken_help = Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh").say(
        lang
    )
    about = Text(
        "What there is: years, economies, sources and their precedence.", "数据覆盖：年份、经济体、来源及采信顺序。"
    )

    @data.command("show", help=about.say(lang))
    def show_(
        as_json: Annotated[bool, typer.Option("--json", help=json_help)] = False,
        spoken: Annotated[str, typer.Option("--lang", help=spoken_help, show_default=False)] = lang,
    ) -> None:
        from entrepot.cli.program import checked

        show(checked(spoken), as_json=as_json)


def show(lang: Language, *, as_json: bool) -> None:
    """Print what the store covers."""
    bench = opened(lang)
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(bench.coverage(lang)) + b"\n")
        return
    from entrepot.analyses.built import told_builds
    from entrepot.analyses.coverage import coverage

    covered = coverage(bench.snapshot)
    home, version = bench.store.home, covered.version
    _say(Text(f"Store {home}, version {version}", f"数据仓库 {home}，版本 {version}").say(lang))
    _aside(LEGEND.say(lang), 0)
    _say("")
    _say(_row(Text("Data sets", "数据集").say(lang), Text("rep.", "报告").say(lang), *_ruler_head(lang)))
    for found in covered.datasets:
        _show_dataset(found, lang)
        for build in told_builds(bench.snapshot, found.data.info.name):
            _aside(build.say(lang), 4)
    for table in covered.tables:
        _show_table(table, lang)


def _show_dataset(found: "DataSetCoverage", lang: Language) -> None:
    info = found.data.info
    reporters = {year.year: year.reporters for year in found.years}
    mark = "● " if found.default else "  "
    _say(_row(mark + info.name, f"{max(reporters.values(), default=0)}", _span(reporters), _ruler(reporters)))
    value = sum(year.value_usd for year in found.years)
    measured = sum(year.value_with_quantity_usd for year in found.years) / value if value else 0.0
    _aside(
        Text(
            f"{info.title.en}. {info.classification}, {found.products:,} products, {found.rows:,} flows; quantities for "
            f"{measured:.0%} of the value.",
            f"{info.title.zh}。{info.classification}，{found.products:,} 种产品，{found.rows:,} 条贸易流；"
            f"有数量的占金额 {measured:.0%}。",
        ).say(lang),
        4,
    )
    _aside("; ".join(part for part in (info.source, info.release, info.licence, info.retrieved) if part), 4)


def _show_table(table: "TableCoverage", lang: Language) -> None:
    _say("")
    rows = Text(f"{table.rows:,} rows", f"{table.rows:,} 行").say(lang)
    _say(f"{table.table} · {table.title.say(lang)} · {rows}")
    numbers = {source.name: number for number, source in enumerate(_in_order(table), 1)}
    dated = any(series.years for series in table.series)
    head = _row("", Text("econ.", "经济体").say(lang), *(_ruler_head(lang) if dated else ("", "")))
    if dated or len(table.series) > 1:
        _say(head.rstrip())
    for series in table.series:
        name = "  " + (series.name or Text("all", "全部").say(lang))
        count = "–" if series.economies is None else str(series.economies)
        row = _row(name, count, _span(series.years) if dated else "", _ruler(series.years) if dated else "")
        _say_row(row if dated else row.rstrip(), _from(series, numbers))
    for source in _in_order(table):
        said = "; ".join(part for part in (source.name, source.edition, source.licence, source.retrieved) if part)
        _aside(f"{numbers[source.name]}  {said}", 4)
    if table.note.say(lang):
        _aside(table.note.say(lang), 4)


def _in_order(table: "TableCoverage") -> list["Source"]:
    """Sources that rows name, in their order; then those that are cited for the table as a whole."""
    found = {share.source.name: share.source for series in table.series for share in series.sources}
    return [*found.values(), *(source for source in table.sources if source.name not in found)]


def _from(series: "SeriesCoverage", numbers: Mapping[str, int]) -> str:
    parts = [
        f"{numbers[share.source.name]}" + ("" if share.believed is None else f"×{share.believed}")
        for share in series.sources
    ]
    return " ".join(parts)


def _span(years: Iterable[int]) -> str:
    """The first and last year, and how many there are if some are missing between.

    Examples
    --------
    >>> _span([1995, 1996, 1997]), _span([2007, 2010]), _span([2024]), _span([])
    ('1995–1997', '2007–2010 (2)', '2024', '')
    """
    known = sorted(years)
    if not known:
        return ""
    if len(known) == 1:
        return str(known[0])
    whole = len(known) == known[-1] - known[0] + 1
    return f"{known[0]}–{known[-1]}" + ("" if whole else f" ({len(known)})")


def _ruler(years: Mapping[int, int]) -> str:
    """One sign for two years, by how many economies there are beside the best year.

    Examples
    --------
    >>> _ruler({1990: 90, 1991: 40, 1992: 10})[:3]
    '#-.'
    """
    most = max(years.values(), default=0)
    signs = []
    for year in range(RULER_FROM, RULER_TO, YEARS_A_SIGN):
        count = max(years.get(year + step, 0) for step in range(YEARS_A_SIGN))
        signs.append(NONE if not count else MOST if count > 2 / 3 * most else MANY if count > most / 3 else SOME)
    return "".join(signs)


def _ruler_head(lang: Language) -> tuple[str, str]:
    decades = "".join(f"{year:<5}" for year in range(RULER_FROM, RULER_TO, 10))
    return Text("years", "年份").say(lang), decades


def _say_row(row: str, sources: str) -> None:
    """A row with its sources; they take a line of their own where they do not fit."""
    whole = f"{row} {sources}"
    if cell_len(whole) <= WIDTH:
        _say(whole.rstrip())
    else:
        _say(row.rstrip())
        _say(f"      {sources}")


def _row(name: str, economies: str, years: str, ruler: str) -> str:
    """A line of the matrix; Chinese letters count as two columns."""
    wide = max(NAME, cell_len(name))
    short = " " * max(ECONOMIES - cell_len(economies), 0) + economies
    return f"{set_cell_size(name, wide)} {short} {set_cell_size(years, YEARS)} {ruler}"


def _aside(text: str, indent: int) -> None:
    from entrepot.cli.table import plain, printer

    printer().print(Padding(Styled(plain(text)), (0, 0, 0, indent)))


def _say(line: str) -> None:
    from entrepot.cli.table import plain

    sys.stdout.write(plain(line) + "\n")
    sys.stdout.flush()
