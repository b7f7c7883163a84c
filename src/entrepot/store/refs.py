"""How a manifest names its objects."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OBJECT_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ObjectRef:
    """A Parquet file of the store: its SHA-256, its rows, its size in bytes."""

    sha256: str
    rows: int
    bytes: int


class ManifestProblemError(ValueError):
    """What is wrong with the text of a manifest; the store adds which one, and what to do."""


def ref_to_dict(ref: ObjectRef) -> dict[str, Any]:
    """The reference as JSON."""
    return {"object": ref.sha256, "rows": ref.rows, "bytes": ref.bytes}


def ref_of(raw: Mapping[str, Any]) -> ObjectRef:
    """The reference from its JSON form."""
    return ObjectRef(shaped(raw["object"], OBJECT_NAME), int(raw["rows"]), int(raw["bytes"]))


def shaped(text: str, shape: re.Pattern[str]) -> str:
    """The text if it has the shape: what is read here becomes part of a path."""
    if not shape.fullmatch(text):
        raise ManifestProblemError(f"{text!r} has not the shape {shape.pattern}")
    return text
