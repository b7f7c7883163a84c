"""The rows of an answer: one exporter's markets for one product, every column, with origins and reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.block import Block, Geography, all_pairs, build_block, geography, pairs_in_markets
from entrepot.analyses.capacity import Gdp, Grounds, capacity_of, gdp_of, grounds_of
from entrepot.analyses.columns import COLUMN_ORDER, MARKET_CONDITIONS
from entrepot.analyses.directory import Place
from entrepot.analyses.duties import PART_COLUMNS, Duties, duties_of, on_cells
from entrepot.analyses.options import Options
from entrepot.analyses.roster import Matrix, Roster
from entrepot.analyses.trade import Trade
from entrepot.core.kept import Kept
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.compute import indicators, resolve

if TYPE_CHECKING:
    from entrepot.analyses.world import World

# Columns of an answer that are computed; the others are read, or set by the ranking.
COMPUTED = tuple(c for c in COLUMN_ORDER if c in indicators() and indicators()[c].function is not None)
Texts = NDArray[np.object_]
LEDGERS = ("values", "texts", "origin_year", "origin_source", "too_old")  # of Rows: column → one entry per row
FEW_MARKETS = 8  # up to here it is quicker to compute the pairs that trade and these markets than every pair


@dataclass(frozen=True)
class Rows:
    """Columns of the rows compared, each an array with one entry per row.

    `markets`, `products` : what each row is about. `values` : numbers, NaN where null. `texts` : words, "" where null. `origin_year`, `origin_source` : the companions of
    reference values. `too_old` : where a reference value was left out for its age. `traded` : whether anything was traded
    in the window. `coverage` : of a basket, column → share of the market's size on which the number rests.
    """

    markets: tuple[str, ...]
    products: tuple[str, ...]
    values: dict[str, Values]
    texts: dict[str, Texts]
    origin_year: dict[str, Values] = field(default_factory=dict)
    origin_source: dict[str, Texts] = field(default_factory=dict)
    too_old: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    traded: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    coverage: dict[str, Values] = field(default_factory=dict)

    def take(self, places: Codes) -> "Rows":
        """The rows at these places, in this order."""
        return Rows(
            markets=tuple(self.markets[k] for k in places.tolist()),
            products=tuple(self.products[k] for k in places.tolist()),
            traded=self.traded[places],
            **{of: {name: x[places] for name, x in getattr(self, of).items()} for of in LEDGERS},
            coverage={name: x[places] for name, x in self.coverage.items()},
        )


@dataclass(frozen=True)
class Setting:
    """All of a question but the product: who asks about whom, when, in which data, how."""

    world: "World"
    data: str
    roster: Roster
    exporter: Place
    year: int
    options: Options

    @property
    def exporter_code(self) -> int:
        """The exporter's integer in the roster."""
        return self.roster.index[self.exporter.code]

    @property
    def place(self) -> Geography:
        """Distances by the chosen provider."""
        return _geography(self.world, self.roster, self.options.distance, self.options.without)

    def gdp(self, years: tuple[int, ...]) -> Gdp:
        """GDP over these years."""
        return _gdp(self.world, self.roster, years)

    def duties(self, product: str) -> Duties | None:
        """Duties on the product; None where the store has no tariffs."""
        reading = self.options.tariff
        key = (self.world, self.data, self.roster, product, self.year, reading)
        return _duties.get(key, lambda: duties_of(self.world, self.roster, self.data, product, self.year, reading))

    def duties_on(self, products: Sequence[str]) -> list[Duties]:
        """Duties on each product; none where the store has no tariffs."""
        return [found for found in map(self.duties, products) if found is not None]

    @property
    def weight_year(self) -> int:
        """The latest complete year not after the analysis year."""
        dataset = self.world.snapshot.dataset(self.data)
        complete = [t for t in dataset.years if t <= self.year and t not in dataset.info.incomplete_years]
        return max(complete, default=self.year)


_geography = lru_cache(maxsize=16)(geography)
_gdp = lru_cache(maxsize=32)(gdp_of)
_blocks = Kept[Block](limit=24)
_duties = Kept[Duties | None](limit=64)


def block_of(setting: Setting, trade: Trade, markets: Codes | None = None) -> Block:
    """The product's block; the last few are kept, since every exporter asks the same block about a product.

    Parameters
    ----------
    markets : if rows in these few markets are all that is wanted; None for any row.
    """
    o = setting.options
    exporter = setting.exporter_code
    window = o.window if o.price_period == "window" else 0
    outsider = -1 if (trade.exporter == exporter).any() else exporter
    world = setting.world.snapshot
    few = markets if markets is not None and len(markets) <= FEW_MARKETS else None
    there = None if few is None else few.tobytes()
    choices = (o.basis, o.average, o.price_period, o.missing, o.distance, o.without, o.tariff, window, outsider, there)
    key = (world.home, world.id, setting.data, setting.roster, trade.product, setting.year, choices)

    def build() -> Block:
        cells = all_pairs(trade, exporter) if few is None else pairs_in_markets(trade, exporter, few)
        return build_block(trade, cells, setting.place, o, setting.weight_year, setting.duties_on([trade.product]))

    return _blocks.get(key, build)


def markets_of(trade: Trade, window: int, exporter: int) -> Codes:
    """Every economy but the exporter that imported the product from anyone in the window."""
    imported = np.nansum(trade.imports[-window:], axis=0) > 0
    imported[exporter] = False
    return np.flatnonzero(imported)


def compute_rows(setting: Setting, trade: Trade, markets: Codes) -> Rows:
    """Every column for the exporter's rows in these markets, with the years, sources and names behind them."""
    known, good = _known(setting, trade, markets), np.zeros(len(markets), dtype=np.intp)
    return rows_from(setting, trade, good, markets, known, setting.duties_on([trade.product]))


def rows_from(
    setting: Setting,
    trade: Trade,
    good: Codes,
    markets: Codes,
    known: Mapping[str, Any],
    duties: Sequence[Duties],
) -> Rows:
    """Every column of an exporter's rows from what they are computed from.

    Parameters
    ----------
    good, markets : place of each row's product among those of `trade`, and its market.
    known : as `_known` gives it.
    duties : on each product of `trade`; none where the store has no tariffs.
    """
    have, names = resolve(COMPUTED, known), trade.products if trade.goods > 1 else [trade.product]
    rows = Rows(
        markets=tuple(setting.roster.codes[j] for j in markets.tolist()),
        products=tuple(names[p] for p in good.tolist()),
        values=numbers_of(have),
        texts={"growth_basis": have["growth_basis"].astype(object)},
        traded=np.nansum(known["history"], axis=0) > 0,
    )
    seller = np.full(len(markets), setting.exporter_code)
    add_pair_facts(rows, setting, seller, markets)
    add_conditions(rows, setting, markets)
    if duties:
        found = on_cells(duties, good, seller, markets)
        add_duties(rows, {**found.numbers, **{column: words[found.at] for column, words in found.words.items()}})
    gdp, window = setting.gdp(trade.years), setting.options.window
    own, theirs = (
        grounds_of(flows, gdp, window).at(good * trade.economies + side)
        for flows, side in ((trade.exports, seller), (trade.imports, markets))
    )
    add_grounds(rows, own, theirs, gdp.source[seller], gdp.source[markets])
    return rows


def moved_values(setting: Setting, trade: Trade, markets: Codes, columns: Iterable[str]) -> dict[str, Values]:
    """Some computed columns of the same rows, as another window (that of `setting`) would have them."""
    return numbers_of(resolve([c for c in columns if c in COMPUTED], _known(setting, trade, markets)))


def _known(setting: Setting, trade: Trade, markets: Codes) -> dict[str, Any]:
    """What the columns of the rows are computed from: the block's cells, the window's history, supply and demand."""
    options, exporter = setting.options, setting.exporter_code
    known = block_of(setting, trade, markets).rows_of(exporter, markets)
    bilateral = options.basis == "bilateral"
    history = trade.history(exporter)[:, markets] if bilateral else trade.imports[:, markets]
    return {**known, **known_besides(setting, trade, np.full(len(markets), exporter), markets, history)}


def known_besides(setting: Setting, trade: Trade, seller: Codes, buyer: Codes, history: Matrix) -> dict[str, Any]:
    """What rows are computed from besides the block: their flows in the window, their exporters' supply, markets' demand.

    Parameters
    ----------
    seller, buyer : place of each row's exporter and market among the economies of `trade`.
    history : flows by year of the longest window, shape (years, rows).
    """
    options, gdp = setting.options, setting.gdp(trade.years)
    return {
        "exponent": options.exponent,
        # In one layout, since the order in which years are added up follows from it.
        "history": np.ascontiguousarray(history[-options.window :]),
        "data_years": int(trade.held[-options.window :].sum()),
        "supply": capacity_of(trade.exports, gdp, options.window, options.exponent)[seller],
        "demand": capacity_of(trade.imports, gdp, options.window, options.exponent)[buyer],
    }


def numbers_of(have: Mapping[str, Any]) -> dict[str, Values]:
    """Of what was computed, the columns of an answer that are numbers."""
    return {name: x for name, x in have.items() if name in COLUMN_ORDER and x.dtype.kind == "f"}


def add_pair_facts(rows: Rows, setting: Setting, sellers: Codes, markets: Codes) -> None:
    """Distance and agreements, which hold for any product.

    Parameters
    ----------
    sellers, markets : place of each row's exporter and market in the roster.
    """
    world, roster, without = setting.world, setting.roster, setting.options.without
    provider = setting.options.distance
    # Many rows are about the same pair, of which everything is put into words once.
    pairs, row = np.unique(sellers * len(roster.codes) + markets, return_inverse=True)
    i, j = np.divmod(pairs, len(roster.codes))
    rows.values["distance_km"] = setting.place.km[sellers, markets]
    said_of = provider if without is None else f"{provider} without {without}"
    rule = np.full(len(pairs), said_of, dtype=object)
    if not roster.groups:
        rules = world.distance_rule(provider, without)[i, j]
        rule = np.array([f"{said_of}: {said}" if said else said_of for said in rules], dtype=object)
    rows.origin_source["distance_km"] = rule[row]
    rows.origin_year["distance_km"] = np.full(len(row), np.nan)
    fta, names, dates, source = _agreements(setting, i, j)
    rows.values["fta"], rows.texts["fta_name"], rows.texts["fta_date"] = fta[row], names[row], dates[row]
    rows.origin_year["fta"] = np.where(np.isfinite(fta[row]), float(setting.year), np.nan)
    rows.origin_source["fta"] = source[row]


def _agreements(setting: Setting, sellers: Codes, markets: Codes) -> tuple[Values, Texts, Texts, Texts]:
    """Of each pair whether it has an agreement, its name, date and source."""
    world, lang, codes = setting.world, setting.options.lang, setting.roster.codes
    absent = 0.0 if world.agreements_complete else np.nan
    fta = np.full(len(markets), absent)
    names, dates, source = (np.full(len(fta), "", dtype=object) for _ in range(3))
    groups = {group.code: group.members for group in setting.roster.groups}
    members = {who: groups.get(codes[who], (codes[who],)) for who in {*sellers.tolist(), *markets.tolist()}}
    of = {i: world.agreements(i, setting.year) for who in set(sellers.tolist()) for i in members[who]}
    for k, (seller, market) in enumerate(zip(sellers.tolist(), markets.tolist(), strict=True)):
        pairs = [of[i].get(j) for i in members[seller] for j in members[market]]
        found = [pair for pair in pairs if pair is not None]
        if found and len(found) == len(pairs):  # a group has an agreement if each of its pairs has
            fta[k] = 1.0
            distinct = dict.fromkeys(pair.names.say(lang) for pair in found)
            names[k] = "; ".join(distinct) if len(distinct) < 3 else found[0].names.say(lang)
            dates[k] = min(pair.since for pair in found)
            source[k] = found[0].source
    return fta, names, dates, source


def add_conditions(rows: Rows, setting: Setting, markets: Codes) -> None:
    """Conditions of the markets, each with its year and source; those of no table are null."""
    world, roster = setting.world, setting.roster
    for column in MARKET_CONDITIONS:
        if column not in world.conditions_loaded:
            rows.values[column] = np.full(len(markets), np.nan)
            continue
        found = world.condition(column, setting.year)
        rows.values[column] = roster.mean(found.value)[markets]
        if roster.groups:
            said = np.full(len(markets), "GDP-weighted mean of members", dtype=object)
            single = [world.index.get(code, -1) for code in rows.markets]
            years = np.array([found.year[s] if s >= 0 else np.nan for s in single])
            source = np.array([found.source[s] if s >= 0 else said[0] for s in single], dtype=object)
            old = np.array([s >= 0 and found.too_old[s] for s in single])
        else:
            years, source, old = found.year[markets], found.source[markets], found.too_old[markets]
        rows.origin_year[column], rows.origin_source[column], rows.too_old[column] = years, source, old


def add_duties(rows: Rows, found: Mapping[str, NDArray[Any]]) -> None:
    """The parts of the duty; without tariffs the columns are not there, and the answer shows them as not loaded."""
    for column in (*PART_COLUMNS, "tariff_lines", "tariff_lines_left_out"):
        rows.values[column] = found[column]
    rows.texts["tariff_basis"] = found["tariff_basis"]
    rows.origin_year["tariff"], rows.origin_source["tariff"] = found["tariff_year"], found["tariff_source"]


def add_grounds(rows: Rows, own: Grounds, theirs: Grounds, my_source: Texts, source: Texts) -> None:
    """On what supply and demand rest; all arguments have one entry per row."""
    defined = np.isfinite(rows.values["sd"])
    for column, mine, others in (("sd_years", own.years, theirs.years), ("gdp_basis", own.basis, theirs.basis)):
        pairs = zip(mine, others, strict=True)
        said = [text if text == my else f"exporter: {my}; market: {text}" for my, text in pairs]
        rows.texts[column] = np.where(defined, np.array(said, dtype=object), "").astype(object)
    for column, years, sources in (("supply", own.last_year, my_source), ("demand", theirs.last_year, source)):
        known = np.isfinite(rows.values[column])
        rows.origin_year[column] = np.where(known, years, np.nan)
        rows.origin_source[column] = np.where(known, sources, "").astype(object)


def stacked(parts: list[Rows]) -> Rows:
    """Rows of several products as one set to be compared; `markets` and products stay aligned with the values."""
    first = parts[0]

    def join(of: str) -> Mapping[str, Any]:
        return {c: np.concatenate([getattr(part, of)[c] for part in parts]) for c in getattr(first, of)}

    return Rows(
        markets=tuple(market for part in parts for market in part.markets),
        products=tuple(product for part in parts for product in part.products),
        traded=np.concatenate([part.traded for part in parts]),
        **{of: dict(join(of)) for of in LEDGERS},
    )
