"""How a bad file is told: provider, file, line or sheet, column, value, and what to do."""

from pathlib import Path

from entrepot.core.errors import DataError
from entrepot.core.text import Text

SHOWN_VALUE = 60


def bad_file(
    code: str,
    provider: str,
    path: Path | str,
    problem: Text,
    remedy: Text,
    *,
    entry: str | None = None,
    sheet: str | None = None,
    line: int | None = None,
    column: str | None = None,
    value: object = None,
) -> DataError:
    """The error to raise for a file that is not what it should be.

    Parameters
    ----------
    code : short stable name of the failure.
    provider : who publishes such files; "–" before a provider is recognised.
    path : the file.
    problem : what is wrong, without a full stop.
    remedy : what to do, a whole sentence.
    entry, sheet, line, column, value : where and what, as far as known; lines count from 1, the heading included.

    Examples
    --------
    >>> str(
    ...     bad_file(
    ...         "negative_value",
    ...         "CEPII BACI",
    ...         "a.csv",
    ...         Text("below zero", "为负"),
    ...         Text("Check it.", "请检查。"),
    ...         line=3,
    ...         column="v",
    ...         value=-2,
    ...     )
    ... )
    "CEPII BACI, file a.csv, line 3, column v: below zero (found: '-2'). Check it."
    """
    name = path.name if isinstance(path, Path) else path
    places_en, places_zh = [provider, f"file {name}"], [provider, f"文件 {name}"]
    for word_en, word_zh, place in (
        ("entry", "条目", entry),
        ("sheet", "工作表", sheet),
        ("line", "第", line),
        ("column", "列", column),
    ):
        if place is not None:
            places_en.append(f"{word_en} {place}")
            places_zh.append(f"第 {place} 行" if word_en == "line" else f"{word_zh} {place}")
    shown = str(value)
    shown = shown if len(shown) <= SHOWN_VALUE else shown[:SHOWN_VALUE] + "…"
    found_en, found_zh = ("", "") if value is None else (f" (found: {shown!r})", f"（实际为：{shown!r}）")
    return DataError(
        code,
        Text(
            f"{', '.join(places_en)}: {problem.en}{found_en}. {remedy.en}",
            f"{'，'.join(places_zh)}：{problem.zh}{found_zh}。{remedy.zh}",
        ),
        field=column,
    )
