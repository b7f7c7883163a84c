"""Carry trade over into another vintage of the HS while it is read, and say how much of it was carried over how."""

from dataclasses import asdict, replace

import numpy as np
import polars as pl

from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Text
from entrepot.formulas.concordance import Conversion, carry, conversion, shares
from entrepot.sources.mirror import again
from entrepot.sources.ordering import Coded, ordered
from entrepot.sources.provider import TradeReading, TradeYear
from entrepot.sources.report import Dropped
from entrepot.store import Traded
from entrepot.tables.concordances import correspondences, targets_of

LOST = Text("codes that correspond to none of {0}", "在 {0} 中没有对应编码")
SUMMED = Text("summed with others that became the same code", "转换为同一编码后合并")
HS6 = 6


def converted(reading: TradeReading, to: str, concordances: pl.DataFrame, traded: Traded) -> TradeReading:
    """The same trade in another vintage of the HS.

    Parameters
    ----------
    to : "HS92", "HS17" …
    concordances : canonical table.
    traded : by which codes that correspond to several are parted.

    Returns
    -------
    TradeReading
        Each year says in `conversion` how well it was carried over. Quantities are parted like values, and the quantity of
        a sum is known only where every part's is. Names of the release are left behind: they are of other codes.

    Raises
    ------
    InputError
        ``convert_needs_hs`` for a target that flows cannot be in, ``convert_needs_hs6`` for flows of four digits,
        ``concordance_not_loaded``: the store knows no way there; it names those it knows.
    """
    source, to = reading.classification, to.strip().upper()
    if to == source:
        return reading
    _check(reading, to, concordances)
    pairs, preferred = (correspondences(concordances, source, to, chosen=chosen) for chosen in (False, True))
    way = conversion(pairs, traded.value, preferred)
    return replace(
        reading,
        classification=to,
        release=f"{reading.release}, from {source}",
        title=Text(f"{reading.title.en} ({source} → {to})", f"{reading.title.zh}（{source} → {to}）"),
        read_year=lambda year: _carried(reading.read_year(year), way, to),
        products=None,
        converted_from=source,
        weights=traded.data,
    )


def _check(reading: TradeReading, to: str, concordances: pl.DataFrame) -> None:
    if not to.startswith("HS"):
        raise InputError(
            "convert_needs_hs",
            Text(
                f"Data sets are in vintages of the HS; {to} is none. In Python, Workbench.carried carries a data set over into "
                "SITC and BEC.",
                f"数据集须采用 HS 版本，{to} 不是。转换为 SITC 或 BEC 请使用 Python 的 Workbench.carried。",
            ),
            field="convert",
        )
    if reading.level != HS6:
        raise InputError(
            "convert_needs_hs6",
            Text(
                f"The files are by {reading.level} digits; correspondences are by six.",
                f"文件为 {reading.level} 位编码；对照表为六位。",
            ),
            field="convert",
        )
    valid = targets_of(concordances, reading.classification)
    if to not in valid:
        listed = ", ".join(valid) or "–"
        raise InputError(
            "concordance_not_loaded",
            Text(
                f"No table leads from {reading.classification} to {to}; from there the store knows the way to: {listed}. Add UNSD's "
                "correlation tables first.",
                f"没有从 {reading.classification} 到 {to} 的对照表；现可转换为：{listed}。请先添加 UNSD 对照表。",
            ),
            field="convert",
            valid=valid,
            nearest=nearest_of(to, valid),
        )


def _carried(read: TradeYear, way: Conversion, to: str) -> TradeYear:
    """One year of flows in the other vintage."""
    flows = read.flows
    products, economies = (flows[column].dtype for column in ("product", "exporter"))
    if not (isinstance(products, pl.Enum) and isinstance(economies, pl.Enum)):
        raise TypeError("readers give their flows through `sources.ordering`")
    codes = products.categories.to_list()
    places = way.places(codes)[flows["product"].to_physical().to_numpy()]
    value = flows["value_usd"].to_numpy()
    parts = carry(way, places)
    number = np.array([int(code) for code in way.to_codes], dtype=np.int32)
    seller, buyer = (flows[side].to_physical().cast(pl.UInt16).to_numpy() for side in ("exporter", "importer"))
    coded = Coded(
        seller[parts.row],
        buyer[parts.row],
        number[parts.target],
        parts.of(value),
        parts.of(flows["quantity_t"].fill_null(float("nan")).to_numpy()),
    )
    result = ordered(read.year, coded, economies.categories.to_list(), HS6)
    lost = places < 0
    dropped = list(read.report.dropped)
    if lost.any():
        meaning = Text(LOST.en.format(to), LOST.zh.format(to))
        named = flows.filter(pl.Series(lost))["product"].cast(pl.Utf8).unique().sort().head(12)
        dropped.append(
            Dropped("no_correspondence", meaning, int(lost.sum()), tuple(named), value_usd=float(value[lost].sum()))
        )
    if result.summed:
        dropped.append(Dropped("summed_codes", SUMMED, result.summed))
    report = replace(read.report, rows_kept=result.flows.height, dropped=tuple(dropped))
    told = shares(way, places, value)
    return TradeYear(read.year, result.flows, report, _mirror(read.mirror, way), asdict(told))


def _mirror(mirror: pl.DataFrame | None, way: Conversion) -> pl.DataFrame | None:
    """Both sides' values in the other vintage, and their gap again."""
    if mirror is None:
        return None
    parts = carry(way, way.places(mirror["product"].to_list()))
    rows = mirror[parts.row].with_columns(
        product=pl.Series([way.to_codes[at] for at in parts.target.tolist()], dtype=pl.Utf8),
        **{side: pl.col(side) * pl.Series(parts.weight) for side in ("importer_usd", "exporter_usd")},
    )
    return again(rows)
