"""A chart before it is drawn: what stands on its axes and what is in it; also what REST gives to whoever draws himself."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from entrepot.core.indicator import Unit
from entrepot.core.text import Language

Kind = Literal["bars", "path", "curve", "stack", "scatter", "stages", "waterfall"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what it says, its unit, whether it is logarithmic."""

    label: str
    unit: Unit
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True, slots=True)
class Series:
    """What shares a colour.

    Parameters
    ----------
    id, name : column or code, and what the legend says.
    values : per category (bars, stack, waterfall) or point (path, curve, scatter, stages); None where there is none.
    x : per point; years or numbers.
    labels, sizes : per point of a scatter: its name, and a share that gives its area.
    """

    id: str
    name: str
    values: tuple[float | None, ...]
    x: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    sizes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the x axis with a name, such as a stage; None is open."""

    start: float | None
    end: float | None
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data.

    Parameters
    ----------
    kind : bars, path (lines over years), curve (lines over any numbers), stack, scatter, stages (scatter with bands), waterfall.
    title, source : above and below.
    categories : one per bar; empty for points.
    ends : what stands at the end of each bar; empty where nothing does.
    lines : horizontal and vertical lines worth seeing, as ("x" or "y", value).
    """

    kind: Kind
    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    categories: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    lines: tuple[tuple[str, float], ...] = ()
    source: str = ""
    lang: Language = "en"

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        told = asdict(self)
        for band in told["bands"]:
            band["from"], band["to"] = band.pop("start"), band.pop("end")
        return told
