"""Every provider's files, spoilt in every way that files are spoilt: a named error or a valid reading, nothing else."""

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from entrepot.core.errors import DataError
from entrepot.ingest.add import add
from entrepot.sources.archive import entries_of
from entrepot.sources.head import head_of
from entrepot.sources.provider import Match, TradeReading
from entrepot.sources.registry import providers
from entrepot.store import Store
from entrepot.tables import FLOWS, REFERENCE_TABLES
from tests.sources.every_sample import EVERY, Rows, Sample
from tests.sources.reference import KNOWN

PROVIDERS = {provider.name: provider for provider in providers()}
NUMBER = re.compile(r"\s*-?\d+(?:\.\d+)?\s*")
samples = pytest.mark.parametrize("sample", EVERY, ids=lambda sample: sample.id)


def outcome(sample: Sample, path: Path, match: Match | None) -> str:
    """The code of the error, "read" if every table passes its own check, "unrecognised"; anything else is a failure."""
    match = PROVIDERS[sample.provider].recognise(head_of(path)) or match
    if match is None:
        return "unrecognised"
    provider = PROVIDERS[sample.provider]
    try:
        reading = provider.read([match], KNOWN)
        flows = [reading.read_year(year).flows for year in reading.years] if isinstance(reading, TradeReading) else []
    except DataError as error:
        fault = error
    else:
        try:
            for frame in flows:
                FLOWS.check(frame)
            for part in () if isinstance(reading, TradeReading) else reading.tables:
                REFERENCE_TABLES[part.table].check(part.frame)
        except DataError as error:
            return error.code  # `data add` puts the provider and the file before it
        return "read"
    assert fault.message.en.startswith(provider.name), fault.message.en
    assert path.name in fault.message.en
    assert path.name in fault.message.zh
    return fault.code


def body(sample: Sample, change: Callable[[list[str]], list[str]]) -> Rows:
    return sample.rows[: sample.heads] + [change(list(row)) for row in sample.rows[sample.heads :]]


def cells(sample: Sample, change: Callable[[str], str]) -> Rows:
    return body(sample, lambda row: [change(cell) if NUMBER.fullmatch(cell) else cell for cell in row])


# What is done to the rows under the heading.
SPOILT: dict[str, Callable[[Sample], Rows]] = {
    "negative numbers": lambda sample: cells(sample, lambda cell: "-" + cell.strip().lstrip("-")),
    "letters in numbers": lambda sample: cells(sample, lambda cell: cell.strip()[:1] + "x" + cell.strip()[1:]),
    "decimal commas": lambda sample: cells(sample, lambda cell: cell.replace(".", ",")),
    "numbers beyond all measure": lambda sample: cells(sample, lambda cell: "1e999"),
    "not a number": lambda sample: cells(sample, lambda cell: "NaN"),
    "codes of nobody": lambda sample: body(
        sample, lambda row: [cell if NUMBER.fullmatch(cell) or not cell else "Q§9" for cell in row]
    ),
    "columns swapped": lambda sample: body(sample, lambda row: row[1:] + row[:1]),
    "columns in reverse": lambda sample: body(sample, lambda row: row[::-1]),
    "rows twice": lambda sample: sample.rows + sample.rows[sample.heads :],
    "rows of half": lambda sample: body(sample, lambda row: row[: max(len(row) // 2, 1)]),
    "blanks only": lambda sample: body(sample, lambda row: [""] * len(row)),
    "no rows": lambda sample: sample.rows[: sample.heads],
    "very long cells": lambda sample: body(sample, lambda row: [cell + "9%" * 10_000 for cell in row]),
    "control characters": lambda sample: body(sample, lambda row: [cell + "\x01\x1f" for cell in row]),
}
# Never a reading, for no provider: there is nothing left that could be one.
HOPELESS = {"blanks only", "no rows"}


def test_every_layout_of_every_provider_has_a_sample(tmp_path: Path) -> None:
    """A new reader, or a new layout of an old one, is not tested for damage before it stands in `EVERY`."""
    seen = set()
    for number, sample in enumerate(EVERY):
        folder = tmp_path / str(number)
        folder.mkdir()
        match = PROVIDERS[sample.provider].recognise(head_of(sample.write(folder, sample.rows)))
        assert match is not None, sample.id
        seen.add((sample.provider, match.layout))
    # Old workbooks (.xls) are read by the reader of the new ones; nothing here can write them.
    assert seen == {(name, layout) for name, provider in PROVIDERS.items() for layout in provider.layouts}


@samples
def test_the_sample_itself_is_read(sample: Sample, tmp_path: Path) -> None:
    assert outcome(sample, sample.write(tmp_path, sample.rows), None) == "read"


@samples
def test_spoilt_rows(sample: Sample, tmp_path: Path) -> None:
    match = PROVIDERS[sample.provider].recognise(head_of(sample.write(tmp_path, sample.rows)))
    for way, spoil in SPOILT.items():
        if way == "numbers beyond all measure" and sample.name.endswith(".dta"):
            continue  # a Stata file cannot hold such a number
        found = outcome(sample, sample.write(tmp_path, spoil(sample)), match)
        assert found != "read" or way not in HOPELESS, way


def encoded(content: bytes, how: str) -> bytes:
    return content.decode("utf-8").encode(how, errors="replace")


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "cut at a third": lambda content: content[: len(content) // 3],
    "cut before the end": lambda content: content[:-7],
    "empty": lambda content: b"",
    "rubbish": lambda content: random.Random(1).randbytes(3_000),
    "zeros in the middle": lambda content: content[: len(content) // 2] + bytes(200) + content[len(content) // 2 :],
    "the middle overwritten": lambda content: (
        content[: len(content) // 2] + b"\xff\xfe\x80\x81" + content[len(content) // 2 + 4 :]
    ),
    "the end twice": lambda content: content + content[len(content) // 2 :],
    "a web page": lambda content: b"<!DOCTYPE html><html><body>Service unavailable</body></html>",
}


@samples
def test_spoilt_bytes(sample: Sample, tmp_path: Path) -> None:
    path = sample.write(tmp_path, sample.rows)
    match, content = PROVIDERS[sample.provider].recognise(head_of(path)), path.read_bytes()
    for way, spoil in BYTES.items():
        path.write_bytes(spoil(content))
        found = outcome(sample, path, match)
        assert (
            found != "read"
            or way not in {"empty", "rubbish", "a web page", "cut at a third"}
            or _has_rows(sample, path)
        ), way


def _has_rows(sample: Sample, path: Path) -> bool:
    """A table whose last row has all its cells cannot be told from one that has no more rows."""
    if path.suffix not in {".csv", ".tsv"}:
        return False
    lines = path.read_text("utf-8", errors="replace").splitlines()
    return any(len(re.split(r"[,;\t]", line)) >= len(sample.rows[sample.heads]) for line in lines[sample.heads :])


@samples
def test_another_encoding(sample: Sample, tmp_path: Path) -> None:
    path = sample.write(tmp_path, sample.rows)
    match, content = PROVIDERS[sample.provider].recognise(head_of(path)), path.read_bytes()
    if path.suffix in {".zip", ".xlsx", ".dta"}:  # these say their encoding themselves: letters of no code instead
        strange = body(sample, lambda row: [*row[:1], *(cell + "é" for cell in row[1:])])
        outcome(sample, sample.write(tmp_path, strange), match)
        return
    for how in ("utf-16", "utf-16-be", "utf-32", "gb18030", "cp1252", "cp037"):
        path.write_bytes(encoded(content, how))
        found = outcome(sample, path, match)
        assert found != "read" or how not in {"utf-32", "cp037"}, how


ZIPPED = [sample for sample in EVERY if sample.name.endswith((".zip", ".xlsx"))]


HARM = {
    "../../outside.csv": "unsafe_entry",
    "/etc/outside.csv": "unsafe_entry",
    "bomb.csv": "archive_too_large",
}


@pytest.mark.parametrize("sample", ZIPPED, ids=lambda sample: sample.id)
def test_archives_that_mean_harm(sample: Sample, tmp_path: Path) -> None:
    """The error is named, whoever meets it first, and nothing is written anywhere."""
    for name, code in HARM.items():
        path = sample.write(tmp_path, sample.rows)
        match = PROVIDERS[sample.provider].recognise(head_of(path))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, bytes(17 * 2**20) if name.startswith("bomb") else b"x")
        if PROVIDERS[sample.provider].recognise(head_of(path)) is None:  # what `data add` does with such a file
            with pytest.raises(DataError) as told:
                entries_of(path)
            assert told.value.code == code
        else:
            assert outcome(sample, path, match) == code
        assert [one.name for one in tmp_path.iterdir()] == [path.name]


# What is done to every sample on its way into a store: of each kind of damage the one that most readers refuse.
INTO_A_STORE = ("blanks only", "letters in numbers", "rows of half")


def test_the_store_is_untouched_by_any_of_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "home")
    add(store, Path(__file__).parent / "samples" / "protee.csv")
    refused = dict.fromkeys(INTO_A_STORE, 0)
    for sample in EVERY:
        folder = tmp_path / "files"
        folder.mkdir(exist_ok=True)
        for way in INTO_A_STORE:
            before = (store.snapshot().id, sorted(path.name for path in store.home.rglob("*") if path.is_file()))
            path = sample.write(folder, SPOILT[way](sample))
            try:
                add(store, path)
            except DataError:
                refused[way] += 1
                after = (store.snapshot().id, sorted(path.name for path in store.home.rglob("*") if path.is_file()))
                assert after == before, (sample.id, way)
            path.unlink()
    assert refused["blanks only"] == len(EVERY)
    assert min(refused.values()) > len(EVERY) / 3
