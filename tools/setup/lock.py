"""Make locks/base.txt and locks/dev.txt anew from pyproject.toml: `make lock`.

One version of every package for all Pythons and systems (numbers must not depend on the interpreter's version), with
hashes, and without the address of any index: where packages come from is the user's setting, not ours.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from stamps import ROOT, say

COMPILE = (
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--quiet",
)
HEADER = "# Made by `make lock` from pyproject.toml; do not edit.\n"
SOURCES = ("pyproject.toml", "locks/build.in")


def compile_lock(uv: Path, target: Path, *options: str) -> None:
    """Resolve into `target`. Versions already locked stay unless UPGRADE=1 asks for the newest."""
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    command = [str(uv), "pip", "compile", *SOURCES, *COMPILE, *upgrade, *options, "--output-file", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lines = [line for line in target.read_text().splitlines(keepends=True) if line != HEADER]
    target.write_text(HEADER + "".join(lines))


def main() -> None:
    """Fetch the resolver into a throw-away environment (nothing else needs it) and resolve twice."""
    locks = ROOT / "locks"
    with tempfile.TemporaryDirectory() as folder:
        say("fetching uv")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        binaries = Path(folder) / "bin"
        subprocess.run([str(binaries / "pip"), "install", "--quiet", "uv"], check=True)
        say("resolving locks/base.txt")
        compile_lock(binaries / "uv", locks / "base.txt")
        say("resolving locks/dev.txt")
        extras = ("--extra=dev", "--extra=dataframes", "--extra=econometrics")
        compile_lock(binaries / "uv", locks / "dev.txt", *extras, "--constraint=locks/base.txt")


if __name__ == "__main__":
    main()
