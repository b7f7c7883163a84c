"""Which ports of an economy are its main ones: by containers handled where known, by size of the harbour otherwise."""

import unicodedata
from collections.abc import Collection, Sequence

import numpy as np
import polars as pl

from entrepot.formulas.distance.sphere import great_circle_km
from entrepot.tables.harbours import SIZES

# A list of the largest ports spells their names in its own way, and places a port at its city or at its docks.
SAME_NAME_KM, NEAREST_KM = 120.0, 50.0
MILLION = 1e6


def ranked_harbours(harbours: pl.DataFrame, throughput: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Harbours of each economy, the most important first.

    The order: containers handled in the latest year that is told (TEU), then size of the harbour ("Large" first), then
    the order of the ports in `known`, then harbours that have a UN/LOCODE, then the code. Only the first hundred or so ports
    of the world have a throughput; every other one is smaller, so that it comes after them.

    Parameters
    ----------
    harbours, throughput, known
        Canonical tables `harbours`, `throughput` and `main_ports`; either of the last two may be without rows.

    Returns
    -------
    polars.DataFrame
        The columns of `harbours`, with rank (1, 2 …), teu and teu_year (null where not told), by economy and rank.

    Examples
    --------
    >>> port = {"port": ["AAONE", "AATWO"], "name": ["One", "Two"], "economy": ["AAA"] * 2, "lat": [0.0, 5.0]}
    >>> harbours = pl.DataFrame({**port, "lon": [0.0, 0.0], "size": ["Small", "Large"]})
    >>> boxes = {"port": ["one"], "year": [2019], "teu": [2e6], "lat": [0.1], "lon": [0.0]}
    >>> no_order = pl.DataFrame(schema={"port": pl.Utf8, "rank": pl.Int8})
    >>> ranked_harbours(harbours, pl.DataFrame(boxes), no_order).select("port", "rank", "teu").rows()
    [('AAONE', 1, 2000000.0), ('AATWO', 2, None)]
    """
    order = known.group_by("port").agg(known_rank=pl.col("rank").min())
    numbered = harbours.join(handled(harbours, throughput), on="port", how="left").join(order, on="port", how="left")
    ranked = numbered.with_columns(
        of_size=pl.col("size").replace_strict({size: n for n, size in enumerate(SIZES)}, default=len(SIZES)),
        unlisted=pl.col("port").str.starts_with("WPI"),
    ).sort(
        "economy",
        pl.col("teu").fill_null(0.0).neg(),
        "of_size",
        pl.col("known_rank").fill_null(99),
        "unlisted",
        "port",
    )
    return ranked.with_columns(rank=pl.int_range(1, pl.len() + 1).over("economy")).drop(
        "of_size", "known_rank", "unlisted"
    )


def handled(harbours: pl.DataFrame, throughput: pl.DataFrame) -> pl.DataFrame:
    """Containers that harbours handle: port, teu, teu_year, one row for each harbour that a throughput is of.

    A port of the list is the harbour whose name holds its name, within 120 km, the nearest of several; failing that, the
    nearest harbour within 50 km that no other port of the list is. A port without a place is the one harbour of that name.
    """
    latest = throughput.sort("year").group_by("port", maintain_order=True)
    listed = latest.agg(pl.col("teu").last(), pl.col("year").last(), pl.col("lat", "lon").drop_nulls().last()).sort(
        "teu", "port", descending=[True, False]
    )
    names = np.array([_letters(name) for name in harbours["name"]], dtype=np.str_)
    lat, lon = harbours["lat"].to_numpy(), harbours["lon"].to_numpy()
    taken: dict[int, tuple[float, int]] = {}
    left: list[tuple[np.ndarray, float, int]] = []
    for name, teu, year, at_lat, at_lon in listed.select("port", "teu", "year", "lat", "lon").iter_rows():
        same = np.char.find(names, _letters(name)) >= 0
        km = np.full(len(names), np.inf) if at_lat is None else great_circle_km(at_lat, at_lon, lat, lon)
        near = np.flatnonzero(same & (km <= SAME_NAME_KM))
        if not len(near) and same.sum() == 1:  # the list may misplace a port, but not a name that only one has
            near = np.flatnonzero(same)
        free = [harbour for harbour in near[np.argsort(km[near], kind="stable")] if harbour not in taken]
        if free:
            taken[int(free[0])] = (teu, year)
        elif not len(near):
            left.append((km, teu, year))
    for km, teu, year in left:
        near = np.flatnonzero(km <= NEAREST_KM)
        free = [harbour for harbour in near[np.argsort(km[near], kind="stable")] if harbour not in taken]
        if free:
            taken[int(free[0])] = (teu, year)
    rows = [(harbours["port"][at], teu, year) for at, (teu, year) in sorted(taken.items())]
    return pl.DataFrame(rows, schema={"port": pl.Utf8, "teu": pl.Float64, "teu_year": pl.Int16}, orient="row")


def pool_of(
    economies: Collection[str],
    main_ports: pl.DataFrame,
    harbours: pl.DataFrame,
    throughput: pl.DataFrame,
    *,
    named: Sequence[str],
    count: int,
) -> tuple[str, ...]:
    """The largest main ports of a group of economies: by containers, then those `named`, then by size of the harbour.

    Returns
    -------
    tuple of str
        At most `count` ports; none where the group has no main port.
    """
    stops = main_ports.filter(pl.col("economy").is_in(list(economies))).unique(
        "port", keep="first", maintain_order=True
    )
    sized = harbours.select("port", of_size=pl.col("size").replace_strict(list(SIZES), range(len(SIZES)), default=9))
    chosen = (
        stops.join(handled(harbours, throughput), on="port", how="left")
        .join(sized, on="port", how="left")
        .sort(
            pl.col("teu").fill_null(0.0).neg(),
            ~pl.col("port").is_in(list(named)),
            pl.col("of_size").fill_null(9),
            "rank",
            "port",
        )
    )
    return tuple(chosen["port"].head(count))


def importance(teu: float | None, year: int | None, size: str | None) -> str:
    """What a harbour's rank rests on, in words for the table.

    Examples
    --------
    >>> importance(43.3e6, 2019, "Large"), importance(None, None, "Small"), importance(None, None, None)
    ('43.3 million TEU in 2019', 'harbour size: Small', 'harbour size: not told')
    """
    if teu is not None:
        return f"{teu / MILLION:.1f} million TEU in {year}"
    return f"harbour size: {size or 'not told'}"


def _letters(name: str) -> str:
    """A name as its bare letters and digits, so that Kao-Hsiung is Kaohsiung."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
