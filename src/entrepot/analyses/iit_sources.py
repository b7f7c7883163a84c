"""Where intra-industry trade comes from: each class's share of it, and its contribution to the change between two years."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from entrepot.analyses.families import columns_of, nulls, plain
from entrepot.analyses.iit_options import IitOptions, iit_setting, iit_title
from entrepot.analyses.industries import MANUFACTURED, PRIMARY, TOTAL
from entrepot.analyses.intraindustry import KEYS, METHOD, compute
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.result import Result
from entrepot.analyses.years import Years, years_of
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry import REGISTRY
from entrepot.formulas.intraindustry.contribution import contribution, share_of_iit

if TYPE_CHECKING:
    from entrepot.store import Snapshot

Of = Literal["class", "industry"]
_FRACTIONS = {
    "gl_before": Text("GL before", "起始 G-L 指数"),
    "gl_after": Text("GL after", "终止 G-L 指数"),
    "trade_share_before": Text("Share of trade before", "起始贸易份额"),
    "trade_share_after": Text("Share of trade after", "终止贸易份额"),
    "iit_share_before": Text("Share of intra-industry trade before", "起始占产业内贸易份额"),
    "iit_share_after": Text("Share of intra-industry trade after", "终止占产业内贸易份额"),
    "contribution": Text("Contribution to the change", "对产业内贸易发展的贡献度"),
}
COLUMNS = {
    **KEYS,
    "from_year": plain("from_year", "From", "起始年", "year"),
    "to_year": plain("to_year", "To", "终止年", "year"),
    **{name: plain(name, label.en, label.zh, "fraction") for name, label in _FRACTIONS.items()},
}


def iit_sources(
    snapshot: "Snapshot",
    reporter: str,
    *,
    partners: str | Sequence[str] | None = None,
    years: Years,
    of: Of = "class",
    by: str = "section",
    level: str | None = None,
    products: str | Sequence[str] | None = None,
    industries: pl.DataFrame | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """Share of each class (or industry) in intra-industry trade in two years, and its contribution to the change of GL.

    GL is the aggregate index over the industries of `level` (default `by`), as in tables 1–4 of the source of 2006.

    Parameters
    ----------
    years : the first and the last are compared.
    of : the two broad classes, or the industries of `by`.
    **options, others : as in `iit`.
    """
    check_choice("of", of, ("class", "industry"))
    asked = years_of(years, snapshot.dataset(data).years)
    first, last = asked[0], asked[-1]
    if first == last:
        raise InputError(
            "one_year",
            Text("A change needs two years or more: write years such as 1995-2024.", "比较变化至少需要两个年份。"),
            field="years",
        )
    setting = iit_setting(
        snapshot, reporter, partners, by, level, (first, last), products, industries, data, IitOptions.of(**options)
    )
    broad = pl.col("industry").is_in([PRIMARY, MANUFACTURED])
    chosen = broad if of == "class" else ~broad & (pl.col("industry") != TOTAL)
    rows = compute(setting).filter(chosen).select("order", "partner", "industry", "year", "trade_share", "gl_aggregate")
    before, after = (rows.filter(pl.col("year") == year).drop("year") for year in (first, last))
    joined = before.join(
        after,
        on=["order", "partner", "industry"],
        how="full",
        coalesce=True,
        suffix="_after",
        maintain_order="left_right",
    )
    joined = joined.sort("order", pl.col("industry") != PRIMARY, "industry")

    def pair(name: str) -> tuple[Values, Values]:
        then, now = (joined[column].fill_null(0.0).to_numpy() for column in (name, f"{name}_after"))
        return then, now

    groups = Groups(joined["order"].to_numpy().astype(np.intp), len(setting.partners))
    share, gl = pair("trade_share"), pair("gl_aggregate")
    # Class rows leave out what belongs to neither, so their shares are taken of what they hold together.
    share = (share[0] / groups.sum(share[0]), share[1] / groups.sum(share[1]))
    lang, names = setting.options.lang, setting.question.industries.names
    partner_names = {partner.code: partner.name.say(lang) for partner in setting.partners}
    frame = joined.select(
        pl.lit(setting.reporter.code).alias("reporter"),
        "partner",
        "industry",
        pl.lit(first, dtype=pl.Int64).alias("from_year"),
        pl.lit(last, dtype=pl.Int64).alias("to_year"),
        pl.Series("gl_before", joined["gl_aggregate"]),
        pl.Series("gl_after", joined["gl_aggregate_after"]),
        *(
            pl.Series(f"trade_share_{when}", x, nan_to_null=True)
            for when, x in zip(("before", "after"), share, strict=True)
        ),
        pl.Series("iit_share_before", share_of_iit(share[0], gl[0], groups), nan_to_null=True),
        pl.Series("iit_share_after", share_of_iit(share[1], gl[1], groups), nan_to_null=True),
        pl.Series("contribution", contribution(share, gl, groups), nan_to_null=True),
        pl.col("partner").replace_strict(partner_names, return_dtype=pl.String).alias("partner_name"),
        pl.Series(
            "industry_name", [names[c].say(lang) if c in names else c for c in joined["industry"]], dtype=pl.String
        ),
    )
    note = Text(
        "A contribution may lie outside 0…1: a class loses trade while another gains, and the parts still sum to 1.",
        "贡献度可超出0至1：一类份额下降而另一类上升；各部分之和仍为1。",
    )
    return Result(
        question="iit_sources",
        frame=frame,
        columns=columns_of(frame, REGISTRY, COLUMNS),
        parameters={**setting.asked(), "of": of},
        notes=(note, *setting.notes()),
        provenance=provenance(snapshot, setting.data, ("economies", "products", "groups")),
        missing=nulls(frame, {}),
        citation=citation(snapshot, setting.data, METHOD),
        title=iit_title(setting, Text("Sources of intra-industry trade", "产业内贸易来源")),
    )
