"""Sea distances with passages closed: which canals and straits there are, and how far it is without some of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import InputError, check_choice
from entrepot.core.kept import Kept
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.distance import (
    PairDistances,
    geography_of,
    pair_distances,
    rules_of,
    sea_lanes,
    sea_leg_km,
)

if TYPE_CHECKING:
    from entrepot.analyses.world import World

NAMES: dict[str, Text] = {
    "babalmandab": Text("Bab el-Mandeb", "曼德海峡"),
    "bering": Text("Bering Strait", "白令海峡"),
    "bosporus": Text("Bosporus", "博斯普鲁斯海峡"),
    "chili": Text("channels of Tierra del Fuego", "火地岛水道"),
    "dardanelles": Text("Dardanelles", "达达尼尔海峡"),
    "gibraltar": Text("Strait of Gibraltar", "直布罗陀海峡"),
    "malacca": Text("Strait of Malacca", "马六甲海峡"),
    "northwest": Text("Northwest Passage", "西北航道"),
    "ormuz": Text("Strait of Hormuz", "霍尔木兹海峡"),
    "panama": Text("Panama Canal", "巴拿马运河"),
    "south_africa": Text("Cape of Good Hope", "好望角"),
    "suez": Text("Suez Canal", "苏伊士运河"),
    "sunda": Text("Sunda Strait", "巽他海峡"),
}
_kept = Kept[PairDistances](limit=8)


def parse_passages(given: str | Iterable[str]) -> str | None:
    """Passages as they were typed, in one spelling: sorted, once each, parted by commas; None where there are none.

    Examples
    --------
    >>> parse_passages("Suez, south africa"), parse_passages(["panama"]), parse_passages(" ")
    ('south_africa,suez', 'panama', None)
    """
    words: Any = given.replace("，", ",").replace("、", ",").split(",") if isinstance(given, str) else given
    if not isinstance(words, Iterable) or not all(isinstance(word, str) for word in words):
        raise InputError(
            "bad_without",
            Text(
                f"without is {given!r}; write names of passages, parted by commas.",
                f"without 为 {given!r}；请写通道名称，以逗号分隔。",
            ),
            field="without",
        )
    spelt = {word.strip().casefold().replace(" ", "_").replace("-", "_") for word in words}
    return ",".join(sorted(spelt - {""})) or None


def check_distance(without: str | None, distance: str) -> None:
    """Refuse to close passages for distances that pass none.

    Raises
    ------
    InputError
        ``without_needs_sea``.
    """
    if without is not None and distance != "sea":
        raise InputError(
            "without_needs_sea",
            Text(
                f"without closes passages of the sea lanes, and distance {distance} does not follow them. Add distance sea.",
                f"without 用于关闭航线通道，而 distance {distance} 不沿航线计算。请改用 distance sea。",
            ),
            field="without",
            valid=["sea"],
            nearest="sea",
        )


def passages_of(world: "World") -> tuple[str, ...]:
    """The passages of the world's lanes, in alphabetical order."""
    return tuple(world.snapshot.reference("lanes")["passage"].drop_nulls().unique().sort())


def check_passages(world: "World", without: str | None) -> None:
    """Refuse a passage that is not on the lanes, naming those that are.

    Raises
    ------
    InputError
        ``unknown_without``.
    """
    if without is not None:
        for name in without.split(","):
            check_choice("without", name, passages_of(world))


def sea_without(world: "World", without: str) -> PairDistances:
    """Sea distances of all pairs of economies with some passages closed, besides those that the rules close.

    The same ports and rules as the distances of the table `pairs`; about two seconds, and the last few are kept.

    Parameters
    ----------
    without : as `parse_passages` gives them.
    """
    return _kept.get((world.snapshot.home, world.snapshot.id, without), lambda: _computed(world, without))


def _computed(world: "World", without: str) -> PairDistances:
    economies, borders, ports, main_ports, lanes, harbours, throughput = (
        world.table(name) for name in ("economies", "borders", "ports", "main_ports", "lanes", "harbours", "throughput")
    )
    rules = rules_of(economies, main_ports, harbours, throughput)
    geography = geography_of(economies, borders, ports, main_ports, rules)
    closed = sorted({*rules.closed_passages, *without.split(",")})
    legs = sea_leg_km(geography.port_lat, geography.port_lon, sea_lanes(lanes), without=closed)
    found = pair_distances(geography, legs, rules)
    return PairDistances(np.round(found.km, 3), found.rule)  # to the metre, as in the table


def names_of(without: str) -> list[Text]:
    """What closed passages are called.

    Examples
    --------
    >>> [name.en for name in names_of("panama,suez")]
    ['Panama Canal', 'Suez Canal']
    """
    return [NAMES.get(name, Text(name, name)) for name in without.split(",")]


def note_of(without: str, closed: Values, usual: Values) -> Text:
    """What closing the passages did to the rows of an answer.

    Parameters
    ----------
    closed, usual : distances of the rows with the passages closed, and with them open; NaN where there is none.
    """
    names = names_of(without)
    farther = int((closed > usual + 0.5).sum())
    cut_off = int((np.isnan(closed) & np.isfinite(usual)).sum())
    rows = len(closed)
    return Text(
        f"Sea distances with these closed, computed anew for all pairs: {', '.join(name.en for name in names)}. Of {rows} rows "
        f"{farther} are farther than with them open, {cut_off} have no way left. Costs and time of the detour are not in them.",
        f"海运距离按以下通道关闭重新计算：{'、'.join(name.zh for name in names)}。{rows} 行中 {farther} 行距离变长，{cut_off} 行无路可通。"
        "不含绕行的费用与时间。",
    )
