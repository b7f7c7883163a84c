"""Read the npm package sea-ports, used only for ports that searoute lacks."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

VERSION = "0.0.9"
SHA256 = "157962ab89c9bfb686829ae4aef5e670c6e1d8399880cfacd529a6f0270aa68a"


@dataclass(frozen=True)
class Place:
    """A named place: degrees north and east."""

    name: str
    lat: float
    lon: float


def read_sea_ports(sources: Path) -> dict[str, Place]:
    """Return UN/LOCODE → place, fetching the pinned archive into ``sources/sea_ports`` if it is not there.

    The package gives a few places with latitude and longitude exchanged; those whose latitude is impossible are left
    out, the rest shows in the list of disagreements.
    """
    archive = sources / "sea_ports" / f"sea-ports-{VERSION}.tgz"
    if not archive.exists():
        archive.parent.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", f"sea-ports@{VERSION}", "--silent", "--pack-destination", str(archive.parent)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"sea-ports {VERSION}: SHA-256 is {found}, expected {SHA256}; remove {archive.name} and retry")
    with tarfile.open(archive) as bundle:
        member = bundle.extractfile("package/lib/ports.json")
        if member is None:
            raise SystemExit("sea-ports: the archive has no package/lib/ports.json")
        entries = json.load(member)
    places: dict[str, Place] = {}
    for entry in entries.values():
        if "coordinates" not in entry:
            continue
        lon, lat = entry["coordinates"]
        if abs(lat) > 90:
            continue
        for code in entry.get("unlocs", []):
            places.setdefault(code, Place(entry["name"], lat, lon))
    return places
