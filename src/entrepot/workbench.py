"""The store of this machine and the questions one can ask of it: what every surface stands on."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from entrepot.analyses.asking import read_ahead
from entrepot.analyses.availability import availability
from entrepot.analyses.brief import Brief, brief
from entrepot.analyses.build import build
from entrepot.analyses.built import market_page, product_page
from entrepot.analyses.candidates import choices, income_of
from entrepot.analyses.carried import CarriedTrade, carried
from entrepot.analyses.columns import weightable
from entrepot.analyses.compare import compare
from entrepot.analyses.competitors import competitors
from entrepot.analyses.coverage import coverage, told
from entrepot.analyses.economy import economy as economy_overview
from entrepot.analyses.flows_page import FlowsPage, flows
from entrepot.analyses.group_words import GROUP_WORDS
from entrepot.analyses.history import history
from entrepot.analyses.iit_sources import iit_sources
from entrepot.analyses.iit_tables import iit_tables
from entrepot.analyses.intraindustry import iit
from entrepot.analyses.overview import Overview
from entrepot.analyses.partners import partner_lists
from entrepot.analyses.pinyin import initials, pinyin
from entrepot.analyses.power import power
from entrepot.analyses.power_changes import power_change, power_elasticities, power_leaders, power_roads
from entrepot.analyses.product import product as product_overview
from entrepot.analyses.product_words import words_of_products
from entrepot.analyses.questions import markets, priorities, products
from entrepot.analyses.result import Result
from entrepot.analyses.sea_route import sea_route
from entrepot.analyses.search import search
from entrepot.analyses.weights import preset_descriptions, preset_names, presets
from entrepot.analyses.world import World, world_of
from entrepot.core.errors import EntrepotError, check_choice
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.entries import FAMILIES, every_indicator
from entrepot.formulas.symbols import symbols_of
from entrepot.ingest.embedded import ensure_published
from entrepot.store import Build, Snapshot, Store

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

    def markets(self, exporter: str, product: str | Sequence[str], **options: Any) -> Result:
        """Every market for an exporter's product, ranked; see `entrepot.analyses.questions.markets`."""
        return markets(self.snapshot, exporter, product, **options)

    def products(self, exporter: str, market: str, **options: Any) -> Result:
        """Every product for a market, ranked; see `entrepot.analyses.questions.products`."""
        return products(self.snapshot, exporter, market, **options)

    def priorities(self, exporter: str, **options: Any) -> Result:
        """The best product-market pairs of an exporter; see `entrepot.analyses.questions.priorities`."""
        return priorities(self.snapshot, exporter, **options)

    def competitors(self, product: str | Sequence[str], market: str, **options: Any) -> Result:
        """Every exporter of a product in a market; see `entrepot.analyses.competitors.competitors`."""
        return competitors(self.snapshot, product, market, **options)

    def compare(
        self, exporter: str, product: str | Sequence[str], markets: str | Sequence[str], **options: Any
    ) -> Result:
        """Two to four markets side by side; see `entrepot.analyses.compare.compare`."""
        return compare(self.snapshot, exporter, product, markets, **options)

    def availability(self, exporter: str, product: str | Sequence[str], **options: Any) -> Result:
        """Which parameters the markets have; see `entrepot.analyses.availability.availability`."""
        return availability(self.snapshot, exporter, product, **options)

    def history(self, exporter: str, product: str | Sequence[str], market: str, **options: Any) -> Result:
        """One flow year by year; see `entrepot.analyses.history.history`."""
        return history(self.snapshot, exporter, product, market, **options)

    def carried(self, to: str, **options: Any) -> CarriedTrade:
        """A year of a data set in another vintage of the HS, in SITC or BEC; see `entrepot.analyses.carried.carried`."""
        return carried(self.snapshot, to, **options)

    def mirror(self, data: str | None = None, **chosen: Any) -> pl.DataFrame:
        """What both sides told of the flows of a data set, and their gap; see `entrepot.store.Snapshot.mirror`."""
        snapshot = self.snapshot
        return snapshot.mirror(data, chosen.pop("years", snapshot.dataset(data).years), **chosen)

    def economy(self, economy: str, **options: Any) -> Overview:
        """Overview of an economy: what it sells and buys, to whom; see `entrepot.analyses.economy.economy`."""
        return economy_overview(self.snapshot, economy, **options)

    def product(self, product: str, **options: Any) -> Overview:
        """Overview of a product: who sells, who buys, at what prices; see `entrepot.analyses.product.product`."""
        return product_overview(self.snapshot, product, **options)

    def brief(self, exporter: str, product: str, market: str | Sequence[str], **options: Any) -> Brief:
        """What a market brief is made of, for one to three markets; see `entrepot.analyses.brief.brief`."""
        return brief(self.snapshot, exporter, product, market, **options)

    def search(self, q: str, *, lang: Language = "en", **options: Any) -> dict[str, Any]:
        """Economies, groups and products by whatever someone types; see `entrepot.analyses.search.search`."""
        check_choice("lang", lang, LANGUAGES)
        return search(self.world, q, lang=lang, **options)

    def route(self, start: str, end: str, **options: Any) -> Result:
        """The way by sea from one port to another; see `entrepot.analyses.sea_route.sea_route`."""
        return sea_route(self.snapshot, start, end, **options)

    def build(self, **options: Any) -> Build:
        """Compute all parameters of all pairs that trade once and keep them; see `entrepot.analyses.build.build`."""
        return build(self.store, **options)

    def product_page(self, product: str, **options: Any) -> pl.DataFrame:
        """Every exporter and market of a product, from a build; see `entrepot.analyses.built.product_page`."""
        return product_page(self.snapshot, product, **options)

    def market_page(self, exporter: str, market: str, **options: Any) -> pl.DataFrame:
        """Every product that an exporter sells in a market, from a build; see `entrepot.analyses.built.market_page`."""
        return market_page(self.snapshot, exporter, market, **options)

    def flows(self, **options: Any) -> FlowsPage:
        """Every parameter of a product's or a pair's flows, from a build; see `entrepot.analyses.flows_page.flows`."""
        return flows(self.snapshot, **options)

    def choices(self, lang: Language = "en") -> dict[str, list[dict[str, Any]]]:
        """What the option `among` may name: regions, income groups, blocs, agreements in force, with their members."""
        check_choice("lang", lang, LANGUAGES)
        return choices(self.world, lang)

    def power(self, **options: Any) -> Result:
        """Who has trade power, by share or by price; see `entrepot.analyses.power.power`. `method="compare"`: all methods."""
        if options.get("method") in ("compare", "all"):
            return power_elasticities(self.snapshot, **{**options, "method": None})
        return power(self.snapshot, **options)

    def power_change(self, economy: str, **options: Any) -> Result:
        """Where an economy's change of power comes from; see `entrepot.analyses.power_changes.power_change`."""
        return power_change(self.snapshot, economy, **options)

    def power_roads(self, economy: str, **options: Any) -> Result:
        """The road and the stage of each export product; see `entrepot.analyses.power_changes.power_roads`."""
        return power_roads(self.snapshot, economy, **options)

    def power_leaders(self, **options: Any) -> Result:
        """Who leads in each product; see `entrepot.analyses.power_changes.power_leaders`."""
        return power_leaders(self.snapshot, **options)

    def power_elasticities(self, **options: Any) -> Result:
        """Elasticities by all methods; see `entrepot.analyses.power_changes.power_elasticities`."""
        return power_elasticities(self.snapshot, **options)

    def iit(self, reporter: str, **options: Any) -> Result:
        """Intra-industry trade, its kinds, competitiveness; see `entrepot.analyses.intraindustry.iit`."""
        return iit(self.snapshot, reporter, **options)

    def iit_sources(self, reporter: str, **options: Any) -> Result:
        """Where a change of intra-industry trade comes from; see `entrepot.analyses.iit_sources.iit_sources`."""
        return iit_sources(self.snapshot, reporter, **options)

    def iit_tables(self, reporter: str, **options: Any) -> list[Result]:
        """What the four tables of the source of 2006 stand on; see `entrepot.analyses.iit_tables.iit_tables`."""
        return iit_tables(self.snapshot, reporter, **options)

    def partner_lists(self, lang: Language = "en") -> list[dict[str, Any]]:
        """The committed lists of partners, each with its name and source."""
        check_choice("lang", lang, LANGUAGES)
        return [
            {"id": name, "name": Text(rows[0]["name_en"], rows[0]["name_zh"]).say(lang), "source": rows[0]["source"]}
            for name, rows in partner_lists().items()
        ]

    def economies(self, lang: Language = "en") -> list[dict[str, Any]]:
        """Economies and groups that may be typed: economies by code, former ones (`historical`) among them, then groups."""
        check_choice("lang", lang, LANGUAGES)
        world = self.world
        rows = {row["iso3"]: row for row in world.economies.iter_rows(named=True)}
        listed = []
        for code, place in world.places.by_code.items():
            row = rows.get(code, {})
            region, subregion = (
                Text(row.get(f"{area}_en") or "", row.get(f"{area}_zh") or "") for area in ("region", "subregion")
            )
            listed.append(
                {
                    "code": code,
                    "name": place.name.say(lang),
                    "name_en": place.name.en,
                    "name_zh": place.name.zh,
                    "aliases": list(GROUP_WORDS.get(code, ()) if place.is_group else row.get("aliases") or ()),
                    "m49": row.get("m49"),
                    "pinyin": pinyin(place.name.zh),
                    "initials": initials(place.name.zh),
                    "region": region.say(lang) or None,
                    "subregion": subregion.say(lang) or None,
                    "income": income_of(row.get("income_group")),
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
        words = words_of_products()
        sections = dict(world.snapshot.reference("products").select("code", "section").iter_rows())
        return [
            {
                "code": good.code,
                "level": good.level,
                "name": good.name.say(lang),
                "name_en": good.name.en,
                "name_zh": good.name.zh,
                "initials": initials(good.name.zh),
                "words": list(words.get(good.code, ())),
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

    def coverage(self, lang: Language = "en") -> dict[str, Any]:
        """What the store covers: years, economies and sources by data set and table; see `entrepot.analyses.coverage`."""
        check_choice("lang", lang, LANGUAGES)
        return told(coverage(self.snapshot), lang)

    def indicators(self, lang: Language = "en", family: str | None = None) -> dict[str, Any]:
        """Every column with its formula, what its letters mean, undefined cases and source, and the presets of weights.

        Parameters
        ----------
        family : finder, power, intraindustry, overview or allocation; all of them if not given.
        """
        check_choice("lang", lang, LANGUAGES)
        if family is not None:
            check_choice("family", family, list(FAMILIES))
        may_weigh = weightable()
        listed = [
            {
                "id": entry.id,
                "family": of,
                "name": entry.name.say(lang),
                "unit": entry.unit,
                "direction": entry.direction,
                "meaning": entry.meaning.say(lang),
                "formula": entry.formula,
                "symbols": [
                    {"symbol": symbol, "meaning": meaning.say(lang)}
                    for symbol, meaning in symbols_of(entry.formula, of).items()
                ],
                "needs": [name for name in FAMILIES[of].needs(entry.id) if name in FAMILIES[of].entries],
                "undefined": entry.undefined.say(lang),
                "source": entry.source,
                "invariances": list(entry.invariances),
                "reference": entry.reference,
                "weightable": of == "finder" and entry.id in may_weigh,
            }
            for of, entry in every_indicator()
            if family in (None, of)
        ]
        named = [
            {
                "id": name,
                "name": preset_names()[name].say(lang),
                "description": preset_descriptions()[name].say(lang),
                "weights": weights,
            }
            for name, weights in presets().items()
        ]
        return {"indicators": listed, "presets": named}

    def studies(self, lang: Language = "en") -> list[dict[str, Any]]:
        """Every finished study that was given a name: title, day, rows; of one that cannot be read, why."""
        check_choice("lang", lang, LANGUAGES)
        held, listed = self.store.studies, []
        for name in held.names():
            line: dict[str, Any] = {"name": name, "title": name, "finished": None, "rows": None, "problem": None}
            try:
                told = held.get(name)[lang]
                line |= {"title": told["title"] or name, "finished": held.finished(name), "rows": told["rows"]}
            except (EntrepotError, OSError) as why:
                line["problem"] = why.message.say(lang) if isinstance(why, EntrepotError) else str(why.strerror)
            listed.append(line)
        return listed

    def study(self, name: str, lang: Language = "en") -> dict[str, Any]:
        """A finished study: what it rests on, its tables, figures and notes; see `entrepot.report.study.run_study`."""
        check_choice("lang", lang, LANGUAGES)
        held = self.store.studies
        told = held.get(name)[lang]
        return {"name": name, **told, "finished": held.finished(name), "files": held.files(name)}

    def study_file(self, name: str, part: str, form: str) -> bytes:
        """A file of a finished study, as it was written: part and format by `entrepot.store.studies.FILES`."""
        return self.store.studies.file(name, part, form)


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
