"""Finished studies over REST: listed, given whole in both languages, renewed, and never by a path."""

import json
import os
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


def finish(home: Path, name: str, title: str) -> None:
    folder = Store(home).studies.folder(name)
    folder.mkdir(parents=True, exist_ok=True)
    common = {"about": "", "seed": 1, "notes": [], "tables": [TABLE], "figures": [], "source": "s"}
    (folder / "study.json").write_text(
        json.dumps({"en": {"title": title, **common}, "zh": {"title": "研究", **common}})
    )


@pytest.fixture
def asked(client_of, tmp_path: Path):
    finish(tmp_path, "main", "First")
    (Store(tmp_path).studies.folder("under_way")).mkdir()
    return client_of(Bench(tmp_path))


def test_finished_studies_are_listed_and_given(asked):
    assert asked.get("/api/v1/studies").json() == {"studies": [{"name": "main", "title": "First"}]}
    told = asked.get("/api/v1/studies/main", params={"lang": "zh"}).json()
    assert (told["name"], told["title"]) == ("main", "研究")
    assert told["tables"] == [TABLE]


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
