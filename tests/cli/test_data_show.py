"""`data show` at 80 columns, in both languages."""

import json
from collections.abc import Callable

import pytest
from rich.cells import cell_len


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_of_the_matrix_is_wider_than_a_narrow_terminal(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run("data", "show", "--lang", lang)
    assert (code, err) == (0, "")
    lines = out.splitlines()[1:]  # the first names the folder of the store, however long that is
    assert [line for line in lines if cell_len(line) > 80] == []
    head = next(line for line in lines if "1990 2000 2010 2020" in line)
    row = next(line for line in lines if line.startswith("● minerals"))
    ruler = row[row.index("..##") :]
    # 1995 is the third of the two-year signs, under the year 1990 of the heading: 1990-91, 1992-93, then 1994-95.
    assert cell_len(head[: head.index("1990")]) == cell_len(row[: row.index("..##")])
    assert ruler.rstrip() == ".." + "#" * 16 + ".."
    gdp = next(line for line in lines if line.startswith("  gdp_current_usd"))
    assert "×" in gdp
    assert ("econ." if lang == "en" else "经济体") in out


def test_json_is_what_the_workbench_says(run: Callable[..., tuple[int, str, str]], bench) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("data", "show", "--json", "--lang", "zh")
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(bench.coverage("zh")))
