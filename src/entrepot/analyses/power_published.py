"""Published elasticities of the store for method "given": Broda and Weinstein's, and ProTEE's trade elasticities."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Text
from entrepot.formulas.power.given import from_tariff_response

if TYPE_CHECKING:
    from entrepot.analyses.world import World

# Word of `sigma_table` → fact, source of the fact, classification of its codes.
PUBLISHED = {
    "broda_weinstein": ("substitution_elasticity", "HS92"),
    "protee": ("trade_elasticity", "HS07"),
    "protee_post": ("trade_elasticity", "HS07"),
}
DEFAULT = "broda_weinstein"


def sigma_words(given: str) -> str | dict[str, float]:
    """What a typed `sigma_table` means: a published table, or numbers by code as in "2603=2.5,27=3".

    Raises
    ------
    InputError
        ``bad_sigma_table`` for what is neither, or a σ that is not above 0.

    Examples
    --------
    >>> sigma_words("2603=2.5, 27=3"), sigma_words("protee")
    ({'2603': 2.5, '27': 3.0}, 'protee')
    """
    if given in PUBLISHED:
        return given
    found: dict[str, float] = {}
    for piece in given.replace("，", ",").split(","):
        code, equals, number = (part.strip() for part in piece.partition("="))
        try:
            sigma = float(number)
        except ValueError:
            sigma = 0.0
        if not (equals and code.isdigit() and 0 < sigma < float("inf")):
            raise _bad_words(given)
        found[code] = sigma
    return found


def _bad_words(given: str) -> InputError:
    return InputError(
        "bad_sigma_table",
        Text(
            f"sigma_table {given[:60]!r} is neither a published table ({', '.join(PUBLISHED)}) nor elasticities by code such as "
            "2603=2.5,27=3.",
            f"sigma_table {given[:60]!r} 既不是已发表的弹性表（{'、'.join(PUBLISHED)}），也不是 2603=2.5,27=3 这样的取值。",
        ),
        field="sigma_table",
        valid=tuple(PUBLISHED),
        nearest=nearest_of(given, tuple(PUBLISHED)),
    )


def published_sigma(world: "World", data: str, word: str, level: int) -> pl.DataFrame:
    """product, sigma (above 1) and, where it differs by importer, economy; in the data set's codes.

    Parameters
    ----------
    word : "broda_weinstein"; "protee", σ = −printed, its values being before duty; "protee_post", σ = 1 − printed.

    level : digits of the products asked for; of finer codes below one product, the median.

    Raises
    ------
    InputError
        ``sigma_not_loaded``, ``concordance_not_loaded``: it names what to add.
    """
    fact, classification = PUBLISHED[word]
    table = pl.DataFrame()
    if world.snapshot.has_reference("product_facts"):
        facts = world.snapshot.reference("product_facts")
        table = facts.filter((pl.col("fact") == fact) & (pl.col("classification") == classification))
    if not table.height:
        raise _not_loaded(word)
    sigma = table["number"].to_numpy()
    if fact == "trade_elasticity":
        sigma = from_tariff_response(sigma, "pre" if word == "protee" else "post")
    told = table.select("importer", pl.col("code").alias("product")).with_columns(
        pl.Series("sigma", np.asarray(sigma, float), nan_to_null=True)
    )
    carried = _carried(world, data, classification, told.filter(pl.col("sigma") > 1))
    carried = carried.group_by("importer", pl.col("product").str.slice(0, level), maintain_order=True).agg(
        pl.col("sigma").median()
    )
    carried = carried.sort("importer", "product")
    single = (carried["importer"] == "").all()
    return carried.drop("importer") if single else carried.rename({"importer": "economy"})


def _carried(world: "World", data: str, classification: str, table: pl.DataFrame) -> pl.DataFrame:
    """The table in the codes of the data set's vintage; where several codes become one, the median of their σ."""
    own = world.snapshot.dataset(data).info.classification
    if own == classification:
        return table
    ways = pl.DataFrame()
    if world.snapshot.has_reference("concordances"):
        ways = world.snapshot.reference("concordances").filter(
            (pl.col("from_classification") == own) & (pl.col("to_classification") == classification)
        )
    if not ways.height:
        raise InputError(
            "concordance_not_loaded",
            Text(
                f"These elasticities are by {classification}, the data set is {own}, and the store has no way between them. "
                "Load the correlation tables of the United Nations with `entrepot data add`.",
                f"该弹性表按 {classification} 编码，数据集为 {own}，数据仓库中没有两者的对应关系。"
                "请用 `entrepot data add` 载入联合国对应表。",
            ),
            field="sigma_table",
        )
    pieces = []
    for digits in sorted(set(table["product"].str.len_chars())):
        there = ways.select(pl.col("from_code"), pl.col("to_code").str.slice(0, digits).alias("product")).unique(
            maintain_order=True
        )
        pieces.append(
            there.join(table, on="product", maintain_order="left").select(
                "importer", pl.col("from_code").alias("product"), "sigma"
            )
        )
    return pl.concat(pieces)


def _not_loaded(word: str) -> InputError:
    return InputError(
        "sigma_not_loaded",
        Text(
            f"The elasticities {word} are not in the store. Load the file of CEPII's ProTEE or of Broda and Weinstein with "
            "`entrepot data add FILE`, or give your own in sigma_table: columns product (HS code or its beginning) and sigma "
            "[, economy], or 2603=2.5,27=3.",
            f"数据仓库中没有弹性表 {word}。请用 `entrepot data add 文件` 载入 CEPII ProTEE 或 Broda-Weinstein 的文件，"
            "或以 sigma_table 提供：product（HS 编码或其前几位）与 sigma 两列（可另加 economy），或写成 2603=2.5,27=3。",
        ),
        field="sigma_table",
        valid=tuple(PUBLISHED),
    )
