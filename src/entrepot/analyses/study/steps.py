"""The steps of a study: one regression or one permutation test each, with a result that JSON can hold."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from entrepot.analyses.study.plan import Model, Plan
from entrepot.analyses.study.sample import Prepared
from entrepot.core.errors import DataError, EntrepotError
from entrepot.core.text import Text
from entrepot.models.absorbed import AbsorbedSample, absorbed_regression, absorbed_sample
from entrepot.models.instruments import FirstStage, first_stage
from entrepot.models.permutation import Permutation, permutation_test
from entrepot.models.regression import Regression


@dataclass(frozen=True)
class Step:
    """One column of a table, or one test between two of its groups.

    Attributes
    ----------
    head : of the column.
    group : number of the class that it is about; None for every row.
    against : the other class of a permutation test; None for a regression.
    """

    table: str
    head: Text
    model: Model
    group: int | None = None
    against: int | None = None

    def said(self) -> dict[str, Any]:
        """What the result depends on beside the data and the sample."""
        return {"model": asdict(replace(self.model, head=Text("", ""))), "group": self.group, "against": self.against}


@dataclass(frozen=True)
class Estimated:
    """One column: the regression, its first stage, and the spread of each variable over its rows."""

    regression: Regression
    first_stage: FirstStage | None
    spread: Mapping[str, float]


def steps_of(plan: Plan, rows: Prepared) -> list[Step]:
    """Every step, in the order of the tables; a grouping gives a column for each class, then its tests against the first."""
    found: list[Step] = []
    for table in plan.tables:
        for model in table.models:
            if model.group is None:
                found.append(Step(table.name, model.head, model))
                continue
            labels, _ = rows.groups[model.group]
            found += [Step(table.name, label, model, at) for at, label in enumerate(labels)]
            if model.permutations:
                found += [Step(table.name, label, model, 0, at) for at, label in enumerate(labels) if at]
    return found


def run_step(step: Step, plan: Plan, rows: Prepared) -> dict[str, Any]:
    """The result of a step as JSON can hold it.

    Raises
    ------
    EntrepotError
        What the models refuse, with the table and column in front.
    """
    try:
        return _tested(step, plan, rows) if step.against is not None else _estimated(step, plan, rows)
    except EntrepotError as error:
        place = Text(f"Table {step.table}, {step.head.en}: ", f"表 {step.table}，{step.head.zh}：")
        raise type(error)(
            error.code,
            Text(place.en + error.message.en, place.zh + error.message.zh),
            field=error.field,
            valid=error.valid,
            nearest=error.nearest,
        ) from error


def estimated_of(said: Mapping[str, Any]) -> Estimated:
    """A regression step's result, read back."""
    told = dict(said["regression"])
    for name in ("coefficients", "errors", "statistics", "p_values", "covariance"):
        told[name] = np.array(told[name], dtype=np.float64)
    told["names"] = tuple(told["names"])
    stage = said["first_stage"]
    if stage is not None:
        numbers = {float(size): value for size, value in stage["stock_yogo"].items()}
        stage = FirstStage(**{**stage, "instruments": tuple(stage["instruments"]), "coefficients": np.array(stage["coefficients"]), "stock_yogo": numbers})  # fmt: skip
    return Estimated(Regression(**told), stage, said["spread"])


def permutation_of(said: Mapping[str, Any]) -> Permutation:
    """A permutation step's result, read back."""
    return Permutation(**said["permutation"])


def _sample(model: Model, rows: Prepared, kept: npt.NDArray[np.bool_]) -> AbsorbedSample:
    where = "effects"
    return absorbed_sample(
        model.outcome,
        rows.value(model.outcome)[kept],
        {name: rows.value(name)[kept] for name in model.regressors},
        effects={_shown(name): rows.codes(name, where)[kept] for name in model.effects},
        clusters={_shown(name): rows.codes(name, "cluster")[kept] for name in model.clusters},
        instruments={name: rows.value(name)[kept] for name in model.instruments},
    )


def _shown(name: str) -> str:
    return " × ".join(part.strip() for part in name.split("*"))


def _estimated(step: Step, plan: Plan, rows: Prepared) -> dict[str, Any]:
    model, kept = step.model, rows.kept_in(plan, step.model.sample).copy()
    if model.group is not None:
        kept &= rows.groups[model.group][1] == step.group
    if not kept.any():
        raise DataError("nothing_left", Text("The sample has no row.", "样本没有任何行。"), field="sample")
    sample = _sample(model, rows, kept)
    found = absorbed_regression(sample, endogenous=model.endogenous)
    stage = first_stage(sample, model.endogenous, k=found.about["k"]) if model.endogenous else None
    spread = {model.outcome: float(sample.y.std(ddof=1))}
    spread |= {name: float(column.std(ddof=1)) for name, column in sample.columns.items()}
    told = {name: _plain(getattr(found, name)) for name in Regression.__dataclass_fields__}
    said = None if stage is None else {name: _plain(value) for name, value in asdict(stage).items()}
    return {"regression": told, "first_stage": said, "spread": spread}


def _tested(step: Step, plan: Plan, rows: Prepared) -> dict[str, Any]:
    model = step.model
    classes = rows.groups[str(model.group)][1]
    kept = rows.kept_in(plan, model.sample) & ((classes == step.group) | (classes == step.against))
    sample = _sample(model, rows, kept)
    side = (classes[kept][sample.kept] == step.against).astype(np.int64)
    found = permutation_test(sample, side, str(model.test), draws=model.permutations, seed=plan.seed)
    return {"permutation": asdict(found)}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return list(value) if isinstance(value, tuple) else value
