"""Proof that a version is whole: every object hashed again, every row counted."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from entrepot.core.errors import StoreError
from entrepot.core.text import Text
from entrepot.store.disk import sha256_of
from entrepot.store.layout import Layout
from entrepot.store.manifest import Manifest, ObjectRef
from entrepot.store.objects import check_size
from entrepot.store.problems import damaged, reading_told

# Steps done, steps in all.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: which part of which table, and what."""

    part: str
    problem: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found.

    Parameters
    ----------
    version : name of the version.
    objects, rows, bytes : how much was checked.
    findings : empty where the version is whole.
    """

    version: str
    objects: int
    rows: int
    bytes: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(layout: Layout, manifest: Manifest, progress: Progress | None = None) -> Verification:
    """Check every object of a version; a finding for each that is absent, cut short, changed or unreadable."""
    parts = _parts(manifest)
    findings = []
    for done, (part, ref) in enumerate(parts, start=1):
        try:
            _check_object(layout, ref)
        except StoreError as error:
            findings.append(Finding(part, error.message))
        if progress is not None:
            progress(done, len(parts))
    return Verification(
        version=manifest.id,
        objects=len(parts),
        rows=sum(ref.rows for _, ref in parts),
        bytes=sum(ref.bytes for _, ref in parts),
        findings=tuple(findings),
    )


def _parts(manifest: Manifest) -> list[tuple[str, ObjectRef]]:
    parts = [(entry.table, entry.ref) for entry in manifest.references.values()]
    for dataset in manifest.datasets.values():
        parts += [(f"{dataset.name}/flows/{year}", ref) for year, ref in dataset.flows.items()]
        parts += [(f"{dataset.name}/{table}", ref) for table, ref in dataset.tables.items()]
        parts += [(f"{dataset.name}/build/{build.year}", part.ref) for build in dataset.builds for part in build.parts]
    return parts


def _check_object(layout: Layout, ref: ObjectRef) -> None:
    path = layout.object(ref)
    check_size(path, ref)
    with reading_told(path):
        digest = sha256_of(path)
    if digest != ref.sha256:
        raise damaged(path, Text("its content has changed since it was published", "内容在发布后被改动"))
    with reading_told(path):
        rows = pl.scan_parquet(path, glob=False, hive_partitioning=False).select(pl.len()).collect().item()
    if rows != ref.rows:
        raise damaged(path, Text(f"{rows:,} rows instead of {ref.rows:,}", f"有 {rows:,} 行，应为 {ref.rows:,} 行"))
