"""CEPII BACI: bilateral trade at HS6, reconciled by CEPII; one zip of CSV for each HS vintage and release.

Inside lie one file for each year (``t,i,j,k,v,q``: year, exporter, importer, product, thousand US$, metric tons),
the codes of countries and of products. Loose files of that layout, as CSV or Parquet, are read as well.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

import polars as pl

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.archive import opened_entry
from entrepot.sources.baci_codes import country_names, product_names
from entrepot.sources.baci_rows import COLUMNS, YearRows
from entrepot.sources.blocks import line_blocks, read_ahead
from entrepot.sources.faults import bad_file
from entrepot.sources.head import Head, head_of
from entrepot.sources.mapping import iso3_of_scheme
from entrepot.sources.provider import Known, Match, Provider, TradeReading, TradeYear

NAME = "CEPII BACI"
YEAR_FILE = re.compile(r"(?:.*/)?BACI_(HS\d\d)_Y(\d{4})_(V\w+?)\.csv", re.IGNORECASE)
VINTAGE = re.compile(r"hs_?(92|96|02|07|12|17|22)(?!\d)", re.IGNORECASE)
RELEASE = re.compile(r"_(v\d{6}\w?)(?=[_.]|$)", re.IGNORECASE)
# Numbers of unions that traded as one until a year, and whose the number is in releases that use it after it: in them
# Belgium stands under Belgium-Luxembourg's, and Luxembourg under its own.
UNIONS = {"58": (1998, "BEL")}
# Parquet has no lines; this many of its rows are looked at together.
PARQUET_ROWS = 1_000_000

LAYOUTS = {
    "zip": Text(
        "zip of one CSV for each year, with country and product codes", "压缩包：每年一个 CSV，附国家与产品编码"
    ),
    "csv": Text("one CSV for each year, unpacked", "已解压：每年一个 CSV"),
    "table": Text("columns t,i,j,k,v,q in one CSV or Parquet file", "单个 CSV 或 Parquet 文件，列为 t,i,j,k,v,q"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Where the rows of a year lie: a file, or an entry of an archive; all of it, or the rows of that year."""

    path: Path
    entry: str | None
    whole: bool

    @property
    def name(self) -> str:
        """Name of the file or entry."""
        return self.path.name if self.entry is None else self.entry


def recognise(head: Head) -> Match | None:
    """A BACI zip, a year file of one, or any table with the columns of BACI."""
    if head.suffix == ".zip":
        return _recognise_zip(head)
    named = YEAR_FILE.fullmatch(head.path.name)
    if named:
        vintage, year, release = named[1].upper(), named[2], named[3]
        understood = Text(
            f"BACI, {vintage}, release {release}: year {year}", f"BACI，{vintage}，版本 {release}：{year} 年"
        )
        return Match(head.path, "csv", understood, release, f"{vintage} {release}")
    if sorted(column.lower() for column in head.columns) == sorted(COLUMNS) and head.suffix in (
        ".csv",
        ".txt",
        ".parquet",
    ):
        vintage, release = _vintage_of(head.path), _release_of(head.path)
        understood = Text(f"table in the layout of BACI, {vintage or 'HS ?'}", f"BACI 格式数据表，{vintage or 'HS ?'}")
        return Match(head.path, "table", understood, release, f"{vintage} {release} {head.path.name}")
    return None


def read(matches: Sequence[Match], known: Known) -> TradeReading:
    """Open a release: which years it holds, its codes, and how to read a year.

    Raises
    ------
    DataError
        The vintage cannot be told, a year lies in two files, or a file is not what it should be.
    """
    first = matches[0]
    vintage = _vintage(first)
    parts = _parts_by_year(matches)
    products = product_names(first.path, vintage)
    names = country_names(first.path)
    rows = partial(
        YearRows,
        provider=NAME,
        iso3=iso3_of_scheme(known, "baci"),
        names=names,
        products=frozenset() if products is None else frozenset(products["code"]),
        layout=LAYOUTS[first.layout],
    )
    release = first.edition
    return TradeReading(
        classification=vintage,
        level=6,
        release=release,
        title=Text(f"World trade, {vintage}, BACI {release}".rstrip(), f"世界贸易，{vintage}，BACI {release}".rstrip()),
        years=tuple(sorted(parts)),
        read_year=lambda year: _read_year(year, parts[year], rows),
        products=products,
        names=names,
    )


def _recognise_zip(head: Head) -> Match | None:
    years = [found for entry in head.entries if (found := YEAR_FILE.fullmatch(entry.name))]
    if not years:
        return None
    vintage, release = years[0][1].upper(), years[0][3]
    calendar = sorted(int(found[2]) for found in years)
    span = str(calendar[0]) if len(calendar) == 1 else f"{calendar[0]}–{calendar[-1]}"
    understood = Text(f"BACI, {vintage}, release {release}: {span}", f"BACI，{vintage}，版本 {release}：{span} 年")
    return Match(head.path, "zip", understood, release, f"{vintage} {release} {head.path.name}")


def _vintage_of(path: Path) -> str:
    found = VINTAGE.search(path.stem) or VINTAGE.search(path.parent.name)
    return f"HS{found[1]}" if found else ""


def _release_of(path: Path) -> str:
    found = RELEASE.search(path.stem)
    return found[1].upper() if found else ""


def _vintage(match: Match) -> str:
    vintage = match.group.split(" ")[0]
    if not VINTAGE.fullmatch(vintage):
        raise bad_file(
            "unknown_vintage",
            NAME,
            match.path,
            Text("the file does not say which vintage of HS its codes are", "无法判断产品编码所属的 HS 版本"),
            Text(
                "Name it as CEPII does, such as BACI_HS17_Y2024_V202601.csv.",
                "请按 CEPII 方式命名，如 BACI_HS17_Y2024_V202601.csv。",
            ),
        )
    return vintage


def _parts_by_year(matches: Sequence[Match]) -> dict[int, list[Part]]:
    parts: dict[int, list[Part]] = {}
    for match in matches:
        for year, part in _years_of(match):
            held = parts.setdefault(year, [])
            if any(other.whole and part.whole for other in held):
                raise bad_file(
                    "year_twice",
                    NAME,
                    match.path,
                    Text(f"the year {year} lies in two files", f"{year} 年出现在两个文件中"),
                    Text("Keep one of them.", "请只保留一个。"),
                    entry=part.entry,
                )
            held.append(part)
    if not parts:
        raise bad_file(
            "no_rows",
            NAME,
            matches[0].path,
            Text("there are no rows in it", "文件中没有数据行"),
            Text("Download the file again from CEPII.", "请从 CEPII 重新下载该文件。"),
        )
    return parts


def _years_of(match: Match) -> Iterator[tuple[int, Part]]:
    if match.layout == "zip":
        for entry in head_of(match.path).entries:
            named = YEAR_FILE.fullmatch(entry.name)
            if named:
                yield int(named[2]), Part(match.path, entry.name, whole=True)
    elif match.layout == "csv":
        named = YEAR_FILE.fullmatch(match.path.name)
        if named:
            yield int(named[2]), Part(match.path, None, whole=True)
    else:
        for year in _years_inside(match.path):
            yield year, Part(match.path, None, whole=False)


def _years_inside(path: Path) -> list[int]:
    """Years of a table that holds several; a file that cannot be read so far is told here."""
    scan = (
        pl.scan_parquet(path, glob=False)
        if path.suffix.lower() == ".parquet"
        else pl.scan_csv(path, glob=False, infer_schema=False)
    )
    try:
        lower = {name: name.lower() for name in scan.collect_schema().names()}
        found = scan.rename(lower).select(pl.col("t").cast(pl.Utf8).str.strip_chars().unique()).collect()["t"]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise unreadable(path, error) from error
    numbers = found.cast(pl.Int32, strict=False)
    if numbers.null_count():
        value = found.filter(numbers.is_null()).to_list()[0]
        raise bad_file(
            "bad_value",
            NAME,
            path,
            Text("a year is no number", "年份不是数字"),
            Text("The column t must hold calendar years.", "列 t 应为公历年份。"),
            column="t",
            value=value if value is not None else "",
        )
    return sorted(numbers.to_list())


def unreadable(path: Path, error: BaseException) -> DataError:
    """A file that its own format's reader refuses."""
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:120]
    return bad_file(
        "unreadable",
        NAME,
        path,
        Text(f"it cannot be read ({reason})", f"无法读取（{reason}）"),
        Text("Download the file again from CEPII.", "请从 CEPII 重新下载该文件。"),
    )


def _read_year(year: int, parts: Sequence[Part], rows_of: Callable[..., YearRows]) -> TradeYear:
    later = {number: iso3 for number, (last, iso3) in UNIONS.items() if year > last}
    rows = rows_of(year=year, path=parts[0].path, later=later)
    for part in parts:
        if part.path.suffix.lower() == ".parquet":
            _read_parquet(part, rows)
            continue
        with _opened(part) as file:
            for block in read_ahead(line_blocks(file)):
                rows.add_text(part.name, block, whole=part.whole)
            rows.end_text(part.name)
    return rows.finish()


def _read_parquet(part: Part, rows: YearRows) -> None:
    try:
        frame = pl.read_parquet(part.path, glob=False)
        wanted = frame.rename({name: name.lower() for name in frame.columns}).filter(
            pl.col("t").cast(pl.Utf8) == str(rows.year)
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise unreadable(part.path, error) from error
    for piece in wanted.iter_slices(PARQUET_ROWS):
        rows.add_frame(part.name, piece)


@contextmanager
def _opened(part: Part) -> Iterator[IO[bytes]]:
    if part.entry is None:
        with part.path.open("rb") as file:
            yield file
    else:
        with opened_entry(part.path, part.entry, NAME) as stream:
            yield stream


PROVIDER = Provider(
    name=NAME,
    licence="Etalab Open Licence 2.0",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    citation=(
        "Gaulier, G. and Zignago, S. (2010), BACI: International Trade Database at the Product-Level, "
        "CEPII Working Paper 2010-23; data: CEPII"
    ),
    feeds=("flows", "products"),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
