"""Built parameters: what `entrepot build` computed once of a year of a data set, and from what.

The numbers lie twice in the store, in the order of products and in the order of pairs, so that both a product and a pair
of economies are one short stretch of a file. A build holds for what it was made from, and with which options; once any of that has changed it is told, not used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from entrepot.store.refs import ObjectRef, ref_of, ref_to_dict


@dataclass(frozen=True, slots=True)
class Part:
    """One object of a build, with the first and the last product (or exporter) in it."""

    ref: ObjectRef
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Build:
    """The parameters of every pair that trades, for one year and one set of options.

    Parameters
    ----------
    year, level : analysis year; digits of the products.
    options : with which they were computed.
    made_from : what they were computed from: the content of the flows and tables by name, and the program's version.
    created : UTC, ISO 8601.
    by_product : objects sorted by product, exporter, importer.
    by_pair : the same rows sorted by exporter, importer, product.
    """

    year: int
    level: int
    options: Mapping[str, Any]
    made_from: Mapping[str, str]
    created: str
    by_product: tuple[Part, ...]
    by_pair: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All its objects."""
        return (*self.by_product, *self.by_pair)

    @property
    def rows(self) -> int:
        """How many cells it holds."""
        return sum(part.ref.rows for part in self.by_product)

    def same_question(self, other: "Build") -> bool:
        """Whether one takes the place of the other."""
        return (self.year, self.level, dict(self.options)) == (other.year, other.level, dict(other.options))

    def changed(self, made_from: Mapping[str, str]) -> list[str]:
        """What is no longer as it was when this was computed; empty where the numbers still hold."""
        names = self.made_from.keys() | made_from.keys()
        return sorted(name for name in names if self.made_from.get(name) != made_from.get(name))


def build_to_dict(build: Build) -> dict[str, Any]:
    """The build as JSON."""
    return {
        "year": build.year,
        "level": build.level,
        "options": dict(build.options),
        "made_from": dict(build.made_from),
        "created": build.created,
        "by_product": [_part_to_dict(part) for part in build.by_product],
        "by_pair": [_part_to_dict(part) for part in build.by_pair],
    }


def builds_of(raw: Iterable[Mapping[str, Any]]) -> tuple[Build, ...]:
    """Builds from their JSON form."""
    return tuple(
        Build(
            int(entry["year"]),
            int(entry["level"]),
            dict(entry["options"]),
            {str(name): str(content) for name, content in entry["made_from"].items()},
            str(entry["created"]),
            tuple(map(_part_of, entry["by_product"])),
            tuple(map(_part_of, entry["by_pair"])),
        )
        for entry in raw
    )


def _part_to_dict(part: Part) -> dict[str, Any]:
    return {**ref_to_dict(part.ref), "first": part.first, "last": part.last}


def _part_of(raw: Mapping[str, Any]) -> Part:
    return Part(ref_of(raw), str(raw["first"]), str(raw["last"]))
