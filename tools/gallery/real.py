"""The same questions on files that providers publish, where a folder has them; nothing of it is kept in the project."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from entrepot.core.text import Text
from entrepot.ingest.add import add
from entrepot.ingest.derived import coverage, reporters
from entrepot.report.chart import svg_text
from entrepot.store import DataSetInfo, Store
from entrepot.workbench import Workbench

FISH = Path("comtrade_fish_hs6_2000_2024") / "fish_annual_reported.parquet"
COMEXT = Path("eurostat_comext_cn8_2023_2025") / "comext_cn8_monthly_bilateral.parquet"
HS4 = Path("comtrade_hs4_23x23_1989_1990") / "zerotradeflow_comtrade_hs4.parquet"


def answers(bench: Workbench, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """One page per set of files that is there, with its pictures; a line for each that is not."""
    parts: tuple[tuple[str, Path, Callable[[Workbench, Path], tuple[str, dict[str, str]]]], ...] = (
        ("fish", FISH, fish),
        ("comext", COMEXT, comext),
        ("hs4", HS4, hs4),
    )
    for name, file, tell in parts:
        if (folder / file).is_file():
            yield tell(bench, folder / file)
        else:
            yield f"## {name}\n\nSkipped: {file} is not in the folder.\n", {}


def fish(bench: Workbench, file: Path) -> tuple[str, dict[str, str]]:
    """Frozen fish told by both sides: how far they differ, who has power, and how much trade is two-way."""
    added = add(bench.store, file, name="gallery-fish")
    told = [warning.en for one in added.added for warning in one.report.warnings]
    data = {"data": "gallery-fish"}
    power = bench.power(years="2012-2019", rank_by="tpi_export", **data)
    kinds = bench.iit("CHN", by="hs4", partners="developed,developing", years="2012-2019", **data)
    last = power.frame.filter((pl.col("year") == 2019) & (pl.col("rank") <= 5))
    lines = [
        "## Fish, told by both sides (UN Comtrade)\n",
        *(f"* {line}" for line in told),
        "",
        *_ranking(last),
        f"\nChina's overlap with developed partners in 2019, finest cells: {_total(kinds.frame, 'developed', 2019):.1%} of trade.\n",
    ]
    return "\n".join(lines), {
        "gallery-fish-power.svg": svg_text(power, "path"),
        "gallery-fish-kinds.svg": svg_text(kinds, "stack"),
    }


def comext(bench: Workbench, file: Path) -> tuple[str, dict[str, str]]:
    """Plastics films, inks and labels of the European Union by CN8: the horizontal and vertical trade of Germany."""
    add(bench.store, file, name="gallery-comext")
    found = bench.iit("DEU", partners="FRA,ITA,NLD,POL,CHN", by="hs4", data="gallery-comext", alpha=0.25)
    year = int(found.frame["year"].max())  # type: ignore[arg-type]
    rows = [
        f"| {partner} | {_total(found.frame, partner, year):.1%} |" for partner in ("FRA", "ITA", "NLD", "POL", "CHN")
    ]
    head = ["## Films, inks and labels (Eurostat Comext)\n", f"Germany's two-way trade, {year}, α = 0.25\n"]
    page = "\n".join([*head, "| partner | overlap |", "|---|---|", *rows, ""])
    return page, {"gallery-comext-kinds.svg": svg_text(found, "stack")}


def hs4(bench: Workbench, file: Path) -> tuple[str, dict[str, str]]:
    """All headings among 23 economies, 1989–90: marginal intra-industry trade of Japan, and power by heading."""
    publish_hs4(bench.store, file)
    found = bench.iit("JPN", by="section", level="hs4", years="1989-1990", data="gallery-hs4")
    leaders = bench.power_leaders(year=1990, rank_by="tpi_export", data="gallery-hs4", level=4)
    total = found.frame.filter((pl.col("industry") == "TOTAL") & (pl.col("year") == 1990)).row(0, named=True)
    page = (
        "## All headings among 23 economies, 1989–90\n\n"
        f"Japan 1990: GL over headings {total['gl_aggregate']:.2f} (pooled {total['gl']:.2f}), Brülhart A of the change since 1989 "
        f"{total['brulhart_a']:.2f}. Headings with a leader: {leaders.frame.height}.\n"
    )
    return page, {"gallery-hs4-leaders.svg": svg_text(leaders, "bars"), "gallery-hs4-gl.svg": svg_text(found, "bars")}


def publish_hs4(store: Store, file: Path) -> None:
    """Publish the package's matrix as a data set: no provider publishes in its layout, so no reader knows it.

    Values are thousands of US$; a quantity of 0 is missing; headings are of the first HS and named by those of HS92.
    """
    raw = pl.read_parquet(file)
    flows = raw.filter((pl.col("value_kusd") > 0) & (pl.col("exporter") != pl.col("importer"))).select(
        pl.col("year").cast(pl.Int16),
        "exporter",
        "importer",
        pl.col("hs4").cast(pl.String).str.zfill(4).alias("product"),
        (pl.col("value_kusd") * 1000.0).alias("value_usd"),
        pl.when(pl.col("qty_t") > 0).then(pl.col("qty_t").cast(pl.Float64)).alias("quantity_t"),
    )
    title = Text("23 economies by HS4, 1989–90", "23个经济体 HS4 贸易，1989–90 年")
    info = DataSetInfo(
        "gallery-hs4",
        "HS92",
        4,
        title,
        "zerotradeflow 0.1.0",
        "see the package",
        "UN Comtrade sample",
        "zerotradeflow",
        "",
    )
    with store.publishing() as publication:
        for year in sorted(flows["year"].unique()):
            publication.put_flows(info, int(year), flows.filter(pl.col("year") == year))
        publication.put_data_table(info.name, "reporters", reporters(flows))
        publication.put_data_table(info.name, "coverage", coverage(flows))


def _ranking(rows: pl.DataFrame) -> list[str]:
    head = ["| economy | export power | share | price factor |", "|---|---|---|---|"]
    told = rows.select("economy_name", "tpi_export", "tlc_export", "price_factor_export").iter_rows()
    return [*head, *(f"| {name} | {tpi:.3f} | {share:.1%} | {factor:.2f} |" for name, tpi, share, factor in told)]


def _total(frame: pl.DataFrame, partner: str, year: int) -> float:
    """GL_fine of all industries; 0 where there is no trade."""
    own = frame.filter((pl.col("partner") == partner) & (pl.col("industry") == "TOTAL") & (pl.col("year") == year))
    return float(own["gl_fine"][0] or 0.0) if own.height else 0.0
