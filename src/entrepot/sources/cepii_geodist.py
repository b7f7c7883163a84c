"""GeoDist (CEPII): population-weighted distance, contiguity, languages and colonial ties of pairs of economies."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, numbers, require, unique_rows
from entrepot.sources.head import Head, head_of
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.sources.who import Economies
from entrepot.tables import pair_facts

NAME = "CEPII GeoDist"
STATA, CSV = "stata", "csv"
LAYOUTS = {
    STATA: Text("pairs of economies (dist_cepii.dta)", "经济体配对（dist_cepii.dta）"),
    CSV: Text("pairs of economies, CSV with ; or ,", "经济体配对，分号或逗号分隔的 CSV"),
}
EDITION = "2011"
FACTS = {
    "contiguous": "contig",
    "common_language": "comlang_off",
    "common_spoken_language": "comlang_ethno",
    "colony": "colony",
    "common_colonizer": "comcol",
}
PAIRS = (("iso_o", "iso_d"), ("exporter", "importer"))
# Yugoslavia stands for Serbia and Montenegro: both take its facts.
FORMER, HEIRS = "YUG", ("SRB", "MNE")
FORMER_NOTE = "of Serbia and Montenegro as one"
OWN = Text("distances of an economy within itself", "经济体内部距离")


def recognise(head: Head) -> Match | None:
    """The file of pairs, by its columns."""
    columns = set(stata_columns(head))
    layout = STATA if columns else CSV
    columns = columns or set(head.columns)
    if not {"distw", *FACTS.values()} <= columns or not any(set(pair) <= columns for pair in PAIRS):
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"{NAME}：{said.zh}"), EDITION)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """One row per ordered pair; of several copies the last is read."""
    tally, economies = Tally(), Economies(known)
    match = tally.last_of(matches)
    raw, place = _raw(match)
    pair = next(names for names in PAIRS if set(names) <= set(raw.columns))
    frame = raw.select(
        LINE,
        *pair,
        numbers(raw, "distw", place, low=0, high=20_100).round(3).alias("km_cepii"),
        *(numbers(raw, column, place, low=0, high=1).cast(pl.Boolean).alias(fact) for fact, column in FACTS.items()),
    )
    frame = frame.with_columns(pl.lit(None, dtype=pl.Utf8).alias("note"))
    for column in pair:
        frame = _with_heirs(frame, column)
    frame = economies.mapped(frame, pair[0], place, tally, to="from")
    frame = economies.mapped(frame, pair[1], place, tally, to="to")
    tally.drop("own_distance", OWN, frame.filter(pl.col("from") == pl.col("to"))["from"])
    frame = frame.filter(pl.col("from") != pl.col("to"))
    unique_rows(frame, ("from", "to"), place)
    origin = frame.with_columns(
        exporter=pl.col("from"), importer=pl.col("to"), source=pl.lit(NAME), edition=pl.lit(EDITION)
    )
    rows = origin.select(pl.col(name).cast(dtype) for name, dtype in pair_facts.SCHEMA.items())
    rows = rows.sort("exporter", "importer")
    missing = rows["km_cepii"].null_count()
    if missing:
        tally.warn(Text(f"{missing} pairs have no distance.", f"{missing} 对没有距离。"))
    report = tally.report(NAME, [match.path], LAYOUTS[match.layout], rows_read=raw.height, rows_kept=rows.height)
    return TablesReading((TableRows("pair_facts", rows),), report, edition=EDITION)


def _raw(match: Match) -> tuple[pl.DataFrame, Place]:
    place = Place(NAME, match.path)
    if match.layout == STATA:
        columns = stata_columns(head_of(match.path))
        pair = next((names for names in PAIRS if set(names) <= set(columns)), PAIRS[0])
        return stata_frame(place, [*pair, "distw", *FACTS.values()]), place
    raw, place = read_text(match.path, NAME, separator=None)
    pair = next((names for names in PAIRS if set(names) <= set(raw.columns)), PAIRS[0])
    require(raw, (*pair, "distw", *FACTS.values()), place)
    return raw, place


def _with_heirs(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Rows of the former economy once for each of its heirs, with a note."""
    former = frame.filter(pl.col(column) == FORMER)
    heirs = [former.with_columns(pl.lit(heir).alias(column), pl.lit(FORMER_NOTE).alias("note")) for heir in HEIRS]
    return pl.concat([frame.filter(pl.col(column) != FORMER), *heirs])


PROVIDER = Provider(
    name=NAME,
    licence="Etalab 2.0",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    citation="Mayer, T. and S. Zignago (2011), Notes on CEPII's distances measures, CEPII Working Paper 2011-25.",
    feeds=("pair_facts",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
