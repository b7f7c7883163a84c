"""Tables 1–4 of the source of 2006 from answers about intra-industry trade, for any economy, classes and period."""

from collections.abc import Sequence

import polars as pl

from entrepot.analyses.industries import class_of
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.report.publication.table import Cell, Group, Head, Number, PublicationTable, Row

TOTAL, PRIMARY, MANUFACTURED = "TOTAL", "PRIMARY", "MANUFACTURED"
_HEADS = (
    (PRIMARY, "gl_aggregate", Text("Primary products", "初级产品")),
    (MANUFACTURED, "gl_aggregate", Text("Manufactures", "工业制成品")),
    (TOTAL, "gl_aggregate", Text("All, unadjusted", "综合，未调整")),
    (TOTAL, "gl_adjusted", Text("All, adjusted", "综合，调整")),
)
YEAR, CLASS = Text("Year", "年份"), Text("Class", "商品分类")
METHOD = Text(
    "A class has the Grubel-Lloyd index of its own exports and imports; a row over several classes is the trade-weighted mean "
    "of their indices; adjusted: for the imbalance of all trade.",
    "各类为该类进出口的格鲁贝尔—劳埃德指数；多类之和为各类指数按贸易额加权的均值；“调整”指按贸易总额的不平衡调整。",
)
_SOURCES = (
    ("trade_share", Text("Share of trade", "占贸易额")),
    ("gl", Text("GL index", "G-L 指数")),
    ("iit_share", Text("Share of intra-industry trade", "占产业内贸易")),
)


def intraindustry_tables(answers: Sequence[Result]) -> list[PublicationTable]:
    """The tables of the answers of `entrepot.analyses.iit_tables.iit_tables`.

    Table 1, all partners by year; table 2, the parts of the world by year; then one table per classification, classes by partner
    and first and last year; last, where the change comes from.

    Parameters
    ----------
    answers : one of "iit" per classification, then at most one of "iit_sources".
    """
    levels = [answer for answer in answers if answer.question == "iit"]
    changes = [answer for answer in answers if answer.question == "iit_sources"]
    main = levels[-1]
    partners = _partners(main)
    notes = (METHOD, *main.notes[:1], *_lists(main), _from(main))
    made = [
        _by_year(main, "table1", 1, Text("with all partners", "（全部贸易伙伴）"), partners[:1], notes),
        *([_by_year(main, "table2", 2, Text("by partner", "（分伙伴）"), partners[1:], notes)] if partners[1:] else []),
    ]
    for answer in levels:
        made.append(
            _by_class(answer, len(made) + 1, partners, (METHOD, *answer.notes[:1], *_lists(answer), _from(answer)))
        )
    who = str(main.frame["reporter_name"][0])
    made += [_change(answer, len(made) + 1, who, notes) for answer in changes]
    return made


def _by_year(
    answer: Result, name: str, number: int, whom: Text, partners: list[tuple[str, Text]], notes: tuple[Text, ...]
) -> PublicationTable:
    several = len(partners) > 1
    heads = tuple(Head(label, over if several else None) for _, over in partners for *_, label in _HEADS)
    rows = []
    for year in answer.frame["year"].unique().sort():
        cells: list[Cell] = []
        for partner, _ in partners:
            own = answer.frame.filter((pl.col("year") == year) & (pl.col("partner") == partner))
            cells += [_value(own.filter(pl.col("industry") == industry), column) for industry, column, _ in _HEADS]
        rows.append(Row(Text(str(year), f"{year} 年"), tuple(cells)))
    title = _title(answer, number, Text(f"Intra-industry trade {whom.en}", f"产业内贸易指数{whom.zh}"))
    return PublicationTable(name, title, YEAR, heads, (Group(tuple(rows)),), notes)


def _by_class(
    answer: Result, number: int, partners: list[tuple[str, Text]], notes: tuple[Text, ...]
) -> PublicationTable:
    frame = answer.frame
    ends = sorted({int(frame["year"].min()), int(frame["year"].max())})  # type: ignore[arg-type]
    heads = tuple(Head(Text(str(year), f"{year} 年"), over) for _, over in partners for year in ends)

    def row(code: str, column: str, *, strong: bool = False) -> Row:
        own = frame.filter(pl.col("industry") == code)
        said = str(own["industry_name"][0])
        cells = tuple(
            _value(own.filter((pl.col("partner") == partner) & (pl.col("year") == year)), column)
            for partner, _ in partners
            for year in ends
        )
        return Row(Text(said, said), cells, strong, 0 if strong else 1)

    groups = []
    for broad, codes in _classes(answer).items():
        head = [row(broad, "gl_aggregate", strong=True)] if broad else []
        groups.append(Group((*head, *(row(code, "gl") for code in codes))))
    groups.append(Group((row(TOTAL, "gl_aggregate", strong=True),)))
    by = str(answer.parameters["by"])
    title = _title(
        answer, number, Text(f"Intra-industry trade by class ({by}) and partner", f"分地区产业内贸易指数（{by}）")
    )
    return PublicationTable(f"table{number}", title, CLASS, heads, tuple(groups), notes)


def _classes(answer: Result) -> dict[str, list[str]]:
    """Broad class → its industries, in the order of the answer; industries of neither stand last under ""."""
    frame = answer.frame
    present = set(frame["industry"])
    every = [
        code for code in frame["industry"].unique(maintain_order=True) if code not in {TOTAL, PRIMARY, MANUFACTURED}
    ]
    by = str(answer.parameters["by"])
    found: dict[str, list[str]] = {}
    for name in (PRIMARY, MANUFACTURED, ""):
        codes = [code for code in every if (class_of(by, code) or "") == name]
        if codes:
            found[name if name in present else ""] = found.get(name if name in present else "", []) + codes
    return found


def _change(answer: Result, number: int, who: str, notes: tuple[Text, ...]) -> PublicationTable:
    frame = answer.frame
    first, last = int(frame["from_year"][0]), int(frame["to_year"][0])
    heads = tuple(Head(Text(str(year), f"{year} 年"), label) for _, label in _SOURCES for year in (first, last))
    heads += (Head(Text("Contribution", "贡献度")),)
    groups = []
    for partner, name in _partners(answer):
        rows = []
        for own in frame.filter(pl.col("partner") == partner).iter_rows(named=True):
            cells = [
                _number(own[f"{column}_{end}"], percent=column != "gl")
                for column, _ in _SOURCES
                for end in ("before", "after")
            ]
            label = str(own["industry_name"])
            rows.append(Row(Text(label, label), (*cells, _number(own["contribution"], percent=True)), indent=1))
        groups.append(Group(tuple(rows), name))
    title = _title(answer, number, Text("Sources of the change", "产业内贸易发展的来源"), who)
    return PublicationTable(f"table{number}", title, CLASS, heads, tuple(groups), (*answer.notes[:1], *notes[1:]))


def _partners(answer: Result) -> list[tuple[str, Text]]:
    pairs = answer.frame.select("partner", "partner_name").unique(maintain_order=True)
    asked = str(answer.parameters["partners"]).split(",")
    named = {code: Text(name, name) for code, name in pairs.iter_rows()}
    return [(code, named[code]) for code in asked if code in named]


def _title(answer: Result, number: int, what: Text, who: str = "") -> Text:
    who = who or str(answer.frame["reporter_name"][0])
    span = str(answer.parameters["years"]).replace("-", "–")
    return Text(f"Table {number}. {what.en}: {who}, {span}", f"表{number} {who}{what.zh}，{span} 年")


def _lists(answer: Result) -> list[Text]:
    """The notes that say who belongs to which partner."""
    asked = str(answer.parameters["partners"]).split(",")
    return [note for note in answer.notes if any(note.en.startswith(f"{code}: ") for code in asked)]


def _from(answer: Result) -> Text:
    return Text(f"Source: {answer.citation}", f"资料来源：{answer.citation}")


def _value(rows: pl.DataFrame, column: str) -> Cell:
    return _number(rows[column][0]) if rows.height else None


def _number(value: float | None, *, percent: bool = False) -> Cell:
    return None if value is None else Number(value, 1 if percent else 3, percent=percent)
