"""The workbook's formulas, computed by a spreadsheet engine, give our scores: for each scale, with ties, with missing values."""

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import polars as pl
import pytest

from entrepot.analyses.columns import column, weightable
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.formulas.score import competition_rank, scaled, weighted_score
from entrepot.report import save
from entrepot.report.live_score import live_score

formulas = pytest.importorskip("formulas")
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

WEIGHTED = ("gap", "growth", "distance_km", "sd", "tariff")
WEIGHTS = {"gap": 2.0, "growth": 1.0, "distance_km": 0.5, "tariff": 1.0}
OTHER = {"gap": 0.25, "growth": 0.0, "distance_km": 3.0, "sd": 1.5, "tariff": 1.0}
VALUES: dict[str, list[float | None]] = {
    # Ties, a pair that differs in the seventeenth digit, one column without spread, one never loaded.
    "gap": [0.1, 0.1, -0.25, 0.30000000000000004, 0.3, None, 0.1, None],
    "growth": [0.5, None, 0.5, -0.1, 0.0, None, 2.0, None],
    "distance_km": [1000.0, 5000.0, 300.5, 1000.0, 12000.0, None, 1000.0, None],
    "sd": [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, None, None],
    "tariff": [None] * 8,
}
NAMES = ["CHN", "JPN", "KOR", "IND", "DEU", "USA", "FRA", "ITA"]


def scored(weights: dict[str, float], scale: str) -> tuple[Any, np.ndarray]:
    numbers = {name: np.array([np.nan if x is None else x for x in values]) for name, values in VALUES.items()}
    z = {name: scaled(numbers[name], weightable()[name].direction, scale) for name, w in weights.items() if w > 0}
    score = weighted_score(z, weights, len(NAMES))
    return score, competition_rank(score.score)


def made(scale: str, *, top: int | None = None, rank_by: str = "score", lang: str = "en") -> Result:
    score, rank = scored(WEIGHTS, scale)
    columns = ["importer", "importer_name", *WEIGHTED, "score", "rank", "weight_present"]
    frame = pl.DataFrame(
        {
            "importer": NAMES,
            "importer_name": NAMES,
            **{name: pl.Series(values, dtype=pl.Float64) for name, values in VALUES.items()},
            "score": pl.Series(score.score, nan_to_null=True),
            "rank": pl.Series(rank, nan_to_null=True).cast(pl.Int64),
            "weight_present": score.weight_present,
        }
    ).select(columns)
    parts = [{name: x[k] for name, x in score.parts.items() if np.isfinite(x[k])} for k in range(len(NAMES))]
    kept = slice(0, top)
    parameters = {"exporter": "CHL", "product": "2603", "year": 2024, "data": "toy", "weights": WEIGHTS, "scale": scale, "rank_by": rank_by, "lang": lang}  # fmt: skip
    return Result(
        "markets", frame[kept], tuple(map(column, columns)), parameters, (Text("A", "甲"),), (), parts=parts[kept]
    )


def computed(path: Path, ranking: str = "RANKING") -> dict[str, list[Any]]:
    """What a spreadsheet makes of the three living columns."""
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    sheet = openpyxl.load_workbook(path)[ranking.title() if ranking.isascii() else ranking]
    ids = {cell.value: cell.column_letter for cell in sheet[2]}
    rows = range(3, sheet.max_row + 1)
    found = {}
    for name in ("score", "rank", "weight_present"):
        cells = [solution[f"'[{path.name}]{ranking}'!{ids[name]}{row}"].value[0, 0] for row in rows]
        found[name] = [None if cell == "" else float(cell) for cell in cells]
    return found


def same(found: list[Any], expected: np.ndarray) -> None:
    assert [x is None for x in found] == np.isnan(expected).tolist()
    np.testing.assert_allclose([np.nan if x is None else x for x in found], expected, rtol=0, atol=1e-9)


def change(path: Path, weights: dict[str, float]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Weights"]
    rows = {sheet.cell(row, 2).value: row for row in range(4, sheet.max_row + 1)}
    for name, weight in weights.items():
        sheet.cell(rows[name], 4).value = weight
    book.save(path)


@pytest.mark.parametrize("scale", ["percentile", "minmax", "zscore"])
def test_the_formulas_give_our_scores_and_follow_the_weights(tmp_path: Path, scale: str):
    path = save(made(scale), tmp_path / "a.xlsx")
    for weights in (WEIGHTS, OTHER):
        change(path, weights)
        found = computed(path)
        score, rank = scored(weights, scale)
        same(found["score"], score.score)
        same(found["rank"], rank)
        same(found["weight_present"], score.weight_present)
    assert found["score"][-1] is None, "a row without any parameter has no score"


def test_without_any_weight_there_is_no_score(tmp_path: Path):
    path = save(made("percentile"), tmp_path / "a.xlsx")
    change(path, dict.fromkeys(WEIGHTED, 0.0))
    found = computed(path)
    assert found["score"] == [None] * 8
    assert found["weight_present"] == [0.0] * 8


def test_a_cut_answer_tells_its_scaled_parameters_as_numbers(tmp_path: Path):
    result = made("percentile", top=4)
    live = live_score(result)
    assert live is not None
    assert live.scaling == set()
    path = save(result, tmp_path / "a.xlsx")
    score, _ = scored(WEIGHTS, "percentile")
    same(computed(path)["score"], score.score[:4])
    other = {"gap": 0.25, "growth": 0.0, "distance_km": 3.0, "tariff": 1.0}
    change(path, other)
    found = computed(path)
    score, _ = scored(other, "percentile")
    same(found["score"], score.score[:4])
    same(found["rank"], competition_rank(score.score[:4]))
    assert "part of the rows" in openpyxl.load_workbook(path)["Weights"]["A1"].value


def test_a_rank_by_one_column_does_not_live_and_says_so(tmp_path: Path):
    path = save(made("percentile", rank_by="gap"), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["Ranking"]
    ids = [cell.value for cell in sheet[2]]
    assert sheet.cell(3, ids.index("rank") + 1).value == 4
    assert str(sheet.cell(3, ids.index("score") + 1).value).startswith("=")
    assert "ranked by Share gap" in openpyxl.load_workbook(path)["Weights"]["A1"].value


def test_who_reads_without_an_engine_finds_the_values(tmp_path: Path):
    path = save(made("percentile"), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True)["Ranking"]
    ids = [cell.value for cell in sheet[2]]
    score, _ = scored(WEIGHTS, "percentile")
    kept = [sheet.cell(row, ids.index("score") + 1).value for row in range(3, 10)]
    known = np.isfinite(score.score[:7])
    np.testing.assert_allclose(np.array(kept)[known].astype(float), score.score[:7][known], rtol=0, atol=1e-12)


def test_numbers_that_a_spreadsheet_cannot_tell_apart_are_scaled_beforehand():
    live = live_score(made("percentile"))
    assert live is not None
    assert live.scaling == {"growth", "distance_km", "sd", "tariff"}
    assert any("fifteenth digit" in told and "gap" in told for told in live.told)


def test_every_digit_of_a_number_is_kept(tmp_path: Path):
    path = save(made("percentile"), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["Ranking"]
    ids = [cell.value for cell in sheet[2]]
    assert sheet.cell(6, ids.index("gap") + 1).value == 0.30000000000000004


def test_it_speaks_chinese(tmp_path: Path):
    path = save(made("minmax", lang="zh"), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    assert {"排名", "权重", "标准化"} <= set(book.sheetnames)
    score, _ = scored(WEIGHTS, "minmax")
    same(computed(path, "排名")["score"], score.score)


def test_an_answer_without_a_score_has_no_weights(tmp_path: Path):
    result = made("percentile")
    bare = Result(
        "history", result.frame.select("importer", "gap"), (column("importer"), column("gap")), {"lang": "en"}, (), ()
    )
    assert live_score(bare) is None
