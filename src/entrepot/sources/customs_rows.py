"""Rows of a customs file made canonical, one check and one filter after the other; each says what it dropped."""

from collections import Counter

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.customs_mapping import NAME, CustomsMapping
from entrepot.sources.report import EXAMPLES_KEPT, Dropped, ReadReport
from entrepot.sources.trade_years import HS_SINCE
from entrepot.tables import firm_flows

OTHER = "other"


class Losses:
    """Rows and value that did not come through, by reason, in the order of the checks."""

    def __init__(self) -> None:
        self._meanings: dict[str, Text] = {}
        self._rows: Counter[str] = Counter()
        self._value: dict[str, float] = {}
        self._examples: dict[str, Counter[str]] = {}
        self._warnings: dict[Text, None] = {}

    def count(self, reason: str, meaning: Text, lost: pl.DataFrame, example: str) -> None:
        """Count rows that are left out, with their value and the most frequent values of a column."""
        if lost.is_empty():
            return
        self._meanings.setdefault(reason, meaning)
        self._rows[reason] += lost.height
        if "value_usd" in lost.columns and lost.schema["value_usd"].is_numeric():
            self._value[reason] = self._value.get(reason, 0.0) + float(lost["value_usd"].fill_null(0).sum())
        if example in lost.columns:
            found = (
                lost[example]
                .cast(pl.Utf8)
                .fill_null("")
                .value_counts()
                .sort("count", example, descending=[True, False])
            )
            kept = self._examples.setdefault(reason, Counter())
            kept.update(dict(found.head(EXAMPLES_KEPT).iter_rows()))

    def warn(self, said: Text) -> None:
        """Keep a sentence, once."""
        self._warnings[said] = None

    def report(self, provider: str, file: str, layout: Text, rows_read: int, rows_kept: int) -> ReadReport:
        """The report of the reading."""
        dropped = tuple(
            Dropped(
                reason,
                meaning,
                self._rows[reason],
                tuple(word for word, _ in self._examples.get(reason, Counter()).most_common(EXAMPLES_KEPT)),
                self._value.get(reason),
            )
            for reason, meaning in self._meanings.items()
        )
        return ReadReport(provider, (file,), layout, rows_read, rows_kept, dropped, tuple(self._warnings))


def canonical_rows(
    frame: pl.DataFrame, mapping: CustomsMapping, concordances: pl.DataFrame | None, losses: Losses
) -> pl.DataFrame:
    """Rows of a file under canonical names, as `firm_flows`.

    Parameters
    ----------
    frame : columns found in the file, texts stripped, numbers as they are.
    """
    frame = _numbers(frame, losses)
    frame = _codes(frame, mapping, losses)
    frame = _filtered(frame, mapping, losses)
    frame = _products(frame, mapping, concordances, losses)
    frame = frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in firm_flows.SCHEMA.items()
    )
    return firm_flows.check(frame, unique=True)


def _part(frame: pl.DataFrame, bad: pl.Expr, losses: Losses, reason: str, meaning: Text, example: str) -> pl.DataFrame:
    """The rows that are not bad; the others are counted."""
    wrong = frame.select(bad.fill_null(True).alias("bad"))["bad"]
    if not wrong.any():
        return frame
    losses.count(reason, meaning, frame.filter(wrong), example)
    return frame.filter(~wrong)


def _numbers(frame: pl.DataFrame, losses: Losses) -> pl.DataFrame:
    """Year, value and quantity as numbers; rows without year or value go, a missing quantity is null."""
    given = frame
    year = pl.col("year")
    if not given.schema["year"].is_numeric():
        # 2010, 201007, 2010-07-31: the year comes first in all of them.
        year = year.str.extract(r"^((?:18|19|20)\d\d)(?:\.0$|$|\D|(?:0[1-9]|1[0-2]))")
    else:
        year = pl.when(year > 2100).then(year // 10 ** (year.log10().floor() - 3)).otherwise(year)
    frame = given.with_columns(
        said_year=pl.col("year").cast(pl.Utf8),
        year=year.cast(pl.Float64, strict=False).cast(pl.Int16, strict=False),
        **{
            name: pl.col(name).cast(pl.Utf8).str.replace_all(",", "").cast(pl.Float64, strict=False)
            for name in ("value_usd", "quantity")
            if name in given.columns and not given.schema[name].is_numeric()
        },
    ).with_columns(pl.col(name).cast(pl.Float64) for name in ("value_usd", "quantity") if name in given.columns)
    frame = _part(
        frame, ~pl.col("year").is_between(1800, 2100), losses, "bad_year", Text("no year", "年份无效"), "said_year"
    )
    value = pl.col("value_usd")
    frame = _part(
        frame,
        ~(value.is_finite() & (value > 0)),
        losses,
        "no_value",
        Text("no value above zero", "金额缺失或不大于零"),
        "value_usd",
    )
    if "quantity" not in frame.columns:
        frame = frame.with_columns(quantity=pl.lit(None, pl.Float64))
    known = pl.col("quantity").is_finite() & (pl.col("quantity") > 0)
    meaning = Text("no quantity above zero: kept without price and quality", "数量缺失或不大于零：保留，但无价格与质量")
    losses.count("no_quantity", meaning, frame.filter(~known.fill_null(False)), "quantity")
    return frame.with_columns(quantity=pl.when(known).then(pl.col("quantity"))).drop("said_year")


def _codes(frame: pl.DataFrame, mapping: CustomsMapping, losses: Losses) -> pl.DataFrame:
    """Codes as text, checked; parts cut out, words put in the place of codes."""
    codes = [
        name
        for name in (*firm_flows.SCHEMA, NAME)
        if name in frame.columns and name not in ("year", "value_usd", "quantity")
    ]
    frame = frame.with_columns(pl.col(name).cast(pl.Utf8).str.strip_suffix(".0") for name in codes)
    frame = frame.with_columns(
        pl.lit(word).alias(column) for column, word in mapping.constants.items() if column not in frame.columns
    )
    if "flow" not in frame.columns:
        frame = frame.with_columns(flow=pl.lit("export"))
    frame = _part(frame, pl.col("firm").is_null(), losses, "no_firm", Text("no code of a firm", "无企业编码"), "firm")
    if mapping.firm_length is not None:
        length = mapping.firm_length
        meaning = Text(f"firm codes without {length} characters", f"企业编码不是 {length} 位")
        frame = _part(frame, pl.col("firm").str.len_chars() != length, losses, "firm_length", meaning, "firm")
    frame = frame.with_columns(
        pl.col(of).str.slice(first - 1, last - first + 1).alias(column)
        for column, (of, first, last) in mapping.parts.items()
    )
    for column, words in mapping.words.items():
        if column in frame.columns:
            default = pl.lit(words[OTHER]) if OTHER in words else pl.lit(None, pl.Utf8)
            known = {code: word for code, word in words.items() if code != OTHER}
            said = pl.col(column).replace_strict(known, default=default, return_dtype=pl.Utf8)
            frame = frame.with_columns(pl.when(pl.col(column).is_not_null()).then(said).alias(f"{column}_word"))
            if column == "flow":
                meaning = Text("neither export nor import", "既非出口亦非进口")
                frame = _part(frame, pl.col("flow_word").is_null(), losses, "unknown_flow", meaning, "flow")
            frame = frame.drop(column).rename({f"{column}_word": column})
    meaning = Text("neither export nor import", "既非出口亦非进口")
    frame = _part(frame, ~pl.col("flow").is_in(firm_flows.FLOWS), losses, "unknown_flow", meaning, "flow")
    for column, meaning in (
        ("region", Text("no region", "无地区")),
        ("destination", Text("no destination", "无目的地")),
        ("product", Text("no product", "无产品编码")),
    ):
        frame = _part(frame, pl.col(column).is_null(), losses, f"no_{column}", meaning, "firm")
    return frame


def _filtered(frame: pl.DataFrame, mapping: CustomsMapping, losses: Losses) -> pl.DataFrame:
    """Flows, regimes, intermediaries and chapters that the mapping asks for."""
    for column, words in mapping.keep.items():
        if column in frame.columns:
            name = {"flow": Text("other flows", "其他流向"), "regime": Text("other customs regimes", "其他贸易方式")}[
                column
            ]
            frame = _part(frame, ~pl.col(column).is_in(words), losses, f"other_{column}", name, column)
    if mapping.not_named and NAME in frame.columns:
        named = pl.any_horizontal(pl.col(NAME).str.contains(word, literal=True) for word in mapping.not_named)
        meaning = Text("intermediaries, by the words of their names", "贸易中间商（按名称用词）")
        frame = _part(frame, named.fill_null(False), losses, "intermediary", meaning, NAME)
    digits = mapping.product_digits
    if digits is not None:
        if mapping.pad_product:
            short = pl.col("product").str.contains(r"^\d+$") & (pl.col("product").str.len_chars() < digits)
            meaning = Text("product codes given back their leading zeros: kept", "产品编码已补回前导零：保留")
            losses.count("padded", meaning, frame.filter(short), "product")
            frame = frame.with_columns(
                product=pl.when(short).then(pl.col("product").str.zfill(digits)).otherwise("product")
            )
        numeric = pl.col("product").str.contains(r"^\d+$")
        lost = numeric & (pl.col("product").str.len_chars() == digits - 1)
        meaning = Text(
            f"product codes a digit short of {digits}: leading zeros were probably lost",
            f"产品编码比 {digits} 位少一位：前导零可能已丢失",
        )
        frame = _part(frame, lost, losses, "lost_zero", meaning, "product")
        meaning = Text(f"product codes without {digits} digits", f"产品编码不是 {digits} 位数字")
        frame = _part(
            frame, ~(numeric & (pl.col("product").str.len_chars() == digits)), losses, "bad_product", meaning, "product"
        )
    if mapping.chapters:
        meaning = Text("products outside the chapters asked for", "不在所选章节内的产品")
        outside = ~pl.col("product").str.head(2).is_in(sorted(mapping.chapters))
        frame = _part(frame, outside, losses, "other_chapter", meaning, "product")
    return frame


def _products(
    frame: pl.DataFrame, mapping: CustomsMapping, concordances: pl.DataFrame | None, losses: Losses
) -> pl.DataFrame:
    """Products carried to one vintage at HS6, then cut to the level."""
    if mapping.vintage is not None:
        frame = _carried(frame, mapping.vintage, concordances, losses)
    if mapping.level is not None:
        frame = frame.with_columns(pl.col("product").str.head(mapping.level))
    return frame


def _carried(frame: pl.DataFrame, vintage: str, concordances: pl.DataFrame | None, losses: Losses) -> pl.DataFrame:
    since = pl.DataFrame({"since": [year for year, _ in HS_SINCE], "own": [name for _, name in HS_SINCE]}).cast(
        {"since": pl.Int16}
    )
    frame = frame.with_columns(row=pl.int_range(pl.len()), code=pl.col("product").str.head(6)).sort("year")
    frame = frame.join_asof(since, left_on="year", right_on="since", strategy="backward").sort("row")
    known = _one_each(concordances, vintage)
    routes = set(known["own"].unique())
    bare = sorted(set(frame["own"].drop_nulls().unique()) - routes - {vintage})
    if bare:
        losses.warn(
            Text(
                f"No correspondence from {', '.join(bare)} to {vintage} is loaded: these codes stay in their own vintage.",
                f"未载入 {'、'.join(bare)} 到 {vintage} 的对照表：相应编码保留原版本。",
            )
        )
    carried = sorted(set(frame["own"].drop_nulls().unique()) & routes)
    if carried:
        losses.warn(
            Text(
                f"Codes of {', '.join(carried)} were carried to {vintage} by the correspondence tables.",
                f"{'、'.join(carried)} 的编码已按对照表转换为 {vintage}。",
            )
        )
    frame = frame.join(known, on=["own", "code"], how="left", maintain_order="left")
    lost = pl.col("own").is_in(sorted(routes - {vintage})) & pl.col("carried").is_null()
    meaning = Text(f"codes without a correspondence in {vintage}", f"在 {vintage} 中无对应的编码")
    frame = _part(frame, lost, losses, "no_correspondence", meaning, "product")
    meaning = Text(
        f"codes with several correspondences in {vintage}, carried to one of them: kept",
        f"在 {vintage} 中有多个对应的编码，取其一：保留",
    )
    losses.count("several_correspondences", meaning, frame.filter(pl.col("several").fill_null(False)), "product")
    return frame.with_columns(product=pl.coalesce("carried", "code")).drop(
        "row", "code", "since", "own", "carried", "several"
    )


def _one_each(concordances: pl.DataFrame | None, vintage: str) -> pl.DataFrame:
    """The code of the vintage that each code goes to, as a firm's declaration cannot be parted.

    The one that the table marks; else the code itself, if it is among them; else one of its heading; else the first.
    """
    if concordances is None:
        return pl.DataFrame(schema={"own": pl.Utf8, "code": pl.Utf8, "carried": pl.Utf8, "several": pl.Boolean})
    to, of = pl.col("to_code"), pl.col("from_code")
    preference = (pl.col("chosen").fill_null(False), to == of, to.str.head(4) == of.str.head(4), to)
    return (
        concordances.filter(pl.col("to_classification") == vintage)
        .sort(*preference, descending=[True, True, True, False])
        .group_by(own="from_classification", code="from_code")
        .agg(carried=to.first(), several=to.n_unique() > 1)
    )
