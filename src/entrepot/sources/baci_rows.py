"""The rows of one year of BACI: parsed, checked, mapped to economies, counted."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.core.text import Text
from entrepot.sources.baci_faults import BlockFaults, no_rows, truncated, wrong_columns
from entrepot.sources.head import columns_of, decoded
from entrepot.sources.ordering import Coded, joined, ordered
from entrepot.sources.provider import TradeYear
from entrepot.sources.report import Dropped, ReadReport

COLUMNS = ("t", "i", "j", "k", "v", "q")
INTEGERS = ("t", "i", "j", "k")
HS6_LOWEST, HS6_HIGHEST = 10_000, 999_999
COUNTRY_HIGHEST = 999
NO_ECONOMY = np.iinfo(np.uint16).max
USD_PER_UNIT = 1000.0
# How the source writes an unknown quantity: NA or nothing, padded with spaces to the width of its column.
BLANK = re.compile(rb",([ \t]*(?:NA|NaN|\.)?[ \t]*)\r?\n")
BLANK_SAMPLE = 1 << 18
EXAMPLES = 12


class YearRows:
    """Collects the rows of a year block by block; `finish` sorts and counts them.

    Parameters
    ----------
    year : the calendar year.
    path : the file, named in errors.
    provider, layout : for the report.
    iso3 : country number (as text) → ISO3.
    later : country number → ISO3 that it has in this year, for numbers whose own economy is no more.
    names : country number → name, for numbers that `iso3` lacks.
    products : codes that the release lists; empty if it lists none.
    """

    def __init__(
        self,
        *,
        year: int,
        path: Path,
        provider: str,
        iso3: Mapping[str, str],
        later: Mapping[str, str],
        names: Mapping[str, str],
        products: frozenset[str],
        layout: Text,
    ) -> None:
        self.year = year
        self._path, self._provider, self._layout = path, provider, layout
        self._names, self._products = names, products
        self._economies = sorted(set(iso3.values()))
        place = {code: position for position, code in enumerate(self._economies)}
        self._place = np.full(COUNTRY_HIGHEST + 1, NO_ECONOMY, dtype=np.uint16)
        self._later = {int(number): (code, iso3.get(number, "")) for number, code in later.items() if code in place}
        self._later_rows = dict.fromkeys(self._later, 0)
        for number, code in (dict(iso3) | dict(later)).items():
            if code in place and number.isdigit() and int(number) <= COUNTRY_HIGHEST:
                self._place[int(number)] = place[code]
        self._files: dict[str, int] = {}
        self._header: dict[str, tuple[str, ...]] = {}
        self._blanks: set[str] = {"NA", ""}
        self._parts: list[Coded] = []
        self._unknown: dict[str, tuple[int, float]] = {}
        self._unknown_rows, self._unknown_value = 0, 0.0
        self._own_rows, self._own_value = 0, 0.0
        self._zero_rows = self._zero_quantities = 0
        self._open_end: str | None = None

    def add_text(self, name: str, block: bytes, *, whole: bool) -> None:
        """Take a block of whole lines of a file; the first block of a file begins with its heading.

        Parameters
        ----------
        whole : the file holds this year and no other; otherwise rows of other years are passed over.
        """
        if name not in self._header:
            block = self._take_header(name, block)
        self._open_end = None if block.endswith(b"\n") or not block else _last_line(block)
        if block[-2:] in (b"\n\n", b"\r\n", b"\n") or not block:
            # Blank lines at the end are no rows; a block of megabytes is copied only where there may be some.
            block = block.rstrip(b"\r\n")
        if not block:
            return
        line = self._files[name] + 2
        if self._open_end is not None and self._open_end.count(",") < len(COLUMNS) - 1:
            raise truncated(self._provider, self._path, name, line + block.count(b"\n"), self._open_end)
        frame = self._parsed(name, block, line)
        self._files[name] += frame.height
        if not whole:
            frame = frame.filter(pl.col("t") == self.year)
        self._take(name, frame, line)

    def end_text(self, name: str) -> None:
        """The file has ended: it must have had a heading."""
        if name not in self._header:
            raise no_rows(self._provider, self._path, name)

    def add_frame(self, name: str, frame: pl.DataFrame) -> None:
        """Take rows of a Parquet file."""
        line = self._files.get(name, 0) + 1
        if missing := [column for column in COLUMNS if column not in frame.columns]:
            raise wrong_columns(self._provider, self._path, name, tuple(frame.columns), missing)
        self._files[name] = self._files.get(name, 0) + frame.height
        texts = frame.select(pl.col(column).cast(pl.Utf8) for column in COLUMNS)
        self._take(name, BlockFaults(self._provider, self._path, name, line).cast(texts), line)

    def finish(self) -> TradeYear:
        """The year's flows in order, and the report."""
        read = sum(part_rows for part_rows in self._files.values())
        rows = sum(len(part) for part in self._parts)
        if not rows:
            raise no_rows(self._provider, self._path, next(iter(self._files), None))
        coded = joined(self._parts)
        self._parts.clear()
        result = ordered(self.year, coded, self._economies, 6)
        del coded
        report = ReadReport(
            provider=self._provider,
            files=tuple(self._files),
            layout=self._layout,
            rows_read=read,
            rows_kept=result.flows.height,
            dropped=self._dropped(result.summed),
            warnings=self._warnings(result.flows),
        )
        return TradeYear(self.year, result.flows, report)

    def _take_header(self, name: str, block: bytes) -> bytes:
        heading, _, rest = block.partition(b"\n")
        found = tuple(column.lower() for column in columns_of(decoded(heading).strip()))
        if sorted(found) != sorted(COLUMNS):
            missing = [column for column in COLUMNS if column not in found]
            raise wrong_columns(self._provider, self._path, name, found, missing)
        self._header[name], self._files[name] = found, 0
        sample = BLANK.findall(rest[:BLANK_SAMPLE])
        self._blanks.update(blank.decode("ascii") for blank in sample)
        return rest

    def _parsed(self, name: str, body: bytes, line: int) -> pl.DataFrame:
        header = self._header[name]
        try:
            return pl.read_csv(
                body,
                has_header=False,
                schema={column: pl.Int32 if column in INTEGERS else pl.Float64 for column in header},
                null_values=sorted(self._blanks),
            )
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
            # Slower, but it says which line is at fault, or finds that none is.
            return BlockFaults(self._provider, self._path, name, line).parse(body, header)

    def _take(self, name: str, frame: pl.DataFrame, line: int) -> None:
        if frame.is_empty():
            return
        faults = BlockFaults(self._provider, self._path, name, line)
        self._check(frame, faults)
        exporter = self._place[frame["i"].to_numpy()]
        importer = self._place[frame["j"].to_numpy()]
        for number in self._later:
            self._later_rows[number] += int(((frame["i"] == number) | (frame["j"] == number)).sum())
        value = np.round(frame["v"].to_numpy() * USD_PER_UNIT, 3)
        quantity = frame["q"].fill_null(float("nan")).to_numpy()
        unknown = (exporter == NO_ECONOMY) | (importer == NO_ECONOMY)
        own = (exporter == importer) & ~unknown
        zero = value <= 0
        if (no_quantity := quantity == 0).any():
            self._zero_quantities += int(no_quantity.sum())
            quantity = np.where(no_quantity, np.nan, quantity)
        product = frame["k"].to_numpy()
        if (leave := unknown | own | zero).any():
            self._count(frame, value, unknown, own, zero)
            keep = ~leave
            exporter, importer, product = exporter[keep], importer[keep], product[keep]
            value, quantity = value[keep], quantity[keep]
        self._parts.append(Coded(exporter, importer, product, value, quantity))

    def _check(self, frame: pl.DataFrame, faults: BlockFaults) -> None:
        """Look at extremes first: one pass tells that a block of a million rows is sound."""
        low, high = frame.min().row(0, named=True), frame.max().row(0, named=True)
        nulls = frame.null_count().row(0, named=True)
        sound = (
            not any(nulls[column] for column in COLUMNS if column != "q")
            and low["t"] == high["t"] == self.year
            and low["i"] >= 0
            and low["j"] >= 0
            and max(high["i"], high["j"]) <= COUNTRY_HIGHEST
            and low["k"] >= HS6_LOWEST
            and high["k"] <= HS6_HIGHEST
            and low["v"] >= 0
            and (low["q"] is None or low["q"] >= 0)
            and bool(frame["v"].is_finite().all())
            and bool(frame["q"].is_finite().all())
        )
        if not sound:
            self._refuse(frame, faults)

    def _refuse(self, frame: pl.DataFrame, faults: BlockFaults) -> NoReturn:
        faults.refuse(frame, self.year, COUNTRY_HIGHEST, (HS6_LOWEST, HS6_HIGHEST))

    def _count(
        self,
        frame: pl.DataFrame,
        value: NDArray[np.float64],
        unknown: NDArray[np.bool_],
        own: NDArray[np.bool_],
        zero: NDArray[np.bool_],
    ) -> None:
        """Count what is left out, each row once: unknown economy before own trade before zero."""
        self._unknown_rows += int(unknown.sum())
        self._unknown_value += float(value[unknown].sum())
        self._own_rows += int(own.sum())
        self._own_value += float(value[own].sum())
        self._zero_rows += int((zero & ~unknown & ~own).sum())
        for column in ("i", "j"):
            numbers = frame[column].to_numpy()
            without = self._place[numbers] == NO_ECONOMY
            for number in np.unique(numbers[without]).tolist():
                at = without & (numbers == number)
                rows, worth = self._unknown.get(str(number), (0, 0.0))
                self._unknown[str(number)] = (rows + int(at.sum()), worth + float(value[at].sum()))

    def _dropped(self, summed: int) -> tuple[Dropped, ...]:
        worst = sorted(self._unknown, key=lambda number: -self._unknown[number][1])
        shown = tuple(f"{number} {self._names.get(number, '')}".strip() for number in worst[:EXAMPLES])
        entries = (
            Dropped(
                "unknown_economy",
                Text("country number that the store does not know", "数据仓库不认识的国家编号"),
                self._unknown_rows,
                shown,
                self._unknown_value,
            ),
            Dropped(
                "own_trade",
                Text("exporter and importer are one economy", "出口方与进口方为同一经济体"),
                self._own_rows,
                value_usd=self._own_value,
            ),
            Dropped("zero_value", Text("value of zero", "金额为零"), self._zero_rows),
            Dropped(
                "summed",
                Text("summed into another row of the same pair and product", "并入同一对经济体同一产品的另一行"),
                summed,
            ),
        )
        return tuple(entry for entry in entries if entry.rows)

    def _warnings(self, flows: pl.DataFrame) -> tuple[Text, ...]:
        found: list[Text] = []
        for number, (code, former) in self._later.items():
            if rows := self._later_rows[number]:
                found.append(
                    Text(
                        f"{rows:,} rows of {self.year} under number {number} ({former}, which was no more) are read as {code}.",
                        f"{self.year} 年编号 {number}（{former}，当时已不存在）的 {rows:,} 行读作 {code}。",
                    )
                )
        if self._zero_quantities:
            count = f"{self._zero_quantities:,}"
            found.append(Text(f"{count} quantities of zero taken as unknown.", f"{count} 个零数量视为未知。"))
        if flows["quantity_t"].null_count() == flows.height:
            found.append(
                Text(
                    f"No quantities in {self.year}: unit values and what needs them stay empty.",
                    f"{self.year} 年无数量数据：单价及依赖单价的参数为空。",
                )
            )
        codes = flows["product"].unique().cast(pl.Utf8).sort().to_list()
        strange = [code for code in codes if code not in self._products] if self._products else []
        if strange:
            shown = ", ".join(strange[:EXAMPLES])
            found.append(
                Text(
                    f"{len(strange)} product codes are not in the release's own list: {shown}.",
                    f"{len(strange)} 个产品编码不在该版本自带的清单中：{shown}。",
                )
            )
        if self._open_end is not None:
            found.append(
                Text(
                    "The last line has no end: the file may have been cut off.", "最后一行没有换行符：文件可能被截断。"
                )
            )
        return (*found, *without_imports(flows))


def without_imports(flows: pl.DataFrame) -> tuple[Text, ...]:
    """Economies that export in a year but have no import flow: either they did not report, or the file lacks them."""
    exports = flows.group_by("exporter").agg(pl.col("value_usd").sum())
    silent = (
        exports.with_columns(pl.col("exporter").cast(pl.Utf8))
        .filter(~pl.col("exporter").is_in(flows["importer"].unique().cast(pl.Utf8).to_list()))
        .sort("value_usd", "exporter", descending=[True, False])
    )
    if silent.is_empty():
        return ()
    listed, year = ", ".join(silent["exporter"]), flows["year"][0]
    share = float(silent["value_usd"].sum()) / float(flows["value_usd"].sum())
    return (
        Text(
            f"{silent.height} economies export in {year} but have no import flows: {listed} "
            f"({share:.1%} of all exports). As markets they count as not reported, and world totals lack their imports.",
            f"{silent.height} 个经济体在 {year} 年有出口但没有进口数据：{listed}（占全部出口的 {share:.1%}）。"
            "作为市场视为未申报，世界合计不含其进口。",
        ),
    )


def _last_line(body: bytes) -> str:
    return decoded(body[body.rfind(b"\n") + 1 :])
