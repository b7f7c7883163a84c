"""Real answers on the embedded data: who holds power in crude oil, copper ore, rare earths, gold; is copper trade vertical?"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from entrepot.report.chart import chart_of, svg_of
from entrepot.workbench import Workbench

ROUND_YEARS = "1995,2000,2005,2010,2015,2020,2024"
ALL_YEARS = "1995-2024"
SOURCE = "Data: CEPII, BACI HS92, 1995–2024, as embedded. Drawn by Entrepôt."
GOODS = (
    ("2709", "crude-oil", "Crude oil"),
    ("2603", "copper-ore", "Copper ore"),
    ("280530", "rare-earth-metals", "Rare-earth metals"),
    ("284690", "rare-earth-compounds", "Rare-earth compounds other than cerium"),
    ("7108", "gold", "Gold"),
)
BELIEVABLE = (0.25, 4.0)  # price factors
HEAD = """# Gallery: power and kinds of trade in real data

*Made by `python -m tools.gallery` from the embedded data; a test makes it again and fails when a number or a picture has moved. Each answer shows
the command that gives it. Figures are over the 74 mineral products that the program carries; "power" is the export trade power index
TPI = share × price factor ([method](methods-power.md)).*

**中文概要。** 本页由程序根据内置数据生成，测试会重新计算并核对：原油、铜矿、稀土、黄金 1995–2024 年由谁掌握贸易强国地位；中国铜矿贸易是否为垂直型；
中国矿产贸易强国指数的变化来源；各产品所处阶段。每个答案附有相应命令。
"""
OWN = """
## On data of your own

`python -m tools.gallery --data FOLDER --out FOLDER` asks the same of what providers publish, where the folder has it: a file of fish told by both
sides (UN Comtrade), monthly Comext files by CN8, and the HS4 matrix of 1989–90. Those records may not be passed on, so their answers are not
here; a test runs the program on them where they are, and skips visibly where they are not.
"""


def answers(bench: Workbench) -> tuple[str, dict[str, str]]:
    """The page and its pictures: file name → SVG."""
    pictures: dict[str, str] = {}
    pieces = [HEAD]
    for code, name, said in GOODS:
        pieces.append("\n".join(_holders(bench, code, name, said, pictures)))
    pieces.append("\n".join(_copper(bench, pictures)))
    pieces.append("\n".join(_china(bench, pictures)))
    return "\n".join(pieces) + OWN, pictures


def draw(result: object, kind: str, name: str, pictures: dict[str, str]) -> str:
    """Keep the picture, and give the line that shows it."""
    chart = replace(chart_of(result, kind), source=SOURCE)  # type: ignore[arg-type]
    pictures[f"gallery-{name}.svg"] = svg_of(chart)
    return f"![{chart.title}](pictures/gallery-{name}.svg)"


def _holders(bench: Workbench, code: str, name: str, said: str, pictures: dict[str, str]) -> Iterator[str]:
    path = bench.power(product=code, years=ALL_YEARS, rank_by="tpi_export")
    frame = path.frame.filter(
        pl.col("year").is_in([int(year) for year in ROUND_YEARS.split(",")]) & pl.col("rank").is_not_null()
    )
    yield f"## {said}: who holds power?\n"
    yield f"    entrepot power --product {code} --years {ALL_YEARS} --rank-by tpi_export --plot {name}.svg\n"
    yield draw(path, "path", name, pictures) + "\n"
    yield "| year | first | second | third | Herfindahl of shares |"
    yield "|---|---|---|---|---|"
    for year in frame["year"].unique().sort():
        own = frame.filter(pl.col("year") == year)
        best = [_one(row) for row in own.filter(pl.col("rank") <= 3).head(3).iter_rows(named=True)]
        yield f"| {year} | {' | '.join(best)} | {(own['tlc_export'] ** 2).sum():.2f} |"
    absent = set(map(int, ROUND_YEARS.split(","))) - set(frame["year"])
    without = f" No quantities in {', '.join(map(str, sorted(absent)))}, hence no prices." if absent else ""
    yield f"\n{_verdict(frame)}{without}\n"


def _one(row: dict[str, float | str | None]) -> str:
    return f"{row['economy_name']} {row['tpi_export']:.2f} ({row['tlc_export']:.0%} × {row['price_factor_export']:.2f})"


def _verdict(frame: pl.DataFrame) -> str:
    """Who led in the first and the last year, share and price apart, and which prices nobody should believe."""
    believable = frame.filter(pl.col("price_factor_export").is_between(*BELIEVABLE))
    ends = (believable.filter(pl.col("year") == end) for end in (believable["year"].min(), believable["year"].max()))
    rows = [one.sort("rank").row(0, named=True) for one in ends]
    said = [
        f"{row['economy_name']} led in {row['year']} with a share of {row['tlc_export']:.0%} at {row['price_factor_export']:.2f} "
        "times the world price"
        for row in rows
    ]
    text = f"{said[0]}; {said[1]}."
    odd = frame.filter((pl.col("rank") <= 3) & ~pl.col("price_factor_export").is_between(*BELIEVABLE))
    if odd.height:
        named = ", ".join(
            f"{row['economy_name']} {row['year']} ({row['price_factor_export']:.1f})"
            for row in odd.iter_rows(named=True)
        )
        text = (
            f"Among exporters within ¼ to 4 times the world price, {text} Beyond that a unit value points to another good or a doubtful "
            f"quantity rather than to power: {named}."
        )
    return text


def _copper(bench: Workbench, pictures: dict[str, str]) -> Iterator[str]:
    found = bench.iit("CHN", products="2603", by="hs6", years=ALL_YEARS)
    yield "## Is China's copper-ore trade vertical?\n"
    yield f"    entrepot iit CHN --products 2603 --by hs6 --years {ALL_YEARS} --plot copper.svg --chart stack\n"
    yield draw(found, "stack", "china-copper", pictures) + "\n"
    yield "| year | exports, m US$ | imports, m US$ | two-way share of trade | of it horizontal | vertical, high | vertical, low | untyped |"
    yield "|---|---|---|---|---|---|---|---|"
    rows = found.frame.filter((pl.col("industry") == "TOTAL") & pl.col("gl_fine").is_not_null())
    for row in rows.filter(pl.col("year").is_in([int(year) for year in ROUND_YEARS.split(",")])).iter_rows(named=True):
        kinds = [_of(row[kind], row["gl_fine"]) for kind in ("hiit", "viit_high", "viit_low", "iit_untyped")]
        amounts = f"{row['exports_usd'] / 1e6:,.1f} | {row['imports_usd'] / 1e6:,.1f}"
        yield f"| {row['year']} | {amounts} | {row['gl_fine']:.2%} | {' | '.join(kinds)} |"
    overlap = rows["gl_fine"] * (rows["exports_usd"] + rows["imports_usd"])
    kinds = {
        kind: float((rows[kind] * (rows["exports_usd"] + rows["imports_usd"])).sum() / overlap.sum()) for kind in KINDS
    }
    vertical = kinds["viit_high"] + kinds["viit_low"]
    yield (
        f"\nHardly any of it is two-way at all: at most {rows['gl_fine'].max():.2%} of the value in any year. China buys ore and sells next to none. Of "
        f"the little overlap over the thirty years {vertical:.0%} is vertical ({kinds['viit_high']:.0%} dearer, {kinds['viit_low']:.0%} cheaper "
        f"than what it buys), {kinds['hiit']:.0%} horizontal. To call China's copper-ore trade vertical intra-industry trade would be to name "
        "a remainder.\n"
    )


KINDS = ("hiit", "viit_high", "viit_low", "iit_untyped")


def _of(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _china(bench: Workbench, pictures: dict[str, str]) -> Iterator[str]:
    yield "## China's minerals: where its power comes from, and the kind of its trade\n"
    yield f"    entrepot power-change CHN --years {ALL_YEARS} --plot change.svg"
    yield "    entrepot power --economy CHN --years 2000,2024 --plot stages.svg --chart stages"
    yield f"    entrepot iit CHN --partners developed,developing,WLD --by section --years {ALL_YEARS} --plot gl.svg\n"
    change = bench.power_change("CHN", years=ALL_YEARS)
    yield draw(change, "waterfall", "china-change", pictures) + "\n"
    total = change.frame.filter(pl.col("product") == "TOTAL").row(0, named=True)
    yield (
        f"From {total['power_before']:.3f} to {total['power_after']:.3f}: {total['share_part']:+.4f} by share, {total['price_part']:+.4f} by price, "
        f"{total['mix_part']:+.4f} by product mix, {total['entry_exit']:+.4f} by entry and exit. Most of it is the share of what it buys: import power "
        "of a product is its share of the quantity imported.\n"
    )
    yield draw(bench.power(economy="CHN", years="2000,2024"), "stages", "china-stages", pictures) + "\n"
    level = bench.iit("CHN", partners="developed,developing,WLD", by="section", years=ALL_YEARS)
    yield draw(level, "path", "china-iit", pictures) + "\n"
    sources = bench.iit_sources("CHN", years=ALL_YEARS, by="section")
    rows = {row["industry"]: row for row in sources.frame.iter_rows(named=True)}
    before, after = (
        sum(row[f"trade_share_{end}"] * row[f"gl_{end}"] for row in rows.values()) for end in ("before", "after")
    )
    yield (
        f"The Grubel-Lloyd index over HS sections fell from {before:.2f} to {after:.2f} as China turned from a balanced trader of minerals into their "
        f"largest buyer; primary products account for {rows['PRIMARY']['contribution']:.0%} of the change.\n"
    )
