import subprocess
from pathlib import Path

import pytest

BINARY = {".parquet", ".png", ".xlsx", ".ico", ".woff2", ".gz", ".zip", ".dta"}


@pytest.fixture(scope="session")
def tracked(project: Path) -> list[Path]:
    """Every text file that is in git or about to be (new and not ignored)."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=project, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout: " + listing.stderr.strip())
    files = [project / name for name in listing.stdout.split("\0") if name]
    return [file for file in files if file.is_file() and file.suffix not in BINARY]


@pytest.fixture(scope="session")
def source_files(tracked: list[Path]) -> list[Path]:
    """Code that people write: Python anywhere, TypeScript and CSS of the browser app; nothing generated."""
    code = [file for file in tracked if file.suffix in {".py", ".ts", ".tsx", ".css"}]
    return [file for file in code if "generated" not in file.name and not file.name.endswith(".d.ts")]
