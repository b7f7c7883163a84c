"""Pages of built cells: who sells a product to whom, or what an exporter sells in a market, with all that is known of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from entrepot.analyses.answer import citation_of, frame_of, provenance_of
from entrepot.analyses.asking import LEVELS, check_text, good_of, setting_of
from entrepot.analyses.built import CHOICES, held_build, rows_of
from entrepot.analyses.columns import column
from entrepot.analyses.directory import Good
from entrepot.analyses.families import check_between
from entrepot.analyses.notes import notes_on_cells
from entrepot.analyses.options import Options
from entrepot.analyses.reasons import reasons
from entrepot.analyses.result import Result
from entrepot.analyses.rows import Setting
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError, check_choice, given_options
from entrepot.core.missing import Reason
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot

ORDER = ("exporter", "importer", "product")
RANKED = ("score", "rank", "rank_low", "rank_high", "weight_present")  # cells are not compared with each other
MOST = 10_000_000  # more rows than any page has


@dataclass(frozen=True)
class FlowsPage(Result):
    """Some rows of built cells, the largest flows first; as JSON column by column, which is less than half the size by rows.

    Parameters
    ----------
    total : how many rows there are in all; offset : how many come before these.
    """

    total: int = 0
    offset: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As `Result.as_dict`, with `values` (column → its values) and `missing` (column → reason → rows) in place of rows."""
        found: defaultdict[tuple[str, Reason], list[int]] = defaultdict(list)
        for number, row in enumerate(self.missing):
            for reason in row.items():
                found[reason].append(number)
        missing: dict[str, dict[str, list[int]]] = {}
        for (name, why), rows in found.items():
            missing.setdefault(name, {})[why] = rows
        values = {name: self.frame[name].to_list() for name in self.frame.columns}
        return {"total": self.total, "offset": self.offset, **self.about(), "values": values, "missing": missing}


def flows(
    snapshot: "Snapshot",
    *,
    product: str | None = None,
    exporter: str | None = None,
    market: str | None = None,
    year: int | None = None,
    data: str | None = None,
    level: int | None = None,
    offset: int = 0,
    limit: int | None = None,
    **options: Any,
) -> FlowsPage:
    """Every parameter of the pairs that trade a product, or of the products that a pair trades, as `entrepot build` left them.

    The numbers are those of `markets` under the bilateral basis. Rows stand by value, the largest first, then by exporter,
    market and product.

    Parameters
    ----------
    snapshot : the version of the store to ask.
    product : HS code of 4 or 6 digits, or words of its name; needed unless both exporter and market are given.
    exporter, market : ISO3, or name in English or Chinese; with a product each narrows the page. Not a group.
    year, data : default the latest year of the default data set.
    level : digits of the products of a pair; default those of the data set. A product has its own.
    offset, limit : rows to pass over, and how many to give at most; default all.
    **options : those with which the build was made (all but `basis`), and `lang`.

    Raises
    ------
    InputError
        ``no_subject`` if neither a product nor a pair is named; ``not_built`` if no build answers this, with the command
        that makes one; ``group_not_built`` for a group; ``nothing_traded``; and for anything unknown.

    Examples
    --------
    >>> from entrepot.workbench import open_workbench
    >>> page = open_workbench().flows(product="2603", exporter="CHL")  # doctest: +SKIP
    >>> page.frame.select("importer", "value_usd", "gap").head()  # doctest: +SKIP
    """
    check_between("offset", offset, 0, MOST, whole=True)
    check_between("limit", MOST if limit is None else limit, 1, MOST, whole=True)
    chosen = Options.of(**given_options(options, [*(name for name in CHOICES if name != "basis"), "lang"], {}))
    if product is None and (exporter is None or market is None):
        raise _no_subject()
    check_text("exporter", exporter)
    anyone = exporter or next(iter(world_of(snapshot).places.by_code))
    # A market that is the first of all economies must not be taken for the exporter that nobody named.
    buyer = None if market is None else _code(snapshot, market)
    setting, _ = setting_of(snapshot, anyone, buyer if exporter else None, year, data, chosen)
    world = setting.world
    if buyer is not None and world.places.by_code[buyer].is_group:
        raise _group("market")
    if setting.roster.groups:
        raise _group("exporter")
    good = None if product is None else good_of(world, setting.data, product)
    if good is not None and good.level not in LEVELS:
        raise _total()
    digits = good.level if good else snapshot.dataset(data).info.level if level is None else level
    check_choice("level", digits, LEVELS)
    asked = {
        "product": good.code if good else None,
        "exporter": setting.exporter.code if exporter else None,
        "importer": buyer,
    }
    found = snapshot.cells(held_build(setting, digits), **asked)
    if not found.height:
        raise _nothing(setting, good, asked)
    ordered = found.sort(
        "value_usd", *ORDER, descending=[True, False, False, False], nulls_last=True, maintain_order=True
    )
    return _page(setting, ordered.slice(offset, limit), good, asked, found.height, offset)


def _code(snapshot: "Snapshot", market: str) -> str:
    check_text("market", market)
    return world_of(snapshot).places.find(market, field="market").code


def _page(
    setting: Setting, shown: pl.DataFrame, good: Good | None, asked: dict[str, str | None], total: int, offset: int
) -> FlowsPage:
    rows = rows_of(setting, shown)
    goods = setting.world.goods(setting.data).by_code
    frame = frame_of(setting, rows, shown["exporter"].to_list(), goods, {}).drop(RANKED)
    options, world = setting.options, setting.world
    data_years = sum(
        setting.year - options.window < t <= setting.year for t in world.snapshot.dataset(setting.data).years
    )
    used = [good] if good else [goods[code] for code in shown["product"].unique().sort()]
    said = {"product": asked["product"], "exporter": asked["exporter"], "market": asked["importer"]}
    notes = notes_on_cells(setting, rows, used)
    if shown.height < total:
        first, last = offset + 1, offset + shown.height
        here = Text(f"Rows {first}–{last} of {total}.", f"共 {total} 行，此处为第 {first}–{last} 行。")
        beyond = Text(
            f"No rows: there are {total}, and {offset} are passed over.", f"无行：共 {total} 行，已略过 {offset} 行。"
        )
        notes.insert(0, here if shown.height else beyond)
    return FlowsPage(
        question="flows",
        frame=frame,
        columns=tuple(column(name) for name in frame.columns),
        parameters={
            **{name: code for name, code in said.items() if code},
            "year": setting.year,
            "data": setting.data,
            **{name: getattr(options, name) for name in (*CHOICES, "lang")},
        },
        notes=tuple(notes),
        provenance=provenance_of(setting),
        missing=reasons(rows, data_years),
        citation=citation_of(setting),
        title=_title(setting, good, asked),
        total=total,
        offset=offset,
    )


def _title(setting: Setting, good: Good | None, asked: dict[str, str | None]) -> Text:
    what = _what(setting, good, asked)
    return Text(f"Flows of {what.en}, {setting.year}", f"贸易流量，{what.zh}，{setting.year} 年")


def _what(setting: Setting, good: Good | None, asked: dict[str, str | None]) -> Text:
    """What a page is about: the product, who sells it, who buys it."""
    places = setting.world.places.by_code
    seller, buyer = (places[code].name if (code := asked[side]) else None for side in ("exporter", "importer"))
    what = (
        Text(f"{good.code} {good.name.en}", f"{good.code} {good.name.zh}") if good else Text("All products", "全部产品")
    )
    en = what.en + (f" from {seller.en}" if seller else "") + (f" to {buyer.en}" if buyer else "")
    who = (seller.zh if seller else "") + (f"对{buyer.zh}" if buyer else "")
    return Text(en, f"{who}：{what.zh}" if who else what.zh)


def _no_subject() -> InputError:
    return InputError(
        "no_subject",
        Text(
            "Name a product, or an exporter and a market: a page is about one of them.",
            "请给出产品，或同时给出出口方与市场。",
        ),
        field="product",
    )


def _total() -> InputError:
    return InputError(
        "total_not_built",
        Text(
            "Built cells are of single products; ask `product TOTAL` about all of them.",
            "已构建的数值只针对单个产品；全部产品请用 product TOTAL 查询。",
        ),
        field="product",
    )


def _group(field: str) -> InputError:
    return InputError(
        "group_not_built",
        Text(
            "Built cells are of single economies; ask `markets` or `products` about a group.",
            "已构建的数值只针对单个经济体；集团请用 markets 或 products 查询。",
        ),
        field=field,
    )


def _nothing(setting: Setting, good: Good | None, asked: dict[str, str | None]) -> InputError:
    what = _what(setting, good, asked)
    return InputError(
        "nothing_traded",
        Text(
            f"Data set {setting.data!r} holds no trade in the window that ends in {setting.year}: {what.en}.",
            f"数据集 {setting.data!r} 在截至 {setting.year} 年的窗口内没有贸易：{what.zh}。",
        ),
        field="product" if asked["product"] else "market",
    )
