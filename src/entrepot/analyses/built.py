"""Answers from what `entrepot build` computed: found if it still holds, and then the same as if computed anew."""

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.asking import check_text, good_of, reachable_windows, setting_of
from entrepot.analyses.capacity import Grounds
from entrepot.analyses.directory import Good
from entrepot.analyses.options import Options
from entrepot.analyses.rows import Rows, Setting, add_conditions, add_duties, add_grounds, add_pair_facts
from entrepot.analyses.trade import LONGEST
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.store.publication import code_version
from entrepot.tables.cells import NUMBERS, WORDS, YEARS

if TYPE_CHECKING:
    from entrepot.store import Build, Snapshot

# The options that change a number; the others rank, choose or word.
CHOICES = ("basis", "exponent", "average", "price_period", "missing", "tariff", "distance", "without", "window")
# The tables behind the numbers of a cell. Agreements and conditions are read when an answer is put together.
BEHIND = ("economies", "groups", "products", "pairs", "pair_facts", "macro", "tariffs", "tariff_areas", "concordances")
# Where passages are closed, distances are found anew from these.
BEHIND_LANES = ("borders", "ports", "main_ports", "lanes", "harbours", "throughput")


def made_from(snapshot: "Snapshot", data: str, year: int, without: str | None) -> dict[str, str]:
    """What the numbers of a data set's year rest on, by name: contents as hashes, and the program.

    Parameters
    ----------
    without : passages that are closed.
    """
    dataset, references = snapshot.dataset(data), snapshot.manifest.references
    flows = {t: ref for t, ref in dataset.flows.items() if year - LONGEST < t <= year}
    info, tables = dataset.info, BEHIND if without is None else (*BEHIND, *BEHIND_LANES)
    return {
        "program": code_version(),
        "classification": info.classification,
        "incomplete years": ", ".join(map(str, info.incomplete_years)),
        **{f"flows {t}": ref.sha256 for t, ref in flows.items()},
        **{name: dataset.tables[name].sha256 for name in ("reporters", "coverage") if name in dataset.tables},
        **{name: references[name].ref.sha256 for name in tables if name in references},
    }


def changed_since(snapshot: "Snapshot", data: str, build: "Build") -> list[str]:
    """What has changed since the build was made; empty where its numbers still hold."""
    return build.changed(made_from(snapshot, data, build.year, build.options.get("without")))


def told_builds(snapshot: "Snapshot", data: str) -> list[Text]:
    """What is built of a data set, a sentence each; of a build that no longer holds, what has changed since."""
    found = []
    defaults = Options()
    for build in snapshot.dataset(data).builds:
        other = ", ".join(f"{k}={v}" for k, v in build.options.items() if v != getattr(defaults, k))
        about = f"{build.year}, HS{build.level}" + (f", {other}" if other else "")
        if changed := changed_since(snapshot, data, build):
            listed = ", ".join(changed)
            found.append(
                Text(
                    f"Build {about}: no longer used, since these have changed: {listed}. Run `entrepot build` again.",
                    f"构建 {about}：以下内容已变化，不再使用：{listed.replace(', ', '、')}。请重新运行 `entrepot build`。",
                )
            )
        else:
            found.append(Text(f"Build {about}: {build.rows:,} cells.", f"构建 {about}：{build.rows:,} 个组合。"))
    return found


def build_for(setting: Setting, level: int) -> "Build | None":
    """The build that answers a question, if there is one and nothing behind it has changed."""
    if setting.roster.groups:
        return None
    options: dict[str, Any] = {name: getattr(setting.options, name) for name in CHOICES}
    snapshot = setting.world.snapshot
    for build in snapshot.dataset(setting.data).builds:
        if (build.year, build.level, dict(build.options)) == (setting.year, level, options):
            return None if changed_since(snapshot, setting.data, build) else build
    return None


def product_page(
    snapshot: "Snapshot", product: str, *, year: int | None = None, data: str | None = None, **options: Any
) -> pl.DataFrame:
    """Every exporter and market that trade a product, with every parameter, from the store.

    Parameters
    ----------
    product : HS code of 4 or 6 digits, or words of its name.
    year, data : default the latest year of the default data set.
    **options : those with which the build was made.

    Returns
    -------
    pl.DataFrame
        The canonical table `cells`, by exporter and importer.

    Raises
    ------
    InputError
        ``not_built``: there is no build that answers this; also for anything unknown.
    """
    anyone = next(iter(world_of(snapshot).places.by_code))
    setting, _ = setting_of(snapshot, anyone, None, year, data, Options.of(**options))
    good = good_of(setting.world, setting.data, product)
    return snapshot.cells(held_build(setting, good.level), product=good.code)


def market_page(
    snapshot: "Snapshot",
    exporter: str,
    market: str,
    *,
    year: int | None = None,
    data: str | None = None,
    level: int = 6,
    **options: Any,
) -> pl.DataFrame:
    """Every product that an exporter sells in a market, with every parameter, from the store.

    Parameters
    ----------
    exporter, market : ISO3, or name in English or Chinese; not a group.
    level : digits of the products.
    year, data, **options : as in `product_page`.

    Returns
    -------
    pl.DataFrame
        The canonical table `cells`, by product.

    Raises
    ------
    InputError
        ``not_built``: there is no build that answers this; also for anything unknown.
    """
    check_text("market", market)
    setting, buyer = setting_of(snapshot, exporter, market, year, data, Options.of(**options))
    assert buyer is not None
    return snapshot.cells(held_build(setting, level), exporter=setting.exporter.code, importer=buyer.code)


def held_build(setting: Setting, level: int) -> "Build":
    """The build that answers a question.

    Raises
    ------
    InputError
        ``not_built``: there is none that holds; it names the command that makes it.
    """
    found = build_for(setting, level)
    if found is None:
        defaults = Options()
        chosen = {name: getattr(setting.options, name) for name in CHOICES}
        other = [f"--{name.replace('_', '-')} {x}" for name, x in chosen.items() if x != getattr(defaults, name)]
        command = " ".join(
            ["entrepot build", f"--data {setting.data}", f"--year {setting.year}", f"--level {level}", *other]
        )
        raise InputError(
            "not_built",
            Text(
                f"No build of {setting.data!r} for {setting.year}, {level} digits and these options holds; `entrepot data "
                f"show` lists those there are. Make it with: {command}",
                f"数据集 {setting.data!r} 没有适用于 {setting.year} 年、{level} 位编码及所选参数的有效构建；"
                f"现有构建见 `entrepot data show`。请运行：{command}",
            ),
            field="data",
        )
    return found


def pair_rows(setting: Setting, market: str, goods: list[Good]) -> tuple[Rows | None, list[Good]]:
    """The rows of a market's products that a build holds, and the goods that it says nothing about.

    A build holds the pairs that trade. What the exporter sells elsewhere and the market buys elsewhere is a row too, and
    remains to be computed; so does all where candidates are chosen, or where other windows move the rank.
    """
    options = setting.options
    build = build_for(setting, goods[0].level)
    if build is None or reachable_windows(setting) or options.among or options.served != "all":
        return None, goods
    snapshot, seller = setting.world.snapshot, setting.exporter.code
    sold, bought = (
        set(snapshot.cells(build, **side, columns=["product"])["product"])
        for side in ({"exporter": seller}, {"importer": market})
    )
    cells = snapshot.cells(build, exporter=seller, importer=market)
    left = (sold & bought).difference(cells["product"])
    return (rows_of(setting, cells) if cells.height else None), [good for good in goods if good.code in left]


def rows_of(setting: Setting, cells: pl.DataFrame) -> Rows:
    """Rows of an answer from built cells, of one exporter or many: the same as `compute_rows` gives for each exporter."""
    world, roster = setting.world, setting.roster
    number = {
        name: x.to_numpy()
        for name, x in cells.select(pl.col(*NUMBERS, *YEARS).fill_null(float("nan"))).to_dict().items()
    }
    word = {name: np.array(cells[name].to_list(), dtype=object) for name in WORDS}
    sellers, markets = (
        cells[side].cast(pl.Enum(roster.codes)).to_physical().to_numpy().astype(np.intp)
        for side in ("exporter", "importer")
    )
    rows = Rows(
        markets=tuple(cells["importer"]),
        products=tuple(cells["product"]),
        values={name: number[name] for name in NUMBERS if not name.startswith("tariff_")},
        texts={"growth_basis": word["growth_basis"]},
        traded=np.ones(len(markets), dtype=bool),
    )
    add_pair_facts(rows, setting, sellers, markets)
    add_conditions(rows, setting, markets)
    if world.snapshot.has_reference("tariffs"):
        add_duties(rows, {**number, **word})
    years = tuple(range(setting.year - LONGEST + 1, setting.year + 1))
    source = setting.gdp(years).source
    own, theirs = (
        Grounds(number[f"{side}_last_year"], word[f"{side}_years"], word[f"{side}_basis"])
        for side in ("supply", "demand")
    )
    add_grounds(rows, own, theirs, source[sellers], source[markets])
    return rows
