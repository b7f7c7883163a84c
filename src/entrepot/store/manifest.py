"""The manifest of a version: every table that it holds, by hash, with where the data came from.

Nothing else says what is in the store. A manifest is written once and never changed.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Text
from entrepot.store import converted as carried
from entrepot.store.builds import Build, build_to_dict, builds_of
from entrepot.store.refs import ManifestProblemError as ManifestProblemError
from entrepot.store.refs import ObjectRef as ObjectRef
from entrepot.store.refs import ref_of, ref_to_dict, shaped
from entrepot.tables import DATA_TABLES, REFERENCE_TABLES

# Raised whenever an older program could not read what a newer one writes, or the other way round.
SCHEMA_VERSION = 1
VERSION_NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{8}")
DATASET_NAME = re.compile(r"[a-z0-9_-]{1,40}")

# "embedded" came with the program and may be replaced by a newer edition of it; "own" is the user's and is left alone.
Origin = Literal["embedded", "own"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from, as it must be cited. Empty text and null mean that it does not apply."""

    name: str
    edition: str
    licence: str
    licence_url: str = ""
    retrieved: str = ""
    citation: str = ""
    package: str | None = None
    package_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class DataSetInfo:
    """What a data set is: one classification vintage and one release.

    Parameters
    ----------
    name : short name, ``[a-z0-9_-]{1,40}``.
    classification : "HS92", "HS17" …
    level : digits of its product codes.
    incomplete_years : years that the source itself calls provisional.
    converted : how it was carried over from another classification; null where it was not.
    """

    name: str
    classification: str
    level: int
    title: Text
    release: str
    licence: str
    source: str
    citation: str
    retrieved: str
    incomplete_years: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()
    converted: carried.Converted | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set of one version: what it is and which objects hold it.

    Parameters
    ----------
    flows : year → object.
    tables : "reporters", "coverage" → object.
    builds : what `entrepot build` computed of it.
    """

    info: DataSetInfo
    origin: Origin
    flows: Mapping[int, ObjectRef] = field(default_factory=dict)
    tables: Mapping[str, ObjectRef] = field(default_factory=dict)
    builds: tuple[Build, ...] = ()

    @property
    def name(self) -> str:
        """Short name of the data set."""
        return self.info.name

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years that it holds, in order."""
        return tuple(sorted(self.flows))


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A reference table of one version.

    Parameters
    ----------
    complete : the table says everything there is; where False, an absent row means "not known", never "no".
    note : what a reader of the table should know; empty where nothing.
    """

    table: str
    ref: ObjectRef
    origin: Origin
    sources: tuple[Source, ...] = ()
    complete: bool = False
    note: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything in one version of the store.

    Parameters
    ----------
    id : name of the version, in the order of time.
    created : UTC, ISO 8601.
    code_version : the program that wrote it.
    embedded : SHA-256 of the embedded set's own manifest that was published last; null if none was.
    default : data set used where none is named; null in a store without data sets.
    """

    id: str
    created: str
    code_version: str
    embedded: str | None = None
    default: str | None = None
    datasets: Mapping[str, DataSet] = field(default_factory=dict)
    references: Mapping[str, ReferenceEntry] = field(default_factory=dict)

    def objects(self) -> dict[str, ObjectRef]:
        """Every object that the version needs, by hash."""
        refs = [entry.ref for entry in self.references.values()]
        for dataset in self.datasets.values():
            refs.extend([*dataset.flows.values(), *dataset.tables.values()])
            refs.extend(part.ref for build in dataset.builds for part in build.parts)
        return {ref.sha256: ref for ref in refs}


def find_dataset(datasets: Mapping[str, DataSet], name: str) -> DataSet:
    """The data set of that name.

    Raises
    ------
    InputError
        ``unknown_data``: lists the names there are, and the nearest.
    """
    found = datasets.get(name)
    if found is None:
        valid = sorted(datasets)
        listed = ", ".join(valid) or "–"
        raise InputError(
            "unknown_data",
            Text(
                f"There is no data set {name!r} in the store. It holds: {listed}.",
                f"数据仓库中没有数据集 {name!r}。现有：{listed}。",
            ),
            field="data",
            valid=valid,
            nearest=nearest_of(name, valid),
        )
    return found


def to_json(manifest: Manifest) -> bytes:
    """The manifest as it stands in the file."""
    content = {
        "schema": SCHEMA_VERSION,
        "id": manifest.id,
        "created": manifest.created,
        "code_version": manifest.code_version,
        "embedded": manifest.embedded,
        "default": manifest.default,
        "datasets": {name: _dataset_to_dict(entry) for name, entry in sorted(manifest.datasets.items())},
        "references": {name: _reference_to_dict(entry) for name, entry in sorted(manifest.references.items())},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


class OtherSchemaError(ManifestProblemError):
    """The manifest was written by a program with another layout of the store.

    Parameters
    ----------
    schema : number that it gives.
    code_version : program that wrote it, if it says.
    embedded_only : nothing in it is the user's own, as far as can be told.
    """

    def __init__(self, schema: object, code_version: str, embedded_only: bool) -> None:
        self.schema = schema
        self.code_version = code_version
        self.embedded_only = embedded_only
        super().__init__(f"schema version {schema}")


def from_json(content: bytes) -> Manifest:
    """Read a manifest.

    Raises
    ------
    OtherSchemaError
        It has another schema version.
    ManifestProblemError
        It is no manifest: not JSON, a part missing or of another kind, a hash or name out of shape.
    """
    try:
        raw = json.loads(content)
    except ValueError as error:
        raise ManifestProblemError(f"not JSON ({error})") from error
    if not isinstance(raw, dict) or "schema" not in raw:
        raise ManifestProblemError("no schema number")
    if raw["schema"] != SCHEMA_VERSION:
        raise OtherSchemaError(raw["schema"], str(raw.get("code_version", "?")), _is_embedded_only(raw))
    try:
        return _manifest_of(raw)
    except ManifestProblemError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestProblemError(f"a part is missing or malformed ({type(error).__name__}: {error})") from error


def _manifest_of(raw: dict[str, Any]) -> Manifest:
    datasets = {name: _dataset_of(name, entry) for name, entry in raw["datasets"].items()}
    references = {name: _reference_of(name, entry) for name, entry in raw["references"].items()}
    default = raw["default"]
    if default is not None and default not in datasets:
        raise ManifestProblemError(f"the default data set {default!r} is not in it")
    return Manifest(
        id=shaped(raw["id"], VERSION_NAME),
        created=str(raw["created"]),
        code_version=str(raw["code_version"]),
        embedded=raw["embedded"],
        default=default,
        datasets=datasets,
        references=references,
    )


def _is_embedded_only(raw: dict[str, Any]) -> bool:
    """Whether every part calls itself embedded; in doubt it is the user's."""
    try:
        parts = [*raw["datasets"].values(), *raw["references"].values()]
        return all(part["origin"] == "embedded" for part in parts)
    except (KeyError, TypeError, AttributeError):
        return False


def _dataset_to_dict(dataset: DataSet) -> dict[str, Any]:
    info = dataset.info
    return {
        "classification": info.classification,
        "level": info.level,
        "title_en": info.title.en,
        "title_zh": info.title.zh,
        "release": info.release,
        "licence": info.licence,
        "source": info.source,
        "citation": info.citation,
        "retrieved": info.retrieved,
        "incomplete_years": list(info.incomplete_years),
        "sources": [source_to_dict(source) for source in info.sources],
        **({"converted": carried.to_json(info.converted)} if info.converted else {}),
        "origin": dataset.origin,
        "years": {str(year): ref_to_dict(ref) for year, ref in sorted(dataset.flows.items())},
        "tables": {name: ref_to_dict(ref) for name, ref in sorted(dataset.tables.items())},
        **({"builds": [build_to_dict(build) for build in dataset.builds]} if dataset.builds else {}),
    }


def _dataset_of(name: str, raw: dict[str, Any]) -> DataSet:
    return DataSet(
        info=info_of(shaped(name, DATASET_NAME), raw, sources_of(raw["sources"])),
        origin=_known(raw["origin"], get_args(Origin)),
        flows={int(year): ref_of(ref) for year, ref in raw["years"].items()},
        tables={_known(table, DATA_TABLES): ref_of(ref) for table, ref in raw["tables"].items()},
        builds=builds_of(raw.get("builds", ())),
    )


def info_of(name: str, raw: Mapping[str, Any], sources: tuple[Source, ...]) -> DataSetInfo:
    """The description of a data set from its JSON form."""
    return DataSetInfo(
        name=name,
        classification=raw["classification"],
        level=int(raw["level"]),
        title=Text(raw["title_en"], raw["title_zh"]),
        release=raw["release"],
        licence=raw["licence"],
        source=raw["source"],
        citation=raw["citation"],
        retrieved=raw["retrieved"],
        incomplete_years=tuple(int(year) for year in raw["incomplete_years"]),
        sources=sources,
        converted=carried.from_json(raw["converted"]) if raw.get("converted") else None,
    )


def _reference_to_dict(entry: ReferenceEntry) -> dict[str, Any]:
    return {
        **ref_to_dict(entry.ref),
        "origin": entry.origin,
        "sources": [source_to_dict(source) for source in entry.sources],
        "complete": entry.complete,
        "note_en": entry.note.en,
        "note_zh": entry.note.zh,
    }


def _reference_of(name: str, raw: dict[str, Any]) -> ReferenceEntry:
    return ReferenceEntry(
        table=_known(name, REFERENCE_TABLES),
        ref=ref_of(raw),
        origin=_known(raw["origin"], get_args(Origin)),
        sources=sources_of(raw["sources"]),
        complete=bool(raw["complete"]),
        note=Text(raw["note_en"], raw["note_zh"]),
    )


def source_to_dict(source: Source) -> dict[str, str | None]:
    """The source as JSON: one key for each field."""
    return {name: getattr(source, name) for name in Source.__slots__}


def sources_of(raw: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
    """Sources from their JSON form."""
    return tuple(Source(**entry) for entry in raw)


def _known(word: Any, valid: Iterable[str]) -> Any:
    if word not in valid:
        raise ManifestProblemError(f"unknown word {word!r}")
    return word
