"""Finished studies over REST: listed, given whole in both languages, renewed, and never by a path."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from entrepot.store import Store

TABLE = {
    "name": "main", "title": "Table 1", "stub": "", "columns": [{"label": "(1)", "over": None}], "notes": [],
    "groups": [{"title": None, "rows": [{"label": "x", "cells": ["0.1"], "numbers": [0.1], "strong": False, "indent": 0}]}],
}  # fmt: skip


class Bench:
    """A workbench of which only the studies are asked."""

    def __init__(self, home: Path) -> None:
        from entrepot.workbench import Workbench

        self.store = Store(home)
        self.snapshot = type("Version", (), {"id": "v1"})()
        self.studies = lambda **asked: Workbench.studies(self, **asked)
        self.study = lambda name, **asked: Workbench.study(self, name, **asked)
        self.study_file = lambda *asked: Workbench.study_file(self, *asked)


def finish(home: Path, name: str, title: str) -> None:
    folder = Store(home).studies.folder(name)
    folder.mkdir(parents=True, exist_ok=True)
    common = {
        "about": "",
        "seed": 1,
        "rows": 7,
        "overview": [],
        "notes": [],
        "tables": [TABLE],
        "figures": [],
        "source": "s",
    }
    (folder / "data").mkdir(exist_ok=True)
    (folder / "tables.txt").write_text(f"{title} 0.1")
    (folder / "data" / "coefficients.csv").write_text("estimate\n0.1\n")
    (folder / "secret.txt").write_text("no part of a study")
    (folder / "study.json").write_text(
        json.dumps({"en": {"title": title, **common}, "zh": {"title": "研究", **common}})
    )


@pytest.fixture
def asked(client_of, tmp_path: Path):
    finish(tmp_path, "main", "First")
    (Store(tmp_path).studies.folder("under_way")).mkdir()
    return client_of(Bench(tmp_path))


def test_finished_studies_are_listed_and_given(asked):
    today = datetime.now(UTC).date()
    (line,) = asked.get("/api/v1/studies").json()["studies"]
    assert {today - date.fromisoformat(line.pop("finished"))} <= {timedelta(0), timedelta(1)}
    assert line == {"name": "main", "title": "First", "rows": 7, "problem": None}
    told = asked.get("/api/v1/studies/main", params={"lang": "zh"}).json()
    assert (told["name"], told["title"]) == ("main", "研究")
    assert told["tables"] == [TABLE]
    assert [(one["part"], one["format"]) for one in told["files"]] == [("tables", "txt"), ("coefficients", "csv")]
    assert told["files"][1]["bytes"] == len("estimate\n0.1\n")


def test_files_are_given_as_they_were_written(asked):
    address = "/api/v1/files/studies/main"
    text = asked.get(address, params={"part": "tables", "format": "txt"})
    assert (text.status_code, text.text) == (200, "First 0.1")
    assert text.headers["content-disposition"] == 'attachment; filename="main-tables.txt"'
    assert text.headers["content-type"].startswith("text/plain")
    csv = asked.get(address, params={"part": "coefficients", "format": "csv"})
    assert (csv.status_code, csv.text) == (200, "estimate\n0.1\n")


@pytest.mark.parametrize(
    ("name", "part", "form"),
    [
        ("main", "secret", "txt"),
        ("main", "study", "json"),
        ("main", "../main/secret", "txt"),
        ("main", "tables", "../secret.txt"),
        ("main", "tables", "docx"),
        ("under_way", "tables", "txt"),
        ("%2e%2e", "tables", "txt"),
        ("Main", "tables", "txt"),
    ],
)
def test_no_other_file_is_given(asked, tmp_path: Path, name: str, part: str, form: str):
    (Store(tmp_path).studies.folder("under_way") / "tables.txt").write_text("not finished")
    answer = asked.get(f"/api/v1/files/studies/{name}", params={"part": part, "format": form})
    assert answer.status_code in (404, 422)
    assert "error" in answer.json()


def test_a_file_that_was_not_written_is_told_with_those_that_were(asked):
    error = asked.get("/api/v1/files/studies/main", params={"part": "tables", "format": "tex"}).json()["error"]
    assert (error["code"], error["valid"], error["nearest"]) == (
        "no_such_part",
        ["tables.txt", "coefficients.csv"],
        "tables.txt",
    )


@pytest.mark.parametrize("held", ['{"title": "old"}', '{"overview": []}', "[]", '"overview"', "null"])
def test_one_damaged_study_does_not_hide_the_others(asked, tmp_path: Path, held: str):
    finish(tmp_path, "other", "Other")
    (Store(tmp_path).studies.folder("main") / "study.json").write_text(f'{{"en": {held}, "zh": {held}}}')
    first, second = asked.get("/api/v1/studies", params={"lang": "zh"}).json()["studies"]
    assert (first["name"], first["finished"]) == ("main", None)
    assert "请重新运行" in first["problem"]
    assert (second["name"], second["problem"]) == ("other", None)


def test_a_renewed_study_is_not_taken_from_memory(asked, tmp_path: Path):
    first = asked.get("/api/v1/studies/main")
    tag = first.headers["etag"]
    assert asked.get("/api/v1/studies/main", headers={"If-None-Match": tag}).status_code == 304
    finish(tmp_path, "main", "Second")
    os.utime(Store(tmp_path).studies.folder("main") / "study.json", ns=(1, 1))
    again = asked.get("/api/v1/studies/main", headers={"If-None-Match": tag})
    assert (again.status_code, again.json()["title"]) == (200, "Second")


@pytest.mark.parametrize("name", ["..", "%2e%2e%2fmain", "Main", "a.b", "x" * 41, "under_way", "mian"])
def test_only_names_lead_to_studies(asked, name: str):
    answer = asked.get(f"/api/v1/studies/{name}")
    assert answer.status_code in (404, 422)
    assert "error" in answer.json()


def test_an_unknown_name_is_told_with_the_nearest(asked):
    error = asked.get("/api/v1/studies/mian").json()["error"]
    assert (error["code"], error["nearest"], error["valid"]) == ("unknown_study", "main", ["main"])


def test_a_damaged_study_is_no_traceback(asked, tmp_path: Path):
    (Store(tmp_path).studies.folder("main") / "study.json").write_text("[1")
    error = asked.get("/api/v1/studies/main").json()["error"]
    assert error["code"] == "damaged_study"
    assert "--name main" in error["message"]
