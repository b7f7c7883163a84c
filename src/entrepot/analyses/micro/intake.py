"""Declarations taken in: read in pieces, filtered, spooled by product, with an account of every row."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from entrepot.analyses.micro.options import MicroOptions, frame_of
from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.scale.spool import Spool
from entrepot.sources.customs import CustomsReading, lengths_of
from entrepot.sources.customs_mapping import read_mapping
from entrepot.sources.report import EXAMPLES_KEPT, Dropped, ReadReport

Progress = Callable[[str, float], None]
MOVES = 0.4  # part of the bar that reading takes
OTHER_REGIME = Text("other customs regimes", "其他贸易方式")
OTHER_FLOW = Text("other flows", "其他流向")
LOST_ZERO = Text("product codes a digit short: leading zeros were probably lost", "产品编码少一位：前导零可能已丢失")
NO_INDUSTRY = Text("products that the table of industries does not have", "行业对照表中没有的产品")
JOINED = Text(
    "Quantities of the codes that make up a product are added as they are declared; where their units differ, its prices mix them.",
    "同一产品下各编码的数量按申报值直接相加；若计量单位不同，价格将混合不同单位。",
)
UNFILTERED = Text(
    "All trade is compared: the filters of the mapping do not apply, nor does a regime asked for.",
    "比较全部贸易：映射中的筛选条件以及所指定的贸易方式均不适用。",
)


@dataclass
class Intake:
    """What came in.

    Parameters
    ----------
    spool : the rows, by product; with `line`, the code before it was cut or replaced, where EXPY asks for it.
    reading : the reader's report.
    dropped : what was left out after it.
    years : every year that has rows; firm_lengths : rows by length of the firm code.
    remarks : what else a reader must know.
    """

    spool: Spool
    reading: ReadReport
    dropped: dict[str, Dropped] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    firm_lengths: Counter[int] = field(default_factory=Counter)
    remarks: tuple[Text, ...] = ()

    @property
    def notes(self) -> tuple[Text, ...]:
        """What became of the rows, in sentences."""
        report = self.reading
        said = [
            Text(
                f"Rows read {report.rows_read:,}, used {self.spool.rows:,}.",
                f"读入 {report.rows_read:,} 行，使用 {self.spool.rows:,} 行。",
            )
        ]
        said += [_sentence(entry) for entry in (*report.dropped, *self.dropped.values())]
        said += report.warnings
        usual = self.firm_lengths.most_common(1)[0][0] if self.firm_lengths else 0
        odd = self.firm_lengths.total() - self.firm_lengths[usual]
        if odd:
            said.append(
                Text(
                    f"{odd:,} rows have firm codes of another length than the usual {usual}; they are kept.",
                    f"{odd:,} 行的企业编码长度不同于通常的 {usual} 位；已保留。",
                )
            )
        return (*said, *self.remarks)


def _sentence(entry: Dropped) -> Text:
    examples = [word for word in entry.examples[:3] if word]
    shown = Text(f" ({', '.join(examples)})", f"（{'、'.join(examples)}）") if examples else Text("", "")
    worth = Text("", "")
    if entry.value_usd is not None:
        worth = Text(f", US$ {entry.value_usd:,.0f}", f"，{entry.value_usd:,.0f} 美元")
    return Text(
        f"{entry.rows:,} rows{worth.en}: {entry.meaning.en}{shown.en}.",
        f"{entry.rows:,} 行{worth.zh}：{entry.meaning.zh}{shown.zh}。",
    )


@contextmanager
def taken_in(
    data: Any, options: MicroOptions, progress: Progress | None, *, all_flows: bool = False
) -> Iterator[Intake]:
    """Read all of `data` into a spool that lasts as long as the context.

    Parameters
    ----------
    data : path of a file, or a frame.
    all_flows : exports and imports, every regime, firm and product, whatever a mapping leaves out (for questions that
        compare them).

    Raises
    ------
    DataError
        If the file cannot be read, or nothing is left of it.
    """
    given = read_mapping(options.mapping)
    # Cut here instead of in the reader, so that the option outranks the mapping and finer lines are there for EXPY.
    level, mapping = options.level or given.level, replace(given, level=None)
    remarks = [JOINED] if level is not None or options.industries is not None else []
    if all_flows:
        level, mapping = options.level, replace(mapping, vintage=None, keep={}, not_named=(), chapters=frozenset())
        filtered = given.keep or given.not_named or given.chapters or options.regime
        remarks = [UNFILTERED] if filtered else []
    source = Path(data) if isinstance(data, str | Path) else frame_of(data)
    reading = CustomsReading(source, mapping, options.concordances)
    with Spool() as spool:
        intake = Intake(spool, reading.report, remarks=tuple(remarks))
        products: Counter[str] = Counter()
        values: Counter[str] = Counter()
        for number, frame in enumerate(reading):
            rows = frame if all_flows else _chosen(frame, options, intake)
            rows = _products(rows, options, level, intake, checked=mapping.product_digits is not None)
            intake.years |= set(rows["year"].unique())
            intake.firm_lengths += lengths_of(rows["firm"])
            for product, count, value in rows.group_by("product").agg(pl.len(), pl.col("value_usd").sum()).iter_rows():
                products[product] += count
                values[product] += value
            spool.add(rows)
            if progress is not None:
                # How much there is to read is not known in every format, so the bar slows down instead of lying.
                progress(_READING.say(options.lang), MOVES * (1 - 0.95 ** (number + 1)))
        intake.reading = reading.report
        if options.industries is None:
            _without_lost_zeros(intake, products, values)
        if not spool.rows:
            listed = " ".join(note.en for note in intake.notes), " ".join(note.zh for note in intake.notes)
            raise DataError(
                "nothing_left",
                Text(f"No row is left to compute with. {listed[0]}", f"没有可用于计算的行。{listed[1]}"),
                field="file",
            )
        yield intake


_READING = Text("reading", "读取")


def _leave_out(
    rows: pl.DataFrame, bad: pl.Expr, reason: str, meaning: Text, example: str, intake: Intake
) -> pl.DataFrame:
    lost = rows.filter(bad)
    if lost.height:
        _count(
            intake,
            reason,
            meaning,
            lost.height,
            float(lost["value_usd"].sum()),
            lost[example].unique().sort().head(EXAMPLES_KEPT).to_list(),
        )
        return rows.filter(~bad)
    return rows


def _count(intake: Intake, reason: str, meaning: Text, rows: int, value: float, examples: list[str]) -> None:
    before = intake.dropped.get(reason, Dropped(reason, meaning, 0, (), 0.0))
    shown = tuple(dict.fromkeys((*before.examples, *examples)))[:EXAMPLES_KEPT]
    intake.dropped[reason] = Dropped(reason, meaning, before.rows + rows, shown, (before.value_usd or 0.0) + value)


def _chosen(frame: pl.DataFrame, options: MicroOptions, intake: Intake) -> pl.DataFrame:
    rows = _leave_out(frame, pl.col("flow") != options.flow, "other_flow", OTHER_FLOW, "flow", intake)
    if options.regime is not None:
        other = pl.col("regime").fill_null("") != options.regime
        rows = _leave_out(rows, other, "other_regime", OTHER_REGIME, "regime", intake)
    return rows


def _products(
    rows: pl.DataFrame, options: MicroOptions, level: int | None, intake: Intake, *, checked: bool
) -> pl.DataFrame:
    """Products cut to the level or replaced by industries; `checked`: the reader has seen to their digits."""
    if options.prody is not None:
        rows = rows.with_columns(line=pl.col("product"))
    if level is not None and not checked:
        # Where digits are cut, codes are of the HS, whose codes have an even number of them.
        odd = pl.col("product").str.contains(r"^\d+$") & (pl.col("product").str.len_chars() % 2 == 1)
        rows = _leave_out(rows, odd, "lost_zero", LOST_ZERO, "product", intake)
    if level is not None:
        rows = rows.with_columns(pl.col("product").str.head(level))
    if options.industries is not None:
        table = options.industries
        known = pl.col("product").is_in(table["product"].implode())
        rows = _leave_out(rows, ~known, "no_industry", NO_INDUSTRY, "product", intake)
        rows = rows.with_columns(
            pl.col("product").replace_strict(table["product"], table["industry"], return_dtype=pl.Utf8)
        )
    return rows


def _without_lost_zeros(intake: Intake, products: Counter[str], values: Counter[str]) -> None:
    """Codes of 3, 5 or 7 digits beside others with one more have lost a zero on the way."""
    digits = {len(product) for product in products if product.isdecimal()}
    lost = sorted(p for p in products if p.isdecimal() and len(p) in (3, 5, 7) and len(p) + 1 in digits)
    if lost:
        rows, value = sum(products[p] for p in lost), sum(values[p] for p in lost)
        _count(intake, "lost_zero", LOST_ZERO, rows, value, lost[:EXAMPLES_KEPT])
        intake.spool.leave_out(lost)
