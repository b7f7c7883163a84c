"""Years as people write them: 2024, "2000-2024", "1995,2005,2024", a list; checked against what the data set holds."""

from collections.abc import Iterable, Sequence

from entrepot.core.errors import InputError
from entrepot.core.text import Text

Years = int | str | Iterable[int] | None


def years_of(asked: Years, held: Sequence[int]) -> tuple[int, ...]:
    """The years asked for that the data set holds, ascending; None is the latest.

    A range may reach beyond the data or over a gap, as long as one year of it is there; a single year may not.

    Raises
    ------
    InputError
        ``unknown_year`` for years that the data set does not hold, ``bad_years`` for what is no year or range.

    Examples
    --------
    >>> years_of("2001-2003", range(1995, 2003))
    (2001, 2002)
    """
    have = sorted(held)
    if asked is None:
        return (have[-1],)
    if isinstance(asked, int):
        return _held([asked], have, str(asked))
    if not isinstance(asked, str):
        return _held(sorted({int(year) for year in asked}), have, ", ".join(map(str, asked)))
    found: set[int] = set()
    for piece in asked.replace("–", "-").replace("，", ",").split(","):
        first, dash, last = piece.strip().partition("-")
        if not first.strip().isdigit() or (dash and not last.strip().isdigit()):
            raise _bad(asked, have)
        ends = int(first), int(last) if dash else int(first)
        if ends[0] > ends[1]:
            raise _bad(asked, have)
        inside = [year for year in have if ends[0] <= year <= ends[1]]
        found.update(inside or _held([ends[0]], have, piece))
    return tuple(sorted(found))


def _held(asked: Sequence[int], have: Sequence[int], said: str) -> tuple[int, ...]:
    absent = [year for year in asked if year not in have]
    if absent or not asked:
        nearest = min(have, key=lambda year: abs(year - absent[0])) if absent else have[-1]
        raise InputError(
            "unknown_year",
            Text(
                f"Years {said}: the data set has {have[0]}–{have[-1]} and lacks {', '.join(map(str, absent)) or 'any'}. "
                f"Nearest: {nearest}.",
                f"年份 {said}：数据集现有 {have[0]}–{have[-1]}，缺 {'、'.join(map(str, absent)) or '全部'}。最接近：{nearest}。",
            ),
            field="years",
            valid=have,
            nearest=str(nearest),
        )
    return tuple(asked)


def _bad(asked: str, have: Sequence[int]) -> InputError:
    return InputError(
        "bad_years",
        Text(
            f"years {asked!r} is neither a year, a range nor a list. Write 2024, 2000-2024 or 1995,2005,2024.",
            f"years {asked!r} 不是年份、区间或列表。请写 2024、2000-2024 或 1995,2005,2024。",
        ),
        field="years",
        valid=have,
    )
