"""What a market brief is made of: the ranking, and for each market its row, its history and who else sells there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.analyses.asking import check_text
from entrepot.analyses.competitors import competitors
from entrepot.analyses.directory import TOTAL
from entrepot.analyses.history import history
from entrepot.analyses.questions import markets
from entrepot.analyses.result import Result
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError
from entrepot.core.missing import Reason
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot

MOST_MARKETS = 3
HISTORY = 5  # years shown


@dataclass(frozen=True)
class MarketPage:
    """One market of a brief.

    Parameters
    ----------
    code, name : the market.
    row, missing, parts : its row of the ranking, why its nulls are null, the exact split of its score.
    history : the flow, year by year.
    rivals : every exporter to the market, the largest first.
    """

    code: str
    name: str
    row: Mapping[str, Any]
    missing: Mapping[str, Reason]
    parts: Mapping[str, float]
    history: Result
    rivals: Result


@dataclass(frozen=True)
class Brief:
    """A market brief for one exporter, one product and one to three markets; `entrepot.report.brief` writes it out.

    Parameters
    ----------
    ranking : every market, ranked: what the places of the brief's markets are places among.
    pages : the markets, in the order asked.
    exporter, product : names, with the product's code.
    """

    ranking: Result
    pages: tuple[MarketPage, ...]
    exporter: str
    product: str

    @property
    def lang(self) -> Language:
        """The language in which it speaks."""
        return self.ranking.lang


def brief(
    snapshot: "Snapshot",
    exporter: str,
    product: str,
    market: str | Sequence[str],
    *,
    year: int | None = None,
    data: str | None = None,
    **options: Any,
) -> Brief:
    """The material of a market brief.

    Parameters
    ----------
    exporter, product, year, data, **options : as in `markets`.
    market : one to three markets, as a list or parted by commas.

    Raises
    ------
    InputError
        As in `markets`; ``too_many_markets``, ``repeated_market``; ``not_among_markets`` for one that has no row, since it
        bought none of the product from anyone in the window.
    """
    world = world_of(snapshot)
    asked = _markets(market)
    ranking = markets(snapshot, exporter, product, year=year, data=data, **options)
    rows = {row["importer"]: (number, row) for number, row in enumerate(ranking.frame.iter_rows(named=True))}
    used = ranking.parameters
    codes = [world.places.find(text, field="market").code for text in asked]
    if len(set(codes)) < len(codes):
        raise InputError(
            "repeated_market",
            Text(f"A market is named twice: {', '.join(asked)}.", f"市场重复：{'、'.join(asked)}。"),
            field="market",
        )
    pages = []
    for code in codes:
        if code not in rows:
            raise _no_row(world.places.by_code[code].name, code, ranking, list(rows))
        number, row = rows[code]
        then = {"year": used["year"], "data": used["data"], "lang": ranking.lang}
        method = {
            name: value
            for name, value in options.items()
            if name not in {"lang", "weights", "rank_by", "scale", "among", "served"}
        }
        pages.append(
            MarketPage(
                code,
                row["importer_name"],
                row,
                ranking.missing[number],
                ranking.parts[number],
                history(snapshot, exporter, product, code, window=HISTORY, **then),
                competitors(snapshot, product, code, exporter=exporter, **{**method, **then}),
            )
        )
    first = ranking.frame.row(0, named=True)
    named = str(first["product_name"])
    if first["product"] != TOTAL:
        named += f"（{first['product']}）" if ranking.lang == "zh" else f" ({first['product']})"
    return Brief(ranking, tuple(pages), first["exporter_name"], named)


def _markets(market: str | Sequence[str]) -> list[str]:
    if isinstance(market, str):
        asked = [part.strip() for part in market.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    else:
        asked = list(market)
    for text in asked:
        check_text("market", text)
    if not 1 <= len(asked) <= MOST_MARKETS:
        raise InputError(
            "too_many_markets",
            Text(
                f"A brief takes 1 to {MOST_MARKETS} markets parted by commas, as in CHN,JPN; {len(asked)} are given.",
                f"简报可含1至{MOST_MARKETS}个市场，以逗号分隔，如 CHN,JPN；现为 {len(asked)} 个。",
            ),
            field="market",
        )
    return asked


def _no_row(name: Text, code: str, ranking: Result, there: list[str]) -> InputError:
    year, window = ranking.parameters["year"], ranking.parameters["window"]
    product = ranking.parameters["product"]
    return InputError(
        "not_among_markets",
        Text(
            f"{name.en} ({code}) is not among the {len(there)} markets of {product}: it bought none from anyone in "
            f"{year - window + 1}–{year}, or it was not a candidate.",
            f"{name.zh}（{code}）不在 {product} 的 {len(there)} 个市场之中：{year - window + 1}–{year} 年没有进口，或不在候选范围内。",
        ),
        field="market",
        valid=sorted(there),
    )
