"""Bring the browser app up to date: `web_app.py packages|build`.

`packages` installs web/node_modules from package-lock.json, `build` that and then the app itself, into the Python
package (src/entrepot/webui/static/), from where it is served and goes into the wheel. Both leave a stamp of what they
were made from; a second run with the same sources starts neither npm nor Node.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from stamps import ROOT, done, fingerprint, is_done, say, stop

WEB = ROOT / "web"
MODULES = WEB / "node_modules"
PAGE = ROOT / "src" / "entrepot" / "webui" / "static" / "index.html"
MADE_HERE = {"node_modules", "dist", "coverage", "test-results"}


def sources() -> list[Path]:
    """Every file of web/ that the built app can depend on."""
    found = []
    for folder, folders, names in os.walk(WEB):
        folders[:] = [name for name in folders if name not in MADE_HERE]
        found += [Path(folder) / name for name in names if not name.endswith(".tsbuildinfo")]
    return found


def packages_key() -> str:
    """What node_modules depends on."""
    files = [WEB / name for name in ("package.json", "package-lock.json", ".npmrc")]
    return fingerprint([file for file in files if file.exists()])


def oldest_node() -> tuple[int, ...]:
    """The version that web/package.json asks for as `"node": ">=20.19"`; it is said there and nowhere else."""
    wanted = json.loads((WEB / "package.json").read_text())["engines"]["node"]
    return tuple(map(int, re.findall(r"\d+", wanted)))


def need_node() -> None:
    """Stop unless Node and npm are there and new enough."""
    oldest = oldest_node()
    wanted = ".".join(map(str, oldest))
    how = f"Entrepôt's browser app is built with Node {wanted} or newer and npm: install it, then run this again."
    if not shutil.which("node") or not shutil.which("npm"):
        stop("'node' or 'npm' was not found.", how)
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if tuple(map(int, re.findall(r"\d+", version)))[: len(oldest)] < oldest:
        stop(f"This Node is too old: {version or 'its version cannot be read'}.", how)


def npm(*arguments: str, advice: str) -> None:
    """Run npm in web/; silent if it succeeds, its whole output if it fails."""
    run = subprocess.run(
        ["npm", *arguments],
        cwd=WEB,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if run.returncode:
        stop(
            run.stdout, f"'npm {' '.join(arguments)}' failed (exit code {run.returncode}); its output is above.", advice
        )


def install_packages() -> None:
    """The locked packages, as npm's lock file has them."""
    stamp = MODULES / ".stamp-packages"
    if is_done(stamp, packages_key()):
        return
    need_node()
    say("installing the browser app's packages (web/node_modules)")
    advice = "Usually the registry cannot be reached: check the network or npm's settings, then run this again."
    npm("ci", "--no-audit", "--no-fund", advice=advice)
    done(stamp, packages_key())


def build() -> None:
    """The app as static files inside the Python package."""
    stamp = ROOT / ".stamps" / "web-app"
    key = fingerprint(sources())
    if PAGE.is_file() and is_done(stamp, key):
        return
    install_packages()
    need_node()
    say("building the browser app")
    npm("run", "build", advice="The sources in web/ do not build as they are.")
    if not PAGE.is_file():
        stop(f"The build ended well but left no {PAGE.relative_to(ROOT)}: see build.outDir in web/vite.config.ts.")
    done(stamp, key)


def main() -> None:
    """Do the step that was asked for."""
    steps = {"packages": install_packages, "build": build}
    if len(sys.argv) != 2 or sys.argv[1] not in steps:
        stop("usage: web_app.py packages|build")
    if not (WEB / "package.json").is_file():
        stop(f"There is no web/package.json in {ROOT}: this is not a whole checkout.")
    steps[sys.argv[1]]()


if __name__ == "__main__":
    main()
