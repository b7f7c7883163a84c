"""Which markets compete for a rank: all, or those of a region, an income group, a bloc, an agreement, a list of one's own."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.choices import listed
from entrepot.analyses.directory import Place, fold
from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Language, Text
from entrepot.cube.cells import Codes

if TYPE_CHECKING:
    from entrepot.analyses.rows import Setting
    from entrepot.analyses.trade import Trade
    from entrepot.analyses.world import World

INCOMES = {
    "low": Text("Low income", "低收入"),
    "lower_middle": Text("Lower middle income", "中低收入"),
    "upper_middle": Text("Upper middle income", "中高收入"),
    "high": Text("High income", "高收入"),
}
KINDS = {"region": "地区", "income": "收入", "bloc": "集团", "agreement": "协定"}
_KIND_OF = {word: kind for kind, zh in KINDS.items() for word in (kind, zh)}
ANY, NONE = "any", "none"
_AREAS = ("region", "subregion", "continent")
Members = frozenset[str]


def narrowed(setting: "Setting", trades: Sequence["Trade"], markets: Codes) -> Codes:
    """Those of the markets that the options `among` and `served` let compete.

    Parameters
    ----------
    trades : the product's trade, or that of each product of a basket: served is a market that buys any of them.
    markets : economy codes of the roster.
    """
    options = setting.options
    kept = np.ones(len(markets), dtype=bool)
    if options.among:
        inside = _candidates(setting.world, options.among, setting.exporter, setting.year)
        kept &= np.array([setting.roster.codes[j] in inside for j in markets], dtype=bool)
    if options.served != "all":
        sold = sum(np.nan_to_num(trade.history(setting.exporter_code)[-1, markets]) for trade in trades)
        kept &= (np.asarray(sold) > 0) == (options.served == "served")
    return markets[kept]


def candidates(world: "World", among: str, exporter: Place, year: int) -> Members:
    """The economies that meet the words of `among`.

    Terms of one kind add up and different kinds narrow each other: "region:Asia,region:Europe,income:high" are the
    high-income economies of Asia and Europe. A bare word is an economy, or a group of which it takes the members.

    Parameters
    ----------
    among : terms parted by commas: `region:` (region, subregion or continent of the United Nations' M49, in English or
        Chinese), `income:` (low, lower_middle, upper_middle, high), `bloc:` (a group, as it was at the end of the year),
        `agreement:` (an agreement's id or name: its parties at the end of the year; `any` and `none`: partners with and
        without an agreement with the exporter), or a bare economy or group.

    Raises
    ------
    InputError
        ``unknown_among`` names what is valid and the nearest; ``no_candidates`` if no economy meets all terms.
    """
    found: dict[str, set[str]] = {}
    for term in _terms(among):
        head, colon, rest = term.replace("：", ":").partition(":")
        kind = _KIND_OF.get(fold(head)) if colon else "place"
        if kind is None:
            raise _unknown(term, [f"{one}:" for one in KINDS])
        found.setdefault(kind, set()).update(_members(world, kind, (rest if colon else term).strip(), exporter, year))
    left = frozenset.intersection(*map(frozenset, found.values())) if found else frozenset()
    if not left:
        raise no_candidates(among)
    return left


_candidates = lru_cache(maxsize=16)(candidates)  # the same for each of a question's products


def wants_no_agreement(among: str | None) -> bool:
    """Whether `among` takes the partners without an agreement, which only a complete list can tell.

    Examples
    --------
    >>> wants_no_agreement("region:Asia,agreement:none"), wants_no_agreement("agreement:RCEP"), wants_no_agreement(None)
    (True, False, False)
    """
    parted = (term.replace("：", ":").partition(":") for term in _terms(among or ""))
    return any(_KIND_OF.get(fold(head)) == "agreement" and fold(rest) == NONE for head, _, rest in parted)


def terms_in_words(world: "World", among: str) -> Text:
    """The terms of `among` as a reader is told them: economies and groups by name, incomes and regions in the language."""
    said = []
    for term in _terms(among):
        head, colon, rest = term.replace("：", ":").partition(":")
        kind = _KIND_OF.get(fold(head)) if colon else None
        word = (rest if colon else term).strip()
        name = _term_name(world, kind, word)
        said.append(name if kind in {None, "bloc"} else Text(f"{kind}: {name.en}", f"{KINDS[str(kind)]}：{name.zh}"))
    return listed(said)


def _term_name(world: "World", kind: str | None, word: str) -> Text:
    if kind == "agreement":
        return {ANY: Text("any", "任一"), NONE: Text("none", "无")}.get(fold(word), Text(word, word))
    if kind == "income":
        key = fold(word).removesuffix(" income").replace(" ", "_")
        called = ({name, said.zh, said.zh.removesuffix("收入")} for name, said in INCOMES.items())
        return next(
            (said for names, said in zip(called, INCOMES.values(), strict=True) if key in names), Text(word, word)
        )
    if kind == "region":
        pairs = (world.economies.select(f"{area}_en", f"{area}_zh").unique().iter_rows() for area in _AREAS[:2])
        named = (Text(en, zh) for rows in pairs for en, zh in rows if en)
        return next((name for name in named if fold(word) in map(fold, name)), Text(word, word))
    return world.places.find(word, field="among").name


def no_candidates(said: str) -> InputError:
    """Nothing is left to rank."""
    return InputError(
        "no_candidates",
        Text(
            f"No market is left by {said!r}: terms of one kind add up, different kinds narrow each other. Leave one out.",
            f"{said!r} 之下没有符合条件的市场：同类条件取并集，不同类条件取交集。请减少条件。",
        ),
        field="among",
    )


def among_text(among: object) -> str | None:
    """`among` as one text; Python may give a list of terms.

    Raises
    ------
    InputError
        ``bad_among`` for anything but text or a list of texts.
    """
    words = [among] if isinstance(among, str) else among
    if not isinstance(words, list | tuple | set | frozenset) or not all(isinstance(word, str) for word in words):
        raise InputError(
            "bad_among",
            Text(
                f"among is {among!r}; write terms parted by commas, as in region:Asia,income:high or CHN,JPN.",
                f"among 为 {among!r}；请写成以逗号分隔的条件，如 region:Asia,income:high 或 CHN,JPN。",
            ),
            field="among",
        )
    return ",".join(_terms(",".join(sorted(words) if isinstance(words, set | frozenset) else words))) or None


def _terms(among: str) -> list[str]:
    parted = among.translate(str.maketrans("，、;；\n\t", ",,,,,,"))
    return list(dict.fromkeys(term.strip() for term in parted.split(",") if term.strip()))


def _members(world: "World", kind: str, word: str, exporter: Place, year: int) -> Iterable[str]:
    if kind == "agreement":
        return _parties(world, word, exporter, year)
    if kind in {"region", "income"}:
        table = _areas(world) if kind == "region" else _incomes(world)
        key = fold(word) if kind == "region" else fold(word).removesuffix(" income").replace(" ", "_")
        if key not in table:
            valid = sorted(name for name in table if name.isascii() and not name.isdigit())
            raise _unknown(f"{kind}:{word}", [f"{kind}:{name}" for name in valid])
        return table[key]
    try:
        place = world.places.at(world.places.find(word, field="among"), year)
    except InputError as error:
        if kind == "bloc" and error.code == "unknown_economy":
            raise _unknown(f"bloc:{word}", [f"bloc:{code}" for code in _groups(world)]) from error
        raise
    return place.members or (place.code,)


def _parties(world: "World", word: str, exporter: Place, year: int) -> Iterable[str]:
    if fold(word) in {ANY, NONE}:
        sellers = exporter.members or (exporter.code,)
        partners = set.intersection(*(set(world.agreements(seller, year)) for seller in sellers))
        return partners if fold(word) == ANY else set(world.codes) - partners
    end = pl.date(year, 12, 31)
    inside = (pl.col("since") <= end) & (pl.col("until").is_null() | (pl.col("until") >= end))
    table = world.snapshot.reference("agreements").filter(inside)
    names = table.select("agreement", "name_en", "name_zh").unique()
    ids = {row[0] for row in names.iter_rows() if fold(word) in map(fold, row)}
    if not ids:
        known = sorted(set(names["agreement"]))
        raise _unknown(f"agreement:{word}", [f"agreement:{name}" for name in (ANY, NONE, *known)])
    return table.filter(pl.col("agreement").is_in(ids))["importer"]


def _areas(world: "World") -> dict[str, set[str]]:
    """Folded name of a region, subregion or continent, in either language → its economies."""
    found: dict[str, set[str]] = {}
    columns = [c for c in world.economies.columns if c.rpartition("_")[0] in _AREAS]
    for row in world.economies.iter_rows(named=True):
        for name in {fold(row[column]) for column in columns if row[column]}:
            found.setdefault(name, set()).add(row["iso3"])
    return found


def income_of(group: str | None) -> str | None:
    """The word of `among` for a World Bank income group.

    Examples
    --------
    >>> income_of("Upper middle")
    'upper_middle'
    """
    return None if group is None else fold(group).replace(" ", "_")


def _incomes(world: "World") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, group in world.economies.select("iso3", "income_group").drop_nulls().iter_rows():
        name = str(income_of(group))
        for key in {name, INCOMES[name].zh, INCOMES[name].zh.removesuffix("收入")}:
            found.setdefault(key, set()).add(code)
    return found


def _groups(world: "World") -> list[str]:
    return [code for code, place in world.places.by_code.items() if place.is_group]


def _unknown(given: str, valid: Sequence[str]) -> InputError:
    nearest = nearest_of(given, valid)
    hint = Text(f" Nearest: {nearest}.", f"最接近：{nearest}。") if nearest else Text("", "")
    return InputError(
        "unknown_among",
        Text(
            f"among: {given!r} is not known.{hint.en} Kinds: region:, income:, bloc:, agreement:; or an economy or group.",
            f"among 中的 {given!r} 无法识别。{hint.zh}可用类别：region:、income:、bloc:、agreement:；或经济体、集团。",
        ),
        field="among",
        valid=valid,
        nearest=nearest,
    )


def choices(world: "World", lang: Language) -> dict[str, list[dict[str, Any]]]:
    """What `among` may name, with today's members: regions, incomes, blocs, agreements in force."""
    areas, incomes = _areas(world), _incomes(world)
    regions: dict[str, dict[str, Any]] = {}
    for kind in ("region", "subregion"):
        names = world.economies.select(f"{kind}_en", f"{kind}_zh").drop_nulls().unique().sort(f"{kind}_en")
        for en, zh in names.iter_rows():
            said = {"id": en, "name": Text(en, zh).say(lang), "kind": kind, "members": sorted(areas[fold(en)])}
            regions.setdefault(en, said)
    table = world.snapshot.reference("agreements").filter(pl.col("until").is_null() & (pl.col("kind") != "PTA"))
    told = (
        table.sort("agreement", "since")
        .group_by("agreement", "name_en", "name_zh", maintain_order=True)
        .agg(pl.col("since").first(), pl.col("importer").unique().sort())
    )
    return {
        "regions": list(regions.values()),
        "incomes": [
            {"id": name, "name": text.say(lang), "members": sorted(incomes.get(name, ()))}
            for name, text in INCOMES.items()
        ],
        "blocs": [
            {"id": code, "name": world.places.by_code[code].name.say(lang), "members": list(place.members)}
            for code, place in world.places.by_code.items()
            if place.is_group
        ],
        "agreements": [
            {"id": name, "name": Text(en, zh).say(lang), "since": since.isoformat(), "members": members}
            for name, en, zh, since, members in told.iter_rows()
        ],
    }
