"""Write what building the port tables found: gaps, choices, doubles, disputes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from demo.facts import read_facts
from ports.places import DISAGREEMENT_KM, LANE_LIMIT_KM, Findings
from ports.sea_ports import Place

PATH = Path(__file__).with_name("report.md")


def write_report(
    economies: pl.DataFrame,
    ports: pl.DataFrame,
    main_ports: pl.DataFrame,
    key_ports: dict[str, list[str]],
    findings: Findings,
) -> None:
    """Write ``tools/ports/report.md``; stop if an economy with a coast has no usable port and no reason for it."""
    used = set(main_ports["port"])
    off_lane = main_ports.join(ports.select("port", "lane_km", "on_lane"), on="port").filter(~pl.col("on_lane"))
    sections = [
        "# Ports: what the build found\n\nWritten by `tools/ports/build.py`; do not edit.",
        _section("Economies with a coast but without a usable main port", _without_port(economies, ports, main_ports)),
        _section(
            f"Main ports that are not used (more than {LANE_LIMIT_KM:.0f} km from a lane, or on the Caspian)",
            (f"{row['economy']} {row['port']} {row['name']}: {row['lane_km']:.1f} km" for row in off_lane.to_dicts()),
        ),
        _section(
            "Key ports of the Factbook left out although the economy has no more than five",
            _left_out(main_ports, key_ports),
        ),
        _section(
            "Coordinates entered by hand",
            (f"{code} {_say(place)}{'; ' + note if note else ''}" for code, place, note in findings.by_hand),
        ),
        _section(
            f"Ports that searoute and sea-ports place more than {DISAGREEMENT_KM:.0f} km apart (searoute's is kept unless one is entered by hand)",
            (
                f"{code}{' (main port)' if code in used else ''}: searoute {_say(one)}; sea-ports {_say(other)}; "
                f"{km:.0f} km"
                for code, one, other, km in findings.disagreements
            ),
        ),
        _section(
            "Identifiers that searoute gives to two ports (the first is kept)",
            (f"{code}: {_say(kept)}; dropped {_say(dropped)}" for code, kept, dropped in findings.duplicates),
        ),
        _section("Ports dropped because no economy is known for them", findings.without_economy),
    ]
    PATH.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _without_port(economies: pl.DataFrame, ports: pl.DataFrame, main_ports: pl.DataFrame) -> list[str]:
    usable = main_ports.join(ports.filter("on_lane"), on="port", how="semi")["economy"].unique()
    reasons = dict(read_facts("no_ports").iter_rows())
    coastal = economies.filter(~pl.col("landlocked") & ~pl.col("iso3").is_in(usable.to_list()))["iso3"].to_list()
    if set(coastal) != set(reasons):
        disputed = ", ".join(sorted(set(coastal) ^ set(reasons)))
        raise SystemExit(f"facts/no_ports.csv must name the coastal economies without a usable port; check {disputed}")
    return [f"{code}: {reasons[code]}" for code in sorted(coastal)]


def _left_out(main_ports: pl.DataFrame, key_ports: dict[str, list[str]]) -> list[str]:
    named: dict[str, set[str]] = {}
    for economy, _, _, name, _ in read_facts("main_ports").iter_rows():
        named.setdefault(economy, set()).add(name)
    chosen = set(main_ports["economy"])
    lines = []
    for economy, names in sorted(key_ports.items()):
        missing = [name for name in names if name not in named.get(economy, set())]
        if missing and len(names) <= 5 and economy in chosen:
            lines.append(f"{economy}: {', '.join(missing)}")
    return lines


def _section(title: str, lines: Iterable[str]) -> str:
    listed = list(lines)
    return f"## {title}\n\n{len(listed)}\n" + "".join(f"\n- {line}" for line in listed)


def _say(place: Place) -> str:
    return f"{place.name} {place.lat:.2f}, {place.lon:.2f}"
