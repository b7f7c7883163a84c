"""`entrepot build`: every parameter of every pair that trades, computed once and kept in the store.

The numbers come from the same blocks and formulas as those of a question; only the rows differ: not one exporter's, but
all that trade. Under the bilateral basis no other pair enters any sum, so nothing else has to be computed for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.asking import LEVELS, check_year, goods_at
from entrepot.analyses.block import build_block, trading_pairs
from entrepot.analyses.built import CHOICES, made_from
from entrepot.analyses.capacity import grounds_of
from entrepot.analyses.duties import on_cells
from entrepot.analyses.many import FLOWS_PER_BLOCK, FLOWS_PER_PART, in_parts
from entrepot.analyses.options import Options
from entrepot.analyses.rows import COMPUTED, Setting, known_besides
from entrepot.analyses.trade import Trade
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text
from entrepot.cube.cells import Codes
from entrepot.formulas.compute import resolve
from entrepot.scale.blocks import pack
from entrepot.scale.runs import Runs
from entrepot.store import Build, Part, Publication, Store
from entrepot.tables.cells import NUMBERS, WORDS, YEARS

if TYPE_CHECKING:
    from entrepot.store import Snapshot

Progress = Callable[[str, float], None]
PAIR_ORDER = "order"  # exporter, importer and product of a row as one number, sorted quicker than three columns
COMPUTING = 0.75  # of the time of a build; the rest is the second order


def build(
    store: Store,
    *,
    data: str | None = None,
    year: int | None = None,
    level: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Build:
    """Compute every parameter of every pair that trades a product in a year, and publish them.

    Parameters
    ----------
    store : where the data are, and where the numbers go.
    data, year : default the latest year of the default data set.
    level : digits of the products, 4 or 6; default those of the data set.
    progress : called with what is being done and the fraction that is done.
    **options : those of `Options` that change a number; the basis is "bilateral".

    Returns
    -------
    Build
        As it stands in the store. It takes the place of an earlier one for the same year, level and options.

    Raises
    ------
    InputError
        For anything unknown; ``bad_basis`` for the basis "world", whose rows are all pairs, trading or not.
    """
    chosen = _options(options)
    with store.publishing() as publication:
        snapshot = store.snapshot()
        setting, digits = _setting(snapshot, data, year, level, chosen)
        parts = _publish(publication, setting, digits, progress or (lambda label, fraction: None))
        made = Build(
            setting.year,
            digits,
            {name: getattr(chosen, name) for name in CHOICES},
            made_from(snapshot, setting.data, setting.year, chosen.without),
            datetime.now(UTC).isoformat(timespec="seconds"),
            tuple(parts["product"]),
            tuple(parts["exporter"]),
        )
        publication.put_build(setting.data, made)
    return made


def _options(given: Mapping[str, Any]) -> Options:
    chosen = Options.of(**given)
    if chosen.basis != "bilateral":
        raise InputError(
            "bad_basis",
            Text(
                'Only the basis "bilateral" is built; "world" compares pairs that do not trade too, and is computed per request.',
                "仅构建 bilateral 口径；world 口径还需比较未发生贸易的组合，按请求即时计算。",
            ),
            field="basis",
            valid=["bilateral"],
        )
    return chosen


def _setting(
    snapshot: "Snapshot", data: str | None, year: int | None, level: int | None, options: Options
) -> tuple[Setting, int]:
    world = world_of(snapshot)
    dataset = snapshot.dataset(data)
    digits = dataset.info.level if level is None else level
    check_choice("level", digits, LEVELS)
    chosen = check_year(year, list(dataset.years))
    anyone = next(iter(world.places.by_code.values()))
    return Setting(world, dataset.name, world.roster(), anyone, chosen, options), digits


def _publish(publication: Publication, setting: Setting, level: int, progress: Progress) -> dict[str, list[Part]]:
    """Write the cells in the order of products, and, block by block of exporters, in the order of pairs."""
    found: dict[str, list[Part]] = {"product": [], "exporter": []}
    economies, goods = len(setting.roster.codes), len(goods_at(setting.world, setting.data, level))
    with Runs(publication.scratch, PAIR_ORDER, economies * goods) as runs, ThreadPoolExecutor(1) as pool:
        writing: Future[None] | None = None

        def write(frame: pl.DataFrame, by: str) -> None:
            found[by].append(publication.write_cells(frame.drop(PAIR_ORDER), by))
            if by == "product":
                runs.add(frame)

        def begin(frame: pl.DataFrame, by: str) -> None:
            # One frame is written while the next is computed, and no more than these two are in memory.
            nonlocal writing
            if writing is not None:
                writing.result()
            writing = pool.submit(write, frame, by)

        for frame, done in _frames(setting, level):
            begin(frame, "product")
            progress(str(frame["product"][-1]), COMPUTING * done)
        if writing is not None:
            writing.result()
        written = 0
        for block in runs.blocks(FLOWS_PER_PART):
            begin(block, "exporter")
            written += block.height
            progress(str(block["exporter"][0]), COMPUTING + (1 - COMPUTING) * written / runs.rows)
        if writing is not None:
            writing.result()
    return found


def _frames(setting: Setting, level: int) -> Iterator[tuple[pl.DataFrame, float]]:
    """Cells of whole products, some million flows at a time, and the fraction that is done."""
    goods = goods_at(setting.world, setting.data, level)
    listed = pl.Enum(sorted(good.code for good in goods))
    for whole, sizes, done in in_parts(setting, goods, FLOWS_PER_PART):
        blocks = pack(sizes, FLOWS_PER_BLOCK)
        frame = pl.concat([cells_of(setting, whole.part(block.start, block.stop), listed) for block in blocks])
        if frame.height:
            yield frame, done


def cells_of(setting: Setting, trade: Trade, listed: pl.Enum) -> pl.DataFrame:
    """The canonical table `cells` of these products, and PAIR_ORDER: a row for each pair that trades in the window.

    Parameters
    ----------
    listed : every product of the level, in order.
    """
    cells = trading_pairs(trade)
    duties = setting.duties_on(trade.products)
    block = build_block(trade, cells, setting.place, setting.options, setting.weight_year, duties)
    sellers, buyers = (cells.product * trade.economies + side for side in (cells.exporter, cells.importer))
    known = {**block.known, **known_besides(setting, trade, sellers, buyers, trade.histories(setting.options.window))}
    have = resolve(COMPUTED, known)
    traded = np.nansum(known["history"], axis=0) > 0
    kept: Codes | slice = slice(None) if traded.all() else np.flatnonzero(traded)  # a slice copies nothing
    good, exporter, importer, seller, buyer = (
        x[kept] for x in (cells.product, cells.exporter, cells.importer, sellers, buyers)
    )
    gdp, window = setting.gdp(trade.years), setting.options.window
    own, theirs = (grounds_of(flows, gdp, window) for flows in (trade.exports, trade.imports))
    duty = on_cells(duties, good, exporter, importer) if duties else None
    numbers = {
        **{name: have[name][kept] for name in NUMBERS if name in have},
        "supply_last_year": own.last_year[seller],
        "demand_last_year": theirs.last_year[buyer],
        **(duty.numbers if duty else {}),
    }
    words: dict[str, tuple[Sequence[str], Codes]] = {
        "supply_years": (own.years.tolist(), seller),
        "demand_years": (theirs.years.tolist(), buyer),
        "supply_basis": (own.basis.tolist(), seller),
        "demand_basis": (theirs.basis.tolist(), buyer),
        **({name: (said.tolist(), duty.at) for name, said in duty.words.items()} if duty else {}),
    }
    if np.isfinite(have["lyg"]).any():  # else there is no growth to say anything of
        words["growth_basis"] = have["growth_basis"][kept].tolist(), np.arange(len(good))
    columns = _keys(setting.roster.codes, trade.products, listed, exporter, importer, good)
    for name in (*NUMBERS, *YEARS):
        columns[name] = pl.Series(numbers[name]) if name in numbers else pl.repeat(np.nan, len(good), eager=True)
    for name in WORDS:
        said, at = words.get(name, ([""], np.zeros(len(good), dtype=np.intp)))
        columns[name] = pl.Series(said, dtype=pl.Utf8).cast(pl.Categorical()).gather(at)
    return pl.DataFrame(columns).with_columns(pl.col(pl.Float64).fill_nan(None))


def _keys(
    economies: Sequence[str],
    products: Sequence[str],
    listed: pl.Enum,
    exporter: Codes,
    importer: Codes,
    good: Codes,
) -> dict[str, pl.Series]:
    """Who sells what to whom, and PAIR_ORDER."""
    economy = pl.Series(economies, dtype=pl.Enum(economies))
    product = pl.Series(products, dtype=listed).gather(good)
    place = product.to_physical().cast(pl.Int64)
    return {
        PAIR_ORDER: pl.Series((exporter * len(economies) + importer) * len(listed.categories)) + place,
        "exporter": economy.gather(exporter),
        "importer": economy.gather(importer),
        "product": product,
    }
