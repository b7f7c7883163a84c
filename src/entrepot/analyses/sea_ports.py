"""The seaport that somebody means: by code or by name, in the table of ports."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from rapidfuzz import fuzz, process

from entrepot.analyses.asking import check_text
from entrepot.analyses.directory import fold
from entrepot.core.errors import InputError
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.analyses.world import World

SHOWN = 8  # ports named in an error
NEAR = 70  # of 100: how like a name must be to be proposed


@dataclass(frozen=True, slots=True)
class SeaPort:
    """A port: UN/LOCODE (or "WPI" and its number), name, economy, degrees, and kilometres to the nearest sea lane."""

    code: str
    name: str
    economy: str
    lat: float
    lon: float
    lane_km: float

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


def sea_port(world: "World", typed: str, *, field: str) -> SeaPort:
    """The port of a UN/LOCODE, of a number of the World Port Index, or of a name in any case, with accents or without.

    After a comma the economy may follow (``Georgetown, GUY``). Of several ports with one name the one is meant that is a
    main port of its economy; where several are, or none, they are named in the error.

    Parameters
    ----------
    field : name of the argument, for the error.

    Raises
    ------
    InputError
        ``unknown_<field>``: no such port; it names those that are called nearly so. ``ambiguous_<field>``: several.
        ``port_off_lanes``: ships do not come there by sea. ``bad_<field>``: no text.

    Examples
    --------
    >>> str(sea_port(world, "Georgetown, GUY", field="start"))  # doctest: +SKIP
    'Georgetown (GYGEO)'
    """
    check_text(field, typed)
    ports = world.table("ports")
    word = (typed or "").strip()
    code = word.upper().replace(" ", "")
    found = ports.filter(pl.col("port").is_in([code, f"WPI{code}"]))
    if found.is_empty():
        found = _named(world, ports, word, field)
    if found.is_empty():
        raise _unknown(ports, word, field)
    if found.height > 1:
        main = found.join(world.table("main_ports").select("port").unique(), on="port", how="semi")
        if main.height != 1:
            raise _ambiguous(found, word, field)
        found = main
    row = found.row(0, named=True)
    port = SeaPort(row["port"], row["name"], row["economy"], row["lat"], row["lon"], row["lane_km"])
    if not row["on_lane"]:
        raise InputError(
            "port_off_lanes",
            Text(
                f"{port} lies off the sea lanes ({port.lane_km:,.0f} km from the nearest, or on the Caspian); name a seaport near it.",
                f"{port.name}（{port.code}）不在海运航线上（距最近航线 {port.lane_km:,.0f} 公里，或位于里海）；请改用附近的海港。",
            ),
            field=field,
        )
    return port


def _named(world: "World", ports: pl.DataFrame, word: str, field: str) -> pl.DataFrame:
    """Ports of that name; of that economy, if one is said after a comma."""
    name, _, economy = word.replace("，", ",").partition(",")
    folded = pl.Series([fold(one) for one in ports["name"]], dtype=pl.Utf8)
    found = ports.filter(folded == fold(name))
    return (
        found.filter(pl.col("economy") == world.places.find(economy.strip(), field=field).code)
        if economy.strip()
        else found
    )


def _unknown(ports: pl.DataFrame, word: str, field: str) -> InputError:
    names = dict(enumerate(fold(one) for one in ports["name"]))
    close = process.extract(fold(word), names, scorer=fuzz.WRatio, limit=SHOWN, score_cutoff=NEAR)
    like = [f"{ports['name'][at]} ({ports['port'][at]})" for _, _, at in close]
    return InputError(
        f"unknown_{field}",
        Text(
            f"No seaport is called {word!r}. Type its UN/LOCODE (NLRTM) or its English name"
            + (f"; nearly so are called: {', '.join(like)}." if like else "."),
            f"没有名为 {word!r} 的海港。请输入其 UN/LOCODE（如 NLRTM）或英文名称"
            + (f"；名称相近的有：{'、'.join(like)}。" if like else "。"),
        ),
        field=field,
        valid=[ports["port"][at] for _, _, at in close],
        nearest=ports["port"][close[0][2]] if close else None,
    )


def _ambiguous(found: pl.DataFrame, word: str, field: str) -> InputError:
    listed = [f"{row['name']} ({row['port']}, {row['economy']})" for row in found.sort("port").to_dicts()]
    return InputError(
        f"ambiguous_{field}",
        Text(
            f"{found.height} seaports are called {word!r}: {', '.join(listed[:SHOWN])}. Type the code.",
            f"名为 {word!r} 的海港有 {found.height} 个：{'、'.join(listed[:SHOWN])}。请输入代码。",
        ),
        field=field,
        valid=found["port"].sort().to_list(),
    )
