"""Damage of every kind done to every sample: a named error or a valid reading, nothing else, in any reference reader."""

import random

import pytest

from entrepot.core.errors import DataError
from entrepot.sources import (
    cepii_geodist,
    chinese_hs_names,
    comtrade_codes,
    imf_weo,
    lpi,
    penn_world_table,
    port_throughput,
    us_hts,
    wgi,
    wits_trains,
    world_port_index,
    worldbank_wdi,
    wto_rta,
    wto_ttd,
)
from entrepot.sources.elasticities import PROVIDERS
from entrepot.sources.provider import Match
from entrepot.tables import REFERENCE_TABLES
from tests.sources.reference import KNOWN, SAMPLES, recognised, rows_of, stata, workbook

TEXTS = {
    "wgi_flat.csv": wgi.PROVIDER,
    "API_NY.GDP.MKTP.CD_sample.csv": worldbank_wdi.PROVIDER,
    "wdi_ny.gdp.mktp.cd.csv": worldbank_wdi.PROVIDER,
    "weo_long.csv": imf_weo.PROVIDER,
    "weo_database.tsv": imf_weo.PROVIDER,
    "pwt1001.csv": penn_world_table.PROVIDER,
    "dist_cepii.csv": cepii_geodist.PROVIDER,
    "wits_mfn.csv": wits_trains.PROVIDER,
    "wits_preferential.csv": wits_trains.PROVIDER,
    "wits_groups.csv": wits_trains.PROVIDER,
    "hts_2023.csv": us_hts.PROVIDER,
    "wto_ttd.csv": wto_ttd.PROVIDER,
    "classificationH5.json": comtrade_codes.PROVIDER,
    "hs2017_zh.csv": chinese_hs_names.PROVIDER,
    "protee.csv": PROVIDERS[0],
    "UpdatedPub150_2026-03.csv": world_port_index.PROVIDER,
    "teu_by_year.csv": port_throughput.PROVIDER,
    "top_ports.csv": port_throughput.PROVIDER,
}
ROUNDS = 40


def survives(provider, match, name):
    fault, tables = None, ()
    try:
        tables = provider.read([match], KNOWN).tables
    except DataError as error:
        fault = error
    assert (fault is None) == bool(tables)
    if fault is not None:
        assert provider.name in fault.message.en
        assert name in fault.message.en
        assert fault.message.zh
    for part in tables:
        REFERENCE_TABLES[part.table].check(part.frame)


def damaged(content, dice):
    kind = dice.randrange(4)
    if kind == 0:
        return content[: dice.randrange(len(content))]
    spoilt = bytearray(content)
    if kind == 1:
        for _ in range(dice.choice((1, 4, 20))):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        return bytes(spoilt)
    lines = content.split(b"\n")
    if kind == 2:
        lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    else:
        line = dice.randrange(len(lines))
        lines[line] = b",".join(sorted(lines[line].split(b","), key=lambda _: dice.random()))
    return b"\n".join(lines)


@pytest.mark.parametrize("sample", TEXTS)
def test_damaged_text(sample, tmp_path):
    provider = TEXTS[sample]
    match = recognised(provider, SAMPLES / sample)[0]
    content = (SAMPLES / sample).read_bytes()
    for round_number in range(ROUNDS):
        copy = tmp_path / sample
        copy.write_bytes(damaged(content, random.Random(round_number)))
        survives(provider, Match(copy, match.layout, match.understood, match.edition), sample)


@pytest.mark.parametrize(
    ("provider", "sheet", "sample"),
    [
        (wto_rta.PROVIDER, "AllRTAs", "rtas.csv"),
        (lpi.PROVIDER, "2018", "lpi_editions_2018.csv"),
        (wgi.PROVIDER, "Sheet1", "wgi_long.csv"),
    ],
)
def test_damaged_workbooks(provider, sheet, sample, tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", {sheet: rows_of(sample)})
    match = recognised(provider, whole)[0]
    for round_number in range(ROUNDS):
        copy = tmp_path / "damaged.xlsx"
        copy.write_bytes(damaged(whole.read_bytes(), random.Random(round_number)))
        survives(provider, Match(copy, match.layout, match.understood), "damaged.xlsx")


def test_damaged_stata_files(tmp_path):
    columns = {"code": ["CHL", "PER"], "year": [2020.0, 2020.0], "rle": [0.5, -0.5], "pve": [0.1, None]}
    whole = stata(tmp_path / "whole.dta", columns)
    match = recognised(wgi.PROVIDER, whole)[0]
    for round_number in range(ROUNDS * 2):
        copy = tmp_path / "damaged.dta"
        copy.write_bytes(damaged(whole.read_bytes(), random.Random(round_number)))
        survives(wgi.PROVIDER, Match(copy, match.layout, match.understood), "damaged.dta")


@pytest.mark.parametrize("provider", [wgi.PROVIDER, lpi.PROVIDER, wto_rta.PROVIDER])
def test_a_missing_file_is_named(provider, tmp_path):
    layout = next(iter(provider.layouts))
    survives(provider, Match(tmp_path / "gone.xlsx", layout, provider.layouts[layout]), "gone.xlsx")
