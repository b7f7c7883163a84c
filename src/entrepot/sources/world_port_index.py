"""World Port Index (NGA Pub. 150): where the world's ports are and how large their harbours are."""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, numbers, require, said
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.sources.who import Economies
from entrepot.tables import harbours

NAME = "World Port Index"
LAYOUTS = {"csv": Text("UpdatedPub150.csv", "UpdatedPub150.csv")}
NUMBER, PORT, LOCODE, COUNTRY = "World Port Index Number", "Main Port Name", "UN/LOCODE", "Country Code"
COLUMNS = (NUMBER, PORT, LOCODE, COUNTRY, "Harbor Size", "Harbor Type", "Latitude", "Longitude")
TWICE = Text(
    "ports under a UN/LOCODE that another one has (kept under their number)", "UN/LOCODE 重复的港口（改用编号）"
)
LISTED_TWICE = Text("ports listed again under the same number", "同一编号重复列出的港口")
# Most important first: a code that two ports share belongs to the larger one.
SIZES = (*harbours.SIZES, None)


def recognise(head: Head) -> Match | None:
    """The CSV, by its columns."""
    if not set(COLUMNS) <= set(head.columns):
        return None
    dated = re.search(r"(20\d{2})[-_]?(\d{2})", head.path.stem)
    said_of = LAYOUTS["csv"]
    edition = f"{dated[1]}-{dated[2]}" if dated else "undated"
    return Match(head.path, "csv", Text(f"{NAME}: {said_of.en}", f"世界港口索引：{said_of.zh}"), edition)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """One row per port; the column "Country Code" holds names. The table becomes these rows only."""
    tally, economies = Tally(), Economies(known)
    match = tally.last_of(matches)
    raw, place = read_text(match.path, NAME)
    require(raw, COLUMNS, place)
    frame = raw.select(
        LINE,
        COUNTRY,
        said(NUMBER).str.strip_suffix(".0").alias("number"),
        said(PORT).alias("name"),
        said(LOCODE).str.replace_all(" ", "").str.extract(r"^([A-Z]{2}[A-Z0-9]{3})$").alias("locode"),
        said("Harbor Size").replace("Unknown", None).alias("size"),
        said("Harbor Type").alias("kind"),
        numbers(raw, "Latitude", place, low=-90, high=90).alias("lat"),
        numbers(raw, "Longitude", place, low=-180, high=180).alias("lon"),
    )
    _check(frame, place)
    again = ~pl.col("number").is_first_distinct()
    tally.drop("listed_twice", LISTED_TWICE, frame.filter(again)["name"])
    frame = frame.filter(~again)
    frame = economies.mapped(frame, COUNTRY, place, tally, by="name")
    rank = pl.col("size").replace_strict({size: n for n, size in enumerate(SIZES) if size}, default=len(SIZES))
    frame = frame.with_columns(rank=rank).sort("rank", LINE)
    first = pl.col("locode").is_not_null() & pl.col("locode").is_first_distinct()
    tally.drop("shared_locode", TWICE, frame.filter(~first & pl.col("locode").is_not_null())["locode"])
    port = pl.when(first).then(pl.col("locode")).otherwise(pl.concat_str(pl.lit("WPI"), pl.col("number")))
    frame = frame.with_columns(port=port, source=pl.lit(NAME), edition=pl.lit(match.edition))
    rows = frame.select(pl.col(name).cast(dtype) for name, dtype in harbours.SCHEMA.items()).sort("port")
    report = tally.report(NAME, [match.path], LAYOUTS["csv"], rows_read=raw.height, rows_kept=rows.height)
    return TablesReading((TableRows("harbours", rows, replaces="all"),), report, edition=match.edition)


def _check(frame: pl.DataFrame, place: Place) -> None:
    known_size = pl.col("size").is_in(harbours.SIZES) | pl.col("size").is_null()
    for bad, code, problem, column in (
        (pl.any_horizontal(pl.col("lat", "lon").is_null()), "no_place", Text("no place", "缺少坐标"), "Latitude"),
        (
            pl.any_horizontal(pl.col("number", "name").is_null()),
            "no_name",
            Text("no name or number", "缺少名称或编号"),
            PORT,
        ),
        (~known_size, "unknown_size", Text("no harbour size", "不是港口规模"), "Harbor Size"),
    ):
        wrong = frame.filter(bad)
        if wrong.height:
            row = wrong.row(0, named=True)
            value = row["size"] if column == "Harbor Size" else row["name"]
            raise place.fault(code, problem, line=row[LINE], column=column, value=value)


PROVIDER = Provider(
    name=NAME,
    licence="public domain (United States)",
    licence_url="https://msi.nga.mil/Publications/WPI",
    citation="National Geospatial-Intelligence Agency, World Port Index (Pub. 150).",
    feeds=("harbours",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
