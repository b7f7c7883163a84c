"""The score of a workbook as formulas: weights that the reader may change, scaled parameters, score and rank."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell as cell

from entrepot.analyses.choices import called, choice
from entrepot.analyses.columns import weightable
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.score import EQUAL_TO, Scale, scaled, weighted_score
from entrepot.report.cells import DIRECTIONS, Exact

if TYPE_CHECKING:
    from entrepot.report.workbook import Book

# With more rows, a spreadsheet would take long to rank every column at each change of a weight; the scaled parameters, which
# do not depend on the weights, are then written as numbers.
MOST_ROWS = 2000
SAME = 1e-9
DIGITS = 15  # by which spreadsheets compare numbers
FIRST_ROW = 2  # of the ranking and of the scaled parameters, counted from 0
FIRST_WEIGHT = 3  # row of the first weight
WEIGHT = 3  # its column
PRESENT, SCORE, ROUNDED, FIRST_Z = 1, 2, 3, 4  # columns of the scaled parameters

_TELLS = {
    "how": Text(
        "Change the yellow cells (0 leaves a parameter out): score, weight present and rank follow on the sheet of the "
        "ranking; sort there by rank. Scale: {scale}.",
        "修改黄色单元格（0表示不计入）：排名表中的得分、有效权重和名次随之变化；请在该表按名次排序。标准化方式：{scale}。",
    ),
    "cut": Text(
        "The answer holds part of the rows that were compared. Their scaled parameters are therefore numbers, only "
        "parameters that had a weight can be weighted, and the rank is among the rows shown.",
        "答案只含参与比较的部分行，因此标准化参数为数值而非公式，只有原有权重的参数可调整权重，名次为所列各行之间的名次。",
    ),
    "long": Text(
        "With so many rows the scaled parameters are numbers, so that a change is quick; they do not depend on the weights.",
        "行数较多，为使修改迅速，标准化参数写为数值；它们不依赖权重。",
    ),
    "near": Text(
        "Some values of {names} differ only beyond the fifteenth digit, where spreadsheets do not look, so the scaled ones are numbers.",
        "{names} 的部分数值仅在第十五位之后不同，电子表格无法区分，故其标准化值写为数值。",
    ),
    "rank": Text(
        "The answer was ranked by {rank_by} alone, so the rank does not follow the weights.",
        "答案仅按 {rank_by} 排名，名次不随权重变化。",
    ),
    "range": Text(
        "Best and worst rank are those of the weights as asked; they do not follow.",
        "最好与最差名次依据原有权重，不随之变化。",
    ),
}
_HEADS = (
    Text("Parameter", "参数"),
    Text("Id", "标识"),
    Text("Better when", "方向"),
    Text("Weight", "权重"),
    Text("Share of all weights", "占总权重"),
    Text("Rows with a value", "有值的行数"),
)
_SCALED_HEADS = (
    Text("Row", "行"),
    Text("Weight of what is there", "有值参数的权重"),
    Text("Score", "得分"),
    Text("Score to compare", "用于排名的得分"),
)


@dataclass(frozen=True)
class Live:
    """The score of one answer, ready to be written as formulas.

    Parameters
    ----------
    z : scaled parameters by column, NaN where the parameter is missing; the columns that may be weighted.
    scaling : the columns whose `z` are formulas over the ranking, too.
    told : what the reader must know of it.
    """

    result: Result
    z: Mapping[str, Values]
    scaling: frozenset[str]
    told: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the ranking that live."""
        return ("score", "weight_present", *(("rank",) if self.result.parameters["rank_by"] == "score" else ()))

    def write(self, book: "Book", ranking: Any) -> None:
        """Write the weights, the scaled parameters, and the formulas of the ranking."""
        self._write_weights(book)
        self._write_scaled(book)
        ids = [column.id for column in self.result.columns]
        rows, places = self.result.frame.height, {name: ids.index(name) for name in self.columns}
        scaled_name = f"'{book.name('scaled')}'!"
        last = FIRST_ROW + rows - 1
        rounded = f"{scaled_name}{cell(FIRST_ROW, ROUNDED, True, True)}:{cell(last, ROUNDED, True, True)}"
        weights = f"{scaled_name}{self._weights}"
        for number, row in enumerate(self.result.frame.select(self.columns).iter_rows(named=True)):
            at = FIRST_ROW + number
            score, present, key = (f"{scaled_name}{cell(at, place)}" for place in (SCORE, PRESENT, ROUNDED))
            formulas = {
                "score": f"={score}",
                "weight_present": f"=IF(SUM({weights})>0,{present}/SUM({weights}),0)",
                "rank": f'=IF(ISNUMBER({key}),RANK({key},{rounded},0),"")',
            }
            for name, place in places.items():
                form = book.numbers[next(c.unit for c in self.result.columns if c.id == name)]
                ranking.write_formula(at, place, formulas[name], form, _cached(row[name]))
        if rows:
            bar = {"type": "data_bar", "bar_solid": True, "bar_color": "#9CC3DE", "min_type": "num", "min_value": 0}
            ranking.conditional_format(FIRST_ROW, places["score"], last, places["score"], bar)

    @property
    def _weights(self) -> str:
        return f"{cell(1, FIRST_Z, True, True)}:{cell(1, FIRST_Z + len(self.z) - 1, True, True)}"

    def _write_weights(self, book: "Book") -> None:
        lang, sheet, given = self.result.lang, book.sheet("weights"), self.result.parameters["weights"]
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 5, 14)
        sheet.merge_range(
            0, 0, 0, len(_HEADS) - 1, " ".join(self.told) if lang == "en" else "".join(self.told), book.wrapped
        )
        sheet.set_row(0, 62)
        for place, head in enumerate(_HEADS):
            sheet.write_string(FIRST_WEIGHT - 1, place, head.say(lang), book.head)
        last = FIRST_WEIGHT + len(self.z) - 1
        whole = f"{cell(FIRST_WEIGHT, WEIGHT, True, True)}:{cell(last, WEIGHT, True, True)}"
        total = sum(given.get(column, 0.0) for column in self.z)
        for row, (column, z) in enumerate(self.z.items(), FIRST_WEIGHT):
            entry, weight = weightable()[column], given.get(column, 0.0)
            for place, said in enumerate((entry.name.say(lang), column, DIRECTIONS[entry.direction].say(lang))):
                sheet.write_string(row, place, said, book.text)
            sheet.write_number(row, WEIGHT, weight, book.input)
            share = f"=IF(SUM({whole})>0,{cell(row, WEIGHT)}/SUM({whole}),0)"
            sheet.write_formula(row, WEIGHT + 1, share, book.numbers["fraction"], weight / total if total else 0)
            sheet.write_number(row, WEIGHT + 2, int(np.isfinite(z).sum()), book.count)
        rule = {
            "validate": "decimal", "criteria": ">=", "value": 0,
            "error_message": Text("A number of at least 0.", "须为不小于0的数。").say(lang),
        }  # fmt: skip
        sheet.data_validation(FIRST_WEIGHT, WEIGHT, last, WEIGHT, rule)
        sheet.freeze_panes(FIRST_WEIGHT, 0)

    def _write_scaled(self, book: "Book") -> None:
        result, sheet = self.result, book.sheet("scaled")
        sheet.set_column(0, FIRST_Z + len(self.z), 14)
        for place, head in enumerate([*book.say(_SCALED_HEADS), *self.z]):
            sheet.write_string(0, place, head, book.head)
        for place, column in enumerate(self.z):
            weight = f"'{book.name('weights')}'!{cell(FIRST_WEIGHT + place, WEIGHT, True, True)}"
            sheet.write_formula(
                1, FIRST_Z + place, f"=MAX(0,N({weight}))", book.grey, result.parameters["weights"].get(column, 0.0)
            )
        ids = [column.id for column in result.columns]
        keys = [ids.index(name) for name in ("importer", "product") if name in ids]
        score = weighted_score(
            self.z, {c: result.parameters["weights"].get(c, 0.0) for c in self.z}, result.frame.height
        )
        whole = sum(result.parameters["weights"].get(c, 0.0) for c in self.z)
        ranking = f"'{book.name('ranking')}'!"
        for number in range(result.frame.height):
            row = FIRST_ROW + number
            named = '&" "&'.join(f"{ranking}{cell(row, place)}" for place in keys)
            said = " ".join(str(result.frame[number, place]) for place in keys)
            sheet.write_formula(row, 0, f"={named}", book.text, said)
            own = f"{cell(row, FIRST_Z)}:{cell(row, FIRST_Z + len(self.z) - 1)}"
            present = f"=SUMPRODUCT({self._weights}*ISNUMBER({own}))"
            sheet.write_formula(row, PRESENT, present, None, float(score.weight_present[number] * whole))
            below = cell(row, PRESENT)
            value = _cached(score.score[number])
            sheet.write_formula(row, SCORE, f'=IF({below}>0,SUMPRODUCT({self._weights},{own})/{below},"")', None, value)
            mine = cell(row, SCORE)
            compared = value if value == "" else round(float(value), EQUAL_TO)
            sheet.write_formula(row, ROUNDED, f'=IF(ISNUMBER({mine}),ROUND({mine},{EQUAL_TO}),"")', None, compared)
            self._write_z(book, sheet, row, ids, ranking)
        sheet.freeze_panes(FIRST_ROW, 1)

    def _write_z(self, book: "Book", sheet: Any, row: int, ids: list[str], ranking: str) -> None:
        for place, (column, z) in enumerate(self.z.items(), FIRST_Z):
            value = float(z[row - FIRST_ROW])
            if column in self.scaling:
                at = ids.index(column)
                last = FIRST_ROW + len(z) - 1
                span = f"{ranking}{cell(FIRST_ROW, at, True, True)}:{cell(last, at, True, True)}"
                formula = scaling(f"{ranking}{cell(row, at)}", span, self.result.parameters["scale"])
                turned = weightable()[column].direction == "less"
                sheet.write_formula(
                    row, place, _whole(formula, f"{ranking}{cell(row, at)}", turned, self.result), None, _cached(value)
                )
            elif np.isfinite(value):
                sheet.write_number(row, place, Exact(value), book.numbers["score"])


def scaling(x: str, span: str, scale: str) -> str:
    """The spreadsheet's expression for z of one cell among the known cells of its column, more being better.

    percentile: rows below plus half of the rows equal, over the rows known: with a the rank from below and d the rank
    from above, below = a − 1 and above = d − 1, so that (2·below + equal)/2n = (a − d + n)/2n.

    Examples
    --------
    >>> scaling("A1", "A$1:A$9", "percentile")
    '(RANK(A1,A$1:A$9,1)-RANK(A1,A$1:A$9,0)+COUNT(A$1:A$9))/(2*COUNT(A$1:A$9))'
    """
    if scale == "percentile":
        return f"(RANK({x},{span},1)-RANK({x},{span},0)+COUNT({span}))/(2*COUNT({span}))"
    spread = f"MAX({span})>MIN({span})"
    if scale == "minmax":
        return f"IF({spread},({x}-MIN({span}))/(MAX({span})-MIN({span})),0.5)"
    return f"IF({spread},({x}-AVERAGE({span}))/STDEVP({span}),0)"


def _whole(expression: str, x: str, turned: bool, result: Result) -> str:
    """The formula of a scaled parameter: turned where less is better, empty where the parameter is missing."""
    if turned:
        expression = f"-({expression})" if result.parameters["scale"] == "zscore" else f"1-({expression})"
    return f'=IF(ISNUMBER({x}),{expression},"")'


def live_score(result: Result) -> Live | None:
    """The score of an answer as formulas; None where it has none, or where nothing could be weighted.

    The formulas are written only where they give the very scores of the answer: where the rows shown are not all that were
    compared, the scaled parameters are told as numbers instead.
    """
    asked = result.parameters
    if not {"weights", "scale", "rank_by"} <= asked.keys() or not {"score", "weight_present"} <= set(
        result.frame.columns
    ):
        return None
    told = [_TELLS["how"], _TELLS["range"]]
    if asked["rank_by"] != "score":
        told.append(_TELLS["rank"])
    z = _scaled(result, asked["scale"])
    whole = _gives(result, z)
    if not whole:
        told.insert(1, _TELLS["cut"])
        z = _from_parts(result)
        if not _gives(result, z):
            return None
        live = frozenset[str]()
    elif result.frame.height > MOST_ROWS:
        told.insert(1, _TELLS["long"])
        live = frozenset()
    else:
        live = frozenset(c for c in z if _plain(_numbers(result, c), asked["scale"]))
        if live < z.keys():
            names, near = called(c for c in z if c not in live), _TELLS["near"]
            told.insert(1, Text(near.en.replace("{names}", names.en), near.zh.replace("{names}", names.zh)))
    if not z:
        return None
    lang, by = result.lang, called([asked["rank_by"]]).say(result.lang)
    said = tuple(text.say(lang).format(scale=choice("scale", asked["scale"]).say(lang), rank_by=by) for text in told)
    return Live(result, z, live, said)


def _plain(x: Values, scale: Scale) -> bool:
    """Whether the scaling is the same for a spreadsheet that compares numbers by their first fifteen digits."""
    rounded = np.array([float(f"{value:.{DIGITS}g}") for value in x.tolist()])
    return bool(
        np.allclose(scaled(rounded, "more", scale), scaled(x, "more", scale), rtol=0, atol=SAME, equal_nan=True)
    )


def _numbers(result: Result, column: str) -> Values:
    numbers: Values = result.frame[column].cast(float).fill_null(np.nan).to_numpy()
    return numbers


def _scaled(result: Result, scale: Scale) -> dict[str, Values]:
    """Z of every column that has a value or a weight, over the rows of the answer."""
    weights, rows = result.parameters["weights"], result.frame.height
    known = {c for c in result.frame.columns if result.frame[c].null_count() < rows}
    there = [c for c in weightable() if c in known or (c in result.frame.columns and weights.get(c, 0) > 0)]
    return {c: scaled(_numbers(result, c), weightable()[c].direction, scale) for c in there}


def _from_parts(result: Result) -> dict[str, Values]:
    """Z of the weighted columns, from the exact parts of the score: part = w·z / Σ w present."""
    weights = {column: w for column, w in result.parameters["weights"].items() if w > 0}
    z = {column: np.full(result.frame.height, np.nan) for column in weights}
    for number, parts in enumerate(result.parts):
        present = sum(weights[column] for column in parts)
        for column, part in parts.items():
            z[column][number] = part * present / weights[column]
    return z


def _gives(result: Result, z: Mapping[str, Values]) -> bool:
    """Whether these scaled parameters give the scores and the weights present of the answer."""
    weights = {column: w for column, w in result.parameters["weights"].items() if w > 0}
    if not z or not set(z) >= set(weights):
        return False
    found = weighted_score(z, weights, result.frame.height)
    pairs = ((found.score, "score"), (found.weight_present, "weight_present"))
    return all(np.allclose(x, _numbers(result, name), rtol=0, atol=SAME, equal_nan=True) for x, name in pairs)


def _cached(value: Any) -> Any:
    """The value that a reader without a spreadsheet's engine finds in a formula's cell."""
    return "" if value is None or not np.isfinite(value) else value
