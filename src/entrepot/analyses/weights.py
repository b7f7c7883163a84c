"""The weights of a score: presets, and what a user may write instead."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from math import isfinite
from typing import Any

from entrepot.analyses.columns import weightable
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text

DEFAULT = "balanced"


@lru_cache
def presets() -> dict[str, dict[str, float]]:
    """The weight profiles that come with the house, by name."""
    return {name: dict(preset["weights"]) for name, preset in _presets().items()}


@lru_cache
def preset_names() -> dict[str, Text]:
    """What the presets are called."""
    return {name: Text(**preset["name"]) for name, preset in _presets().items()}


@lru_cache
def preset_descriptions() -> dict[str, Text]:
    """For whom each preset is, in one sentence."""
    return {name: Text(**preset["description"]) for name, preset in _presets().items()}


@lru_cache
def _presets() -> dict[str, dict[str, Any]]:
    text = files("entrepot.analyses").joinpath("presets.json").read_text("utf-8")
    loaded: dict[str, dict[str, Any]] = json.loads(text)
    return loaded


def parse_weights(text: str) -> dict[str, float]:
    """Weights as typed: a preset's name, or "gap=2,distance_km=1".

    Raises
    ------
    InputError
        If a part is not `column=number`, the column cannot be weighted, or the number is negative.

    Examples
    --------
    >>> parse_weights("gap=2, distance_km=1")
    {'gap': 2.0, 'distance_km': 1.0}
    """
    if text.strip() in presets():
        return dict(presets()[text.strip()])
    weights: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        column, sign, number = part.partition("=")
        if column.strip() in weights:
            raise InputError(
                "bad_weights",
                Text(f"The weight of {column.strip()} is given twice.", f"{column.strip()} 的权重重复给出。"),
                field="weights",
            )
        try:
            weights[column.strip()] = float(number)
        except ValueError:
            said = f"weight {part!r}" if sign else f"weights {text!r}"
            raise InputError(
                "bad_weights",
                Text(
                    f"{said}: write column=number parted by commas, as in gap=2,distance_km=1, or a preset.",
                    f"权重 {part!r} 写法有误：请写成 列名=数字 并用逗号分隔，如 gap=2,distance_km=1，或写预设名。",
                ),
                field="weights",
                valid=[*presets(), *weightable()],
            ) from None
    return check_weights(weights)


def _is_weight(weight: object) -> bool:
    return isinstance(weight, int | float) and not isinstance(weight, bool) and isfinite(weight) and weight >= 0


def check_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights, if every column may be weighted and every number is finite and not negative."""
    if not isinstance(weights, Mapping):
        raise InputError(
            "bad_weights",
            Text(
                f"weights are {weights!r}; give a mapping column → number, or text as in gap=2,distance_km=1.",
                f"权重为 {weights!r}；请给出 列名→数字 的映射，或 gap=2,distance_km=1 形式的文本。",
            ),
            field="weights",
        )
    for column, weight in weights.items():
        check_choice("weights", column, list(weightable()))
        if not _is_weight(weight):
            raise InputError(
                "bad_weights",
                Text(
                    f"The weight of {column} is {weight!r}; it must be a number of at least 0.",
                    f"{column} 的权重为 {weight!r}；须为不小于0的数。",
                ),
                field="weights",
            )
    return {column: float(weight) for column, weight in weights.items()}
