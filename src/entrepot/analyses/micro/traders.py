"""Who trades: by type of owner, customs regime and year, with the concentration and turnover of firms."""

from itertools import product
from typing import Any

import polars as pl

from entrepot.analyses.families import nulls, plain
from entrepot.analyses.micro.intake import Progress, taken_in
from entrepot.analyses.micro.options import MicroOptions
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.scale.spool import Spool

ALL = "all"
FOREIGN_INVESTED = "foreign_invested"
UNKNOWN = "unknown"
TOP = 10
BUCKETS = 499  # firms are dealt with in so many parts where they do not fit one block
BY = ["flow", "year", "owner", "regime"]
COLUMNS = (
    plain("flow", "Flow", "流向", "code"),
    plain("year", "Year", "年份", "year"),
    plain("owner", "Owner", "所有制", "code", Text(f"Type of owner; {FOREIGN_INVESTED}: all foreign types together", f"所有制类型；{FOREIGN_INVESTED} 为外资合计")),
    plain("regime", "Regime", "贸易方式", "code"),
    plain("value_usd", "Value", "金额", "usd"),
    plain("share", "Share", "占比", "fraction", Text("Of all trade of the flow and year", "占当年该流向贸易总额的比重")),
    plain("n_firms", "Firms", "企业数", "1"),
    plain("hhi", "Herfindahl index of firms", "企业赫芬达尔指数", "1"),
    plain("top_share", "Share of the ten largest", "前十企业占比", "fraction"),
    plain("n_entrants", "Entrants", "新进入企业数", "1", Text("Firms that were not in the row the year before", "上年不在该行的企业")),
    plain("entrants_share", "Entrants' share", "新进入企业占比", "fraction", Text("Of the row's value", "占该行金额的比重")),
    plain("n_exits", "Exits", "退出企业数", "1", Text("Firms of the row of the year before that are not in it any more", "上年在该行而本年不在的企业")),
    plain("exits_share", "Exits' share", "退出企业占比", "fraction", Text("Of the value of the year before", "占上年金额的比重")),
)  # fmt: skip


def traders(data: Any, *, progress: Progress | None = None, **given: Any) -> Result:
    """Who trades: value, share, firms, concentration and turnover by flow, year, type of owner and customs regime.

    Shares of exports and imports as tables on foreign-invested firms show them; rows with `all` are the sums over owners or
    regimes, `foreign_invested` those over the foreign types of owner.

    Parameters
    ----------
    data : path of a file or any Arrow frame; see `quality`. Both flows and every regime are used.
    given : options; see `MicroOptions`.

    Returns
    -------
    Result
        One row per flow, year, owner and regime. Entrants and exits are null in a year whose year before is not in the data.

    Examples
    --------
    >>> rows = {
    ...     "year": [2010, 2011, 2011],
    ...     "firm": ["a", "a", "b"],
    ...     "region": ["11"] * 3,
    ...     "product": ["8501"] * 3,
    ...     "destination": ["USA"] * 3,
    ...     "value_usd": [4.0, 3.0, 1.0],
    ...     "owner": ["state", "state", "wholly_foreign"],
    ... }
    >>> frame = traders(pl.DataFrame(rows)).frame
    >>> frame.filter(year=2011, owner="all", regime="all").select("share", "n_firms", "hhi", "n_entrants").row(0)
    (1.0, 2, 0.625, 1)
    """
    options = MicroOptions.of(**given)
    with taken_in(data, options, progress, all_flows=True) as intake, Spool(by="bucket") as firms:
        for block in intake.spool.blocks():
            firms.add(_by_firm(block))
        parts, tops = [], []
        for bucket in firms.blocks():
            table = _by_firm(bucket)
            for owners, regimes in product((None, ALL, FOREIGN_INVESTED), (None, ALL)):
                margin = _margin(table, owners, regimes, options)
                if margin.height:
                    parts.append(_sums(margin))
                    tops.append(margin.group_by(BY).agg(pl.col("value_usd").top_k(TOP)).explode("value_usd"))
        frame = _table(pl.concat(parts), pl.concat(tops), intake.years)
        notes = intake.notes
        name, said = ", ".join(intake.reading.files), intake.reading.layout.say(options.lang)
    return Result(
        question="traders",
        frame=frame,
        columns=COLUMNS,
        parameters={"data": name, **options.as_dict()},
        title=Text("Who trades, by owner and customs regime", "谁在贸易：按所有制与贸易方式"),
        notes=notes,
        provenance=({"table": "firm_flows", "name": name, "edition": said},),
        missing=nulls(frame, {}),
        citation=name,
    )


def _by_firm(rows: pl.DataFrame) -> pl.DataFrame:
    """Value by flow, year, owner, regime and firm; rows sorted first, so that sums do not hang on their order."""
    keyed = rows.select(
        "flow", "year", pl.col("owner", "regime").fill_null(UNKNOWN), "firm", "value_usd",
        bucket=(pl.col("firm").hash(seed=0) % BUCKETS).cast(pl.Utf8),
    )  # fmt: skip
    keys = [*BY, "firm", "bucket"]
    return keyed.sort(*keys, "value_usd").group_by(keys, maintain_order=True).agg(pl.col("value_usd").sum())


def _margin(table: pl.DataFrame, owners: str | None, regimes: str | None, options: MicroOptions) -> pl.DataFrame:
    """Value by row of the answer and firm, summed over owners, foreign owners or none, and over regimes or not."""
    if owners == FOREIGN_INVESTED:
        table = table.filter(pl.col("owner").is_in(list(options.foreign)))
    said = {"owner": owners, "regime": regimes}
    table = table.with_columns(pl.lit(word).alias(name) for name, word in said.items() if word is not None)
    own = table.group_by([*BY, "firm"], maintain_order=True).agg(pl.col("value_usd").sum())
    key = ["flow", "owner", "regime", "firm"]
    before = own.select(*key, pl.col("year") + 1, before_usd="value_usd")
    return own.join(before, on=[*key, "year"], how="full", coalesce=True)


def _sums(margin: pl.DataFrame) -> pl.DataFrame:
    now, before = pl.col("value_usd"), pl.col("before_usd")
    return margin.sort(*BY, "firm").group_by(BY, maintain_order=True).agg(
        value_usd=now.sum(),
        squares=(now**2).sum(),
        n_firms=now.count(),
        n_entrants=(now.is_not_null() & before.is_null()).sum(),
        entrants_usd=now.filter(before.is_null()).sum(),
        n_exits=(now.is_null() & before.is_not_null()).sum(),
        exits_usd=before.filter(now.is_null()).sum(),
        before_usd=before.sum(),
    )  # fmt: skip


def _table(parts: pl.DataFrame, tops: pl.DataFrame, years: frozenset[int]) -> pl.DataFrame:
    top = tops.group_by(BY).agg(top_usd=pl.col("value_usd").top_k(TOP).sort().sum())
    rows = parts.group_by(BY, maintain_order=True).agg(pl.all().sum()).join(top, on=BY, how="left")
    rows = rows.filter(pl.col("year").is_in(sorted(years)) & (pl.col("n_firms") > 0))
    whole = rows.filter((pl.col("owner") == ALL) & (pl.col("regime") == ALL)).select(
        "flow", "year", whole_usd="value_usd"
    )
    known = pl.col("year").is_in([year + 1 for year in years])
    value = pl.col("value_usd")

    def where_known(amount: pl.Expr) -> pl.Expr:
        return pl.when(known).then(amount)

    return (
        rows.join(whole, on=["flow", "year"], how="left")
        .with_columns(
            share=value / pl.col("whole_usd"),
            hhi=pl.col("squares") / value**2,
            top_share=pl.col("top_usd") / value,
            n_firms=pl.col("n_firms").cast(pl.Int64),
            n_entrants=where_known(pl.col("n_entrants").cast(pl.Int64)),
            entrants_share=where_known(pl.col("entrants_usd") / value),
            n_exits=where_known(pl.col("n_exits").cast(pl.Int64)),
            exits_share=where_known(pl.when(pl.col("before_usd") > 0).then(pl.col("exits_usd") / pl.col("before_usd"))),
        )
        .select(column.id for column in COLUMNS)
        .sort(BY)
    )
