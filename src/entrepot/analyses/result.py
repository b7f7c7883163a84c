"""Result: one answer with its units, parameters, notes, provenance, reasons for every null, and citation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from entrepot.analyses.columns import Column
from entrepot.core.missing import Reason
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Result:
    """One answer. Frozen; every export carries its parameters, notes and provenance along.

    Parameters
    ----------
    question : what was asked, such as "markets", "power" or "iit"; of an overview with its part, "economy_sells".
    frame : one row per market, product, pair or year, in rank order where there is one; a null has its reason in `missing`.
    columns : what each column of the frame is, in order.
    parameters : every option as it was used.
    notes : what the reader must know: what is missing, assumed, dropped or out of date.
    provenance : tables behind the answer with source, edition, licence and citation.
    missing : per row, why each null column is null.
    parts : per row, the score split exactly into weighted parts.
    coverage : per row of a basket of products, the share of the market's imports on which a number rests, where below 1.
    title : what it is called, where the question and its parameters do not say.
    """

    question: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    parameters: Mapping[str, Any]
    notes: tuple[Text, ...]
    provenance: tuple[Mapping[str, Any], ...]
    missing: Sequence[Mapping[str, Reason]] = field(default=())
    parts: Sequence[Mapping[str, float]] = field(default=())
    coverage: Sequence[Mapping[str, float]] = field(default=())
    citation: str = ""
    title: Text | None = None

    @property
    def lang(self) -> Language:
        """The language in which the answer speaks."""
        return "zh" if self.parameters.get("lang") == "zh" else "en"

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON-ready objects: columns, rows, parameters, notes, provenance, citation."""
        rows = self.frame.to_dicts()
        for row, missing in zip(rows, self.missing, strict=False):
            row["missing"] = missing
        for row, parts in zip(rows, self.parts, strict=False):
            row["parts"] = parts
        for row, coverage in zip(rows, self.coverage, strict=False):
            row["coverage"] = coverage
        said = self.about()
        return {"columns": said.pop("columns"), "rows": rows, **said}

    def about(self) -> dict[str, Any]:
        """All but the rows: columns, parameters, notes, provenance, citation."""
        lang = self.lang
        return {
            "columns": [
                {
                    "id": c.id,
                    "name": c.name.say(lang),
                    "unit": c.unit,
                    "direction": c.direction,
                    "hidden": c.hidden,
                    "meaning": c.meaning.say(lang),
                }
                for c in self.columns
            ],
            "parameters": dict(self.parameters),
            "notes": [note.say(lang) for note in self.notes],
            "provenance": [dict(entry) for entry in self.provenance],
            "citation": self.citation,
        }

    def to_json(self) -> bytes:
        """The answer as UTF-8 JSON; NaN never appears."""
        import orjson

        return orjson.dumps(self.as_dict())

    def to_pandas(self) -> "pd.DataFrame":
        """The frame for pandas (needs the extra `dataframes`)."""
        return self.frame.to_pandas()

    def to_arrow(self) -> "pa.Table":
        """The frame for Arrow (needs the extra `dataframes`)."""
        return self.frame.to_arrow()

    def to_csv(self, path: str | Path | None = None, *, force: bool = False) -> str:
        """Comma-separated text, written to `path` if one is given (UTF-8 with BOM, so that Excel reads Chinese)."""
        from entrepot.report import csv_text, save

        if path is not None:
            save(self, Path(path), suffix=".csv", force=force)
        return csv_text(self)

    def to_excel(self, path: str | Path, *, force: bool = False) -> Path:
        """A formatted workbook with a provenance sheet; codes are text."""
        from entrepot.report import save

        return save(self, Path(path), suffix=".xlsx", force=force)

    def plot(self, path: str | Path | None = None, *, kind: str | None = None, force: bool = False) -> str:
        """The answer as a chart in SVG, which notebooks show; written to `path` if one is given.

        Parameters
        ----------
        kind : one of the kinds that the answer has; an unknown one lists them.
        """
        from entrepot.report import save, svg_text

        if path is not None:
            save(self, Path(path), suffix=".svg", force=force, chart=kind)
        return svg_text(self, kind)

    def _repr_html_(self) -> str:
        from entrepot.report import html_table

        return html_table(self)
