"""Two sides of one trade: the importer's report and the exporter's, made into one flow, and the gap between them kept.

The importer's side is preferred: customs look closer at what comes in. It is valued CIF (with cost, insurance and
freight); flows are FOB, so it is divided by a CIF/FOB factor unless the importer gives FOB itself. Where only the
exporter tells of a flow, its report stands.
"""

import math
from dataclasses import dataclass

import polars as pl

from entrepot.core.text import Text
from entrepot.tables import mirror as mirrors

KEY = ("year", "exporter", "importer", "product")
# Used where the two sides of the file are too few to tell; about what CIF adds to FOB in world trade.
USUAL_FACTOR = 1.06
# Fewer pairs of reports than this say more about errors than about freight.
ENOUGH_PAIRS = 200
# Two reports that differ by more than this factor are not about freight either.
CREDIBLE = 1.5


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One flow for each pair, product and year.

    Parameters
    ----------
    flows : year, exporter, importer, product, value_usd, quantity_t.
    mirror : canonical table `mirror`: both sides' values, which side was used, their gap.
    factor : the CIF/FOB factor that was used.
    said : what to tell the user.
    """

    flows: pl.DataFrame
    mirror: pl.DataFrame
    factor: float
    said: tuple[Text, ...]


def reconcile(records: pl.DataFrame) -> Reconciled:
    """Make one flow of what importer and exporter say.

    Parameters
    ----------
    records : year, exporter, importer, product, side ("importer" or "exporter"), value_usd, fob_usd (null where not
        told), quantity_t; several rows of one side are summed.
    """
    sides = {side: _summed(records.filter(pl.col("side") == side)) for side in ("importer", "exporter")}
    factor, pairs = cif_factor(sides["importer"], sides["exporter"])
    told = sides["importer"].with_columns(
        importer_usd=pl.coalesce(pl.col("fob_usd"), pl.col("value_usd") / factor),
        cif_fob=pl.when(pl.col("fob_usd").is_null()).then(pl.lit(factor)),
        importer_t=pl.col("quantity_t"),
    )
    other = sides["exporter"].with_columns(
        exporter_usd=pl.coalesce(pl.col("fob_usd"), pl.col("value_usd")), exporter_t=pl.col("quantity_t")
    )
    both = told.select(*KEY, "importer_usd", "cif_fob", "importer_t").join(
        other.select(*KEY, "exporter_usd", "exporter_t"), on=list(KEY), how="full", coalesce=True
    )
    used = pl.col("importer_usd").is_not_null()
    both = (
        _compared(both)
        .with_columns(
            value_usd=pl.coalesce("importer_usd", "exporter_usd"),
            quantity_t=pl.when(used)
            .then(pl.coalesce("importer_t", "exporter_t"))
            .otherwise(pl.coalesce("exporter_t", "importer_t")),
        )
        .sort(KEY)
    )
    mirror = both.select(pl.col(column).cast(dtype) for column, dtype in mirrors.SCHEMA.items())
    return Reconciled(both.select(*KEY, "value_usd", "quantity_t"), mirror, factor, _said(both, factor, pairs))


def again(mirror: pl.DataFrame) -> pl.DataFrame:
    """Rows of the table `mirror` of which several have one key, as one row each, compared anew.

    A side's value is the sum of what it told; the factor is the one that was used.
    """
    sides = [
        pl.when(pl.col(side).is_not_null().any()).then(pl.col(side).sum()).alias(side)
        for side in ("importer_usd", "exporter_usd")
    ]
    summed = mirror.group_by(mirrors.KEY).agg(*sides, pl.col("cif_fob").max())
    return (
        _compared(summed).select(pl.col(name).cast(dtype) for name, dtype in mirrors.SCHEMA.items()).sort(mirrors.KEY)
    )


def _compared(both: pl.DataFrame) -> pl.DataFrame:
    """With the side that is believed and the gap between the two."""
    return both.with_columns(
        side=pl.when(pl.col("importer_usd").is_not_null()).then(pl.lit("importer")).otherwise(pl.lit("exporter")),
        gap=(pl.col("importer_usd") / pl.col("exporter_usd")).log().abs(),
    )


def cif_factor(importer: pl.DataFrame, exporter: pl.DataFrame) -> tuple[float, int]:
    """What CIF adds: the median of importer's over exporter's value where both tell and roughly agree.

    Returns
    -------
    float
        The factor, at least 1; the usual one where fewer than `ENOUGH_PAIRS` pairs tell.
    int
        Number of pairs that it was found from; 0 where it is the usual one.
    """
    both = importer.filter(pl.col("fob_usd").is_null()).join(exporter, on=list(KEY))
    ratio = (both["value_usd"] / both["value_usd_right"]).filter(
        (both["value_usd"] / both["value_usd_right"]).is_between(1 / CREDIBLE, CREDIBLE)
    )
    if len(ratio) < ENOUGH_PAIRS:
        return USUAL_FACTOR, 0
    return max(1.0, float(str(ratio.median()))), len(ratio)


def _summed(records: pl.DataFrame) -> pl.DataFrame:
    """One row for each flow of a side; a sum is known only where every part is."""
    sums = records.group_by(KEY).agg(
        pl.col("value_usd").sum(),
        *(
            pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum()).alias(column)
            for column in ("fob_usd", "quantity_t")
        ),
    )
    return sums.filter(pl.col("value_usd") > 0).with_columns(
        fob_usd=pl.when(pl.col("fob_usd") > 0).then(pl.col("fob_usd")),
        quantity_t=pl.when(pl.col("quantity_t") > 0).then(pl.col("quantity_t")),
    )


def _said(both: pl.DataFrame, factor: float, pairs: int) -> tuple[Text, ...]:
    total = float(both["value_usd"].sum()) or 1.0
    from_importer = float(both.filter(pl.col("side") == "importer")["value_usd"].sum()) / total
    gaps = both.filter(pl.col("gap").is_not_null())["gap"]
    how_en = f"the median of {pairs:,} flows that both sides tell" if pairs else "the usual one, too few flows to tell"
    how_zh = f"{pairs:,} 条双方均申报的贸易流的中位数" if pairs else "惯用值，双方均申报的贸易流过少"
    said = [
        Text(
            f"Importers' reports give {from_importer:.1%} of the value, exporters' the rest. Imports told only CIF were "
            f"divided by {factor:.3f} ({how_en}).",
            f"{from_importer:.1%} 的金额取自进口方申报，其余取自出口方申报。仅有 CIF 的进口额除以 {factor:.3f}（{how_zh}）。",
        )
    ]
    if len(gaps):
        middle, wide = float(str(gaps.median())), float((gaps > math.log(2)).sum()) / len(gaps)
        said.append(
            Text(
                f"{len(gaps):,} flows are told by both sides: the median gap |ln(importer/exporter)| is {middle:.2f}; "
                f"{wide:.0%} differ by more than a factor of two.",
                f"{len(gaps):,} 条贸易流双方均有申报：差距 |ln（进口方/出口方）| 的中位数为 {middle:.2f}；"
                f"{wide:.0%} 相差超过一倍。",
            )
        )
    return tuple(said)
