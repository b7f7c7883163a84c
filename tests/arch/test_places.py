"""No file in git says where packages come from, or where on somebody's machine the project lies."""

import json
import re
from pathlib import Path

import pytest

# In parts, so that this file does not name what it forbids.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("pypi", "python", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("packages", "debian", "org"),
        ("security", "debian", "org"),
        ("npmmirror", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
]
# A home or mount folder with something in it, also behind file://. The same words inside a URL or a relative path do
# not stand at the start of a path, and the folder for temporary files is everybody's.
MACHINE_PATH = re.compile(r"(?<![\w./}>-])(?:file://)?/(?:home|Users|root|work|opt|mnt)/[\w.-]+")


def found(files: list[Path], project: Path, pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(project)}:{number}: {match[0]}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line))
    ]


def test_no_file_names_a_package_registry(tracked: list[Path], project: Path):
    assert found(tracked, project, re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE)) == []


def test_no_file_names_a_place_on_a_machine(tracked: list[Path], project: Path):
    assert found(tracked, project, MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("cd /" + "home/ann/entrepot", True),
        ("'/" + "root/.cache'", True),
        ("file:///" + "work/x.parquet", True),
        ("https://example.org/" + "work/items", False),
        ("../" + "work/items", False),
        ("/tmp/somewhere", False),
    ],
)
def test_the_pattern_for_places_sees_what_it_should(text: str, seen: bool):
    assert bool(MACHINE_PATH.search(text)) is seen


@pytest.mark.parametrize("name", ["base", "dev"])
def test_locks_hold_versions_and_hashes_only(name: str, project: Path):
    lines = (project / "locks" / f"{name}.txt").read_text().splitlines()
    packages = [line for line in lines if re.match(r"[a-z0-9]", line)]
    assert packages
    assert [line for line in packages if not re.match(r"[a-z0-9._\[\]-]+==\S+( ; .+)? \\$", line)] == []
    rest = [line.strip() for line in lines if line.strip() and line not in packages]
    assert [line for line in rest if not line.startswith(("#", "--hash=sha256:"))] == []


def test_every_package_of_the_base_lock_is_in_the_dev_lock_with_the_same_hashes(project: Path):
    def entries(name: str) -> dict[str, list[str]]:
        text = (project / "locks" / f"{name}.txt").read_text()
        text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
        blocks = re.split(r"\n(?=\S)", text.strip())
        return {block.split()[0]: sorted(re.findall(r"sha256:\w+", block)) for block in blocks}

    base, dev = entries("base"), entries("dev")
    assert base.items() <= dev.items()


def test_the_browser_apps_lock_names_no_address(project: Path):
    lock = json.loads((project / "web" / "package-lock.json").read_text())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (project / "web" / ".npmrc").read_text().split()
