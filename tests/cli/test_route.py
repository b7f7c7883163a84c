"""`entrepot route` on the command line."""

import json

import pytest


@pytest.mark.parametrize(("lang", "words"), [("en", "nautical miles"), ("zh", "海里")])
def test_a_route_is_told_in_both_languages(run, lang, words):
    said = run("route", "Shanghai", "Rotterdam", "--without", "suez", "--lang", lang)
    assert said.code == 0
    assert words in said.out
    assert "CNSHA" in said.out


def test_as_json_csv_and_file(run, tmp_path):
    told = json.loads(run("route", "CNSHA", "NLRTM", "--json").out)
    assert told["parameters"]["start"] == "CNSHA"
    assert told["rows"][0]["way"].startswith("LINESTRING (")
    assert "LINESTRING" in run("route", "CNSHA", "NLRTM", "--csv").out
    target = tmp_path / "way.xlsx"
    assert run("route", "CNSHA", "NLRTM", "--out", str(target)).code == 0
    assert target.stat().st_size > 1_000
    assert run("route", "CNSHA", "NLRTM", "--out", str(target)).code == 2
    assert "Valid" in run("route", "CNSHA", "NLRTM", "--out", str(tmp_path / "way.svg")).err


def test_a_slip_is_named(run):
    said = run("route", "Roterdam", "CNSHA")
    assert said.code == 2
    assert "NLRTM" in said.err
