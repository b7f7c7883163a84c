"""Correlation tables of the United Nations: between vintages of the HS, and from the HS to SITC and BEC."""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.workbooks import preview_of, sheet_frame, sheet_names, sheet_rows
from entrepot.tables import concordances

NAME = "UNSD correlation tables"
PAIR, JOINT = "pair", "joint"
LAYOUTS = {
    PAIR: Text("workbook of two classifications (conversion and correlation)", "两种分类的工作簿（转换与对应）"),
    JOINT: Text("workbook of all classifications side by side", "全部分类并列的工作簿"),
}
JOINT_COLUMNS = ("HS92", "HS96", "HS02", "HS07", "HS12", "HS17", "BEC4", "SITC1", "SITC2", "SITC3", "SITC4")
HS = tuple(name for name in JOINT_COLUMNS if name.startswith("HS"))
CODE = re.compile(r"[0-9A-Z]{1,6}")
LEGACY = Text("codes that are no product of the classification", "不属于该分类产品的编码")
SHORT = Text("an HS code has not 6 digits (leading zeros lost?)", "HS 编码不是 6 位（前导零丢失？）")
EDITION = "UNSD"


def recognise(head: Head) -> Match | None:
    """A workbook, by its sheets and heading."""
    preview = preview_of(head)
    if preview is None or not preview.rows:
        return None
    if set(JOINT_COLUMNS) <= set(preview.rows[0]):
        said = LAYOUTS[JOINT]
        return Match(head.path, JOINT, Text(f"{NAME}: {said.en}", f"联合国对应表：{said.zh}"))
    names = [classification_of(cell) for cell in preview.rows[0] if cell]
    if len(names) != 2 or None in names or not any("correl" in sheet.lower() for sheet in preview.sheets):
        return None
    route = f"{names[0]} → {names[1]}"
    return Match(head.path, PAIR, Text(f"{NAME}: {route}", f"联合国对应表：{route}"))


def classification_of(title: str) -> str | None:
    """The classification that a heading speaks of.

    Examples
    --------
    >>> classification_of("From HS 2017"), classification_of("SITC Rev. 3"), classification_of("To BEC4")
    ('HS17', 'SITC3', 'BEC4')
    """
    found = re.search(r"HS\s*(?:19|20)(\d\d)|(SITC|BEC)\s*(?:Rev\.?\s*)?(\d)", title, re.IGNORECASE)
    if found is None:
        return None
    return f"HS{found[1]}" if found[1] else f"{found[2].upper()}{found[3]}"


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Every correspondence, and the one that the source itself converts to where it names one."""
    tally = Tally()
    parts, rows_read = [], 0
    # A table of two classifications says more than the joint one: it comes first.
    for match in sorted(matches, key=lambda match: match.layout == JOINT):
        frame, count = _joint(match, tally) if match.layout == JOINT else _pair(match, tally)
        parts.append(frame)
        rows_read += count
    route = ["from_classification", "to_classification"]
    kept = parts[0]
    for part in parts[1:]:
        kept = pl.concat([kept, part.join(kept.select(route).unique(), on=route, how="anti")])
    rows = kept.with_columns(source=pl.lit(NAME), edition=pl.lit(EDITION))
    rows = rows.select(pl.col(name).cast(dtype) for name, dtype in concordances.SCHEMA.items())
    rows = rows.sort(*concordances.KEY)
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=rows.height)
    return TablesReading((TableRows("concordances", rows),), report, edition=EDITION)


def _pair(match: Match, tally: Tally) -> tuple[pl.DataFrame, int]:
    names = sheet_names(Place(NAME, match.path))
    correlation = Place(NAME, match.path, next((n for n in names if "correl" in n.lower()), names[-1]))
    conversion = Place(NAME, match.path, next((n for n in names if "conver" in n.lower()), names[0]))
    both, count = _codes(correlation, tally)
    one, _ = _codes(conversion, tally)
    route = ["from_classification", "to_classification"]
    if not both.select(route).unique().equals(one.select(route).unique()):
        problem = Text("the two sheets speak of different classifications", "两张工作表的分类不一致")
        raise conversion.fault("unlike_sheets", problem)
    key = [*route, "from_code", "to_code"]
    # A conversion that the correlations leave out is a correspondence all the same.
    frame = pl.concat([both, one]).unique(key, maintain_order=True)
    chosen = frame.join(one.with_columns(chosen=pl.lit(True)), on=key, how="left", maintain_order="left")
    return _related(chosen.with_columns(pl.col("chosen").fill_null(False))), count


def _codes(place: Place, tally: Tally) -> tuple[pl.DataFrame, int]:
    """The two columns of codes of a sheet, under the heading that names both classifications."""
    rows = sheet_rows(place)
    titled = [
        (at, [(n, name) for n, cell in enumerate(row) if (name := classification_of(cell)) is not None])
        for at, row in enumerate(rows[:5])
    ]
    at, found = next(((at, found) for at, found in titled if len(found) == 2), (-1, []))
    if not found:
        raise place.fault("no_heading", Text("no heading with two classifications", "找不到含两种分类的表头"))
    (left, from_name), (right, to_name) = found
    body = [row for row in rows[at + 1 :] if row[left] or row[right]]
    good = [row for row in body if CODE.fullmatch(row[left]) and CODE.fullmatch(row[right])]
    bad = [row for row in body if not (CODE.fullmatch(row[left]) and CODE.fullmatch(row[right]))]
    tally.drop("no_code", LEGACY, [f"{row[left]}–{row[right]}" for row in bad])
    if not good:
        raise place.fault("no_rows", Text("no pair of codes", "没有编码对"))
    for name, column in ((from_name, left), (to_name, right)):
        short = next((r[column] for r in good if name.startswith("HS") and len(r[column]) != 6), None)
        if short is not None:
            raise place.fault("bad_code", SHORT, column=name, value=short)
    frame = pl.DataFrame({"from_code": [r[left] for r in good], "to_code": [r[right] for r in good]})
    frame = frame.with_columns(from_classification=pl.lit(from_name), to_classification=pl.lit(to_name)).unique(
        maintain_order=True
    )
    return frame.select("from_classification", "to_classification", "from_code", "to_code"), len(body)


def _joint(match: Match, tally: Tally) -> tuple[pl.DataFrame, int]:
    place = Place(NAME, match.path)
    raw = sheet_frame(place)
    parts = []
    for name in HS:
        short = raw.filter(pl.col(name).str.contains(r"^\d{1,5}$"))
        if short.height:
            line, value = int(short[LINE][0]), str(short[name][0])
            raise place.fault("bad_code", SHORT, line=line, column=name, value=value)
        other = (pl.col(name) != "") & ~pl.col(name).str.contains(r"^\d{6}$")
        tally.drop("no_code", LEGACY, raw.filter(other)[name])
    for source in HS:
        for target in JOINT_COLUMNS:
            if source == target:
                continue
            pairs = raw.select(from_code=source, to_code=target, line=LINE)
            good = pl.col("from_code").str.contains(r"^\d{6}$") & pl.col("to_code").str.contains(
                r"^\d{6}$" if target.startswith("HS") else r"^[0-9A-Z]{1,5}$"
            )
            pairs = pairs.filter(good).select("from_code", "to_code").unique(maintain_order=True)
            parts.append(
                pairs.select(
                    pl.lit(source).alias("from_classification"),
                    pl.lit(target).alias("to_classification"),
                    "from_code",
                    "to_code",
                ).with_columns(chosen=pl.lit(None, dtype=pl.Boolean))
            )
    pairs = pl.concat(parts)
    if pairs.is_empty():
        raise place.fault("no_rows", Text("no pair of codes", "没有编码对"))
    return _related(pairs), raw.height


def _related(frame: pl.DataFrame) -> pl.DataFrame:
    """How many correspond to how many, counted from the pairs themselves."""
    route = ["from_classification", "to_classification"]
    splits = pl.len().over(*route, "from_code") > 1
    merges = pl.len().over(*route, "to_code") > 1
    said = (
        pl.when(splits & merges)
        .then(pl.lit("n:n"))
        .when(splits)
        .then(pl.lit("1:n"))
        .when(merges)
        .then(pl.lit("n:1"))
        .otherwise(pl.lit("1:1"))
    )
    return frame.with_columns(relationship=said)


PROVIDER = Provider(
    name=NAME,
    licence="UN open reference data",
    licence_url="https://unstats.un.org/unsd/classifications/Econ",
    citation="United Nations Statistics Division, Correspondence tables of trade classifications.",
    feeds=("concordances",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
