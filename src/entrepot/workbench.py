"""The store of this machine and the questions one can ask of it: what every surface stands on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from entrepot.analyses.asking import read_ahead
from entrepot.analyses.columns import weightable
from entrepot.analyses.history import history
from entrepot.analyses.questions import markets, priorities, products
from entrepot.analyses.result import Result
from entrepot.analyses.weights import preset_names, presets
from entrepot.analyses.world import World, world_of
from entrepot.core.errors import check_choice
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.compute import indicators
from entrepot.ingest.embedded import ensure_published
from entrepot.store import Snapshot, Store

Progress = Callable[[str, float], None]


class Workbench:
    """Questions and lists on one store. Each call reads the store's current version once.

    Examples
    --------
    >>> bench = open_workbench()  # doctest: +SKIP
    >>> bench.markets("CHL", "2603", year=2024).frame.head()  # doctest: +SKIP
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def snapshot(self) -> Snapshot:
        """The store's current version."""
        return self.store.snapshot()

    @property
    def world(self) -> World:
        """The reference side of the current version."""
        return world_of(self.snapshot)

    def read_ahead(self) -> None:
        """Read what a server's first questions will ask for."""
        read_ahead(self.snapshot)

    def markets(self, exporter: str, product: str, **options: Any) -> Result:
        """Every market for an exporter's product, ranked; see `entrepot.analyses.questions.markets`."""
        return markets(self.snapshot, exporter, product, **options)

    def products(self, exporter: str, market: str, **options: Any) -> Result:
        """Every product for a market, ranked; see `entrepot.analyses.questions.products`."""
        return products(self.snapshot, exporter, market, **options)

    def priorities(self, exporter: str, **options: Any) -> Result:
        """The best product-market pairs of an exporter; see `entrepot.analyses.questions.priorities`."""
        return priorities(self.snapshot, exporter, **options)

    def history(self, exporter: str, product: str, market: str, **options: Any) -> Result:
        """One flow year by year; see `entrepot.analyses.history.history`."""
        return history(self.snapshot, exporter, product, market, **options)

    def economies(self, lang: Language = "en") -> list[dict[str, Any]]:
        """Economies and groups that may be typed, current ones first."""
        check_choice("lang", lang, LANGUAGES)
        world = self.world
        rows = {row["iso3"]: row for row in world.economies.iter_rows(named=True)}
        listed = []
        for code, place in world.places.by_code.items():
            row = rows.get(code, {})
            region = Text(row.get("region_en") or "", row.get("region_zh") or "")
            listed.append(
                {
                    "code": code,
                    "name": place.name.say(lang),
                    "name_en": place.name.en,
                    "name_zh": place.name.zh,
                    "aliases": list(row.get("aliases") or []),
                    "m49": row.get("m49"),
                    "region": region.say(lang) or None,
                    "historical": code in world.places.historical,
                    "group": place.is_group,
                    "members": list(place.members),
                }
            )
        return listed

    def product_list(self, data: str | None = None, lang: Language = "en") -> list[dict[str, Any]]:
        """The products of a data set, HS4 and HS6, by code."""
        check_choice("lang", lang, LANGUAGES)
        world = self.world
        dataset = world.snapshot.dataset(data)
        sections = dict(world.snapshot.reference("products").select("code", "section").iter_rows())
        return [
            {
                "code": good.code,
                "level": good.level,
                "name": good.name.say(lang),
                "name_en": good.name.en,
                "name_zh": good.name.zh,
                "section": sections.get(good.code),
                "complete": good.complete,
                "hs6_present": good.present,
                "hs6_total": good.total,
            }
            for good in sorted(world.goods(dataset.name).by_code.values(), key=lambda good: good.code)
        ]

    def datasets(self, lang: Language = "en") -> dict[str, Any]:
        """The data sets of the store, and which is used where none is named."""
        check_choice("lang", lang, LANGUAGES)
        snapshot = self.snapshot
        listed = [
            {
                "name": found.name,
                "title": found.info.title.say(lang),
                "classification": found.info.classification,
                "years": list(found.years),
                "release": found.info.release,
                "licence": found.info.licence,
                "source": found.info.source,
            }
            for found in snapshot.datasets.values()
        ]
        return {"default": snapshot.default_data, "datasets": listed}

    def indicators(self, lang: Language = "en") -> dict[str, Any]:
        """Every column with its formula, undefined cases and source, and the presets of weights."""
        check_choice("lang", lang, LANGUAGES)
        may_weigh = weightable()
        listed = [
            {
                "id": entry.id,
                "name": entry.name.say(lang),
                "unit": entry.unit,
                "direction": entry.direction,
                "meaning": entry.meaning.say(lang),
                "formula": entry.formula,
                "undefined": entry.undefined.say(lang),
                "source": entry.source,
                "weightable": entry.id in may_weigh,
            }
            for entry in indicators().values()
        ]
        named = [
            {"id": name, "name": preset_names()[name].say(lang), "weights": weights}
            for name, weights in presets().items()
        ]
        return {"indicators": listed, "presets": named}


def open_workbench(home: Path | None = None, progress: Progress | None = None) -> Workbench:
    """The workbench of this machine; an empty store is filled with the embedded data set first.

    Parameters
    ----------
    home : folder of the store; default $ENTREPOT_HOME, else the user's data folder.
    progress : called with a label and the fraction done while the embedded set is published.

    Raises
    ------
    StoreError
        If the store is damaged, locked or of another version.
    """
    store = Store(home)
    ensure_published(store, lambda done, total: progress("embedded data set", done / total) if progress else None)
    return Workbench(store)
