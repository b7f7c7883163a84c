"""Names of codes as UN Comtrade publishes them (JSON): products of every vintage of the HS, codes of SITC and BEC."""

import json
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, unique_rows
from entrepot.sources.fact_rows import fact_rows
from entrepot.sources.head import Head
from entrepot.sources.product_rows import product_rows
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_bytes, text_of
from entrepot.sources.trade_years import HS_OF_COMTRADE

NAME = "UN Comtrade codes"
LAYOUTS = {"json": Text("reference JSON (results: id, text, parent)", "参考 JSON（results：id、text、parent）")}
CLASSIFICATIONS = {**HS_OF_COMTRADE, **{f"S{n}": f"SITC{n}" for n in range(1, 5)}, "BEC": "BEC4"}
EDITION = "2023"
CHINESE_VINTAGE = "HS17"
NO_CODES = Text("no code of a product in it", "没有产品编码")
TOTALS = Text("totals, chapters and codes that are no product of the classification", "合计、章和不属于该分类的编码")
NO_CHINESE = Text("products without a Chinese name (the English one stands in)", "没有中文名的产品（暂用英文名）")


def recognise(head: Head) -> Match | None:
    """The JSON, by its first words."""
    start = head.start[:400].decode("utf-8", errors="ignore")
    if head.suffix != ".json" or '"classCode"' not in start:
        return None
    code = start.split('"classCode"', 1)[1].split('"')[1:2]
    if not code or code[0] not in CLASSIFICATIONS:
        return None
    name = CLASSIFICATIONS[code[0]]
    return Match(head.path, "json", Text(f"{NAME}: {name}", f"联合国 Comtrade 编码：{name}"), EDITION)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """HS headings and subheadings as `products`; names of SITC and BEC codes as `product_facts`.

    Chinese names come from the products that the store has: those of the same code and English name.
    """
    tally = Tally()
    held = known.table("products").filter(pl.col("name_zh") != pl.col("name_en"))
    chinese = {(code, name.casefold()): zh for code, name, zh in held.select("code", "name_en", "name_zh").iter_rows()}
    same_vintage = {(c, code): zh for c, code, zh in held.select("classification", "code", "name_zh").iter_rows()}
    goods, facts, rows_read = [], [], 0
    # The vintage that has Chinese names of its own comes first: the others take them over where code and name agree.
    read_first = sorted((_codes(match) for match in matches), key=lambda codes: codes[0] != CHINESE_VINTAGE)
    for classification, listed, place in read_first:
        rows_read += len(listed)
        if not classification.startswith("HS"):
            frame = pl.DataFrame(listed, schema={"code": pl.Utf8, "word": pl.Utf8}, orient="row")
            frame = frame.with_columns(pl.col("code").str.replace_all(".", "", literal=True))
            frame = frame.filter(pl.col("code").str.contains(r"^\d+$")).unique("code", keep="last", maintain_order=True)
            named = frame.with_columns(classification=pl.lit(classification), fact=pl.lit("name_en"))
            if named.is_empty():
                raise place.fault("no_rows", NO_CODES)
            facts.append(fact_rows(named, NAME, EDITION))
            continue
        good = [(code, name) for code, name in listed if _is_product(code)]
        tally.drop("not_a_product", TOTALS, [code for code, _ in listed if not _is_product(code)])
        rows = [
            (code, name, same_vintage.get((classification, code)) or chinese.get((code, name.casefold())) or name)
            for code, name in good
        ]
        tally.drop("no_chinese_name", NO_CHINESE, [code for code, name, zh in rows if zh == name])
        if not rows:
            raise place.fault("no_rows", NO_CODES)
        frame = pl.DataFrame(rows, schema=["code", "name_en", "name_zh"], orient="row")
        unique_rows(frame, ("code",), place)
        chinese |= {(code, name.casefold()): zh for code, name, zh in rows if zh != name}
        goods.append(product_rows(frame, classification, NAME))
    tables = [TableRows("products", pl.concat(goods))] if goods else []
    if facts:
        tables.append(TableRows("product_facts", pl.concat(facts)))
    kept = sum(table.frame.height for table in tables)
    report = tally.report(NAME, [m.path for m in matches], LAYOUTS["json"], rows_read=rows_read, rows_kept=kept)
    return TablesReading(tuple(tables), report, edition=EDITION)


def _is_product(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) in (4, 6)


def _codes(match: Match) -> tuple[str, list[tuple[str, str]], Place]:
    """The classification of a file, code and name of each of its entries, and its place."""
    place = Place(NAME, match.path)
    try:
        content = json.loads(text_of(read_bytes(match.path, NAME), place))
        classification = CLASSIFICATIONS[content["classCode"]]
        listed = [(str(entry["id"]), str(entry["text"])) for entry in content["results"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        problem = Text(f"it is not the reference JSON ({reason})", f"不是参考 JSON（{reason}）")
        raise place.fault("bad_json", problem) from error
    if not listed:
        raise place.fault("no_rows", NO_CODES)
    # "0101 - Live horses": the code is repeated before the name.
    return classification, [(code, text.split(" - ", 1)[-1].strip()) for code, text in listed], place


PROVIDER = Provider(
    name=NAME,
    licence="UN open reference data",
    licence_url="https://comtrade.un.org/",
    citation="United Nations Statistics Division, UN Comtrade, reference tables of commodity classifications.",
    feeds=("products", "product_facts"),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
