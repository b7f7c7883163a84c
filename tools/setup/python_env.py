"""Make .venv/ with the locked packages and this checkout in it: `python_env.py base|dev`.

`base` is what the program needs, `dev` that and what tests and checks need. A stamp in .venv/ holds the hash of
the lock, of pyproject.toml, of the interpreter and of the folder's place (a virtual environment cannot be moved),
so that a second run does nothing and needs no network.
"""

import os
import shutil
import subprocess
import sys
import tempfile

from stamps import ROOT, done, fingerprint, is_done, say, stop

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LEVELS = ("base", "dev")


def home_key() -> str:
    """What the environment itself stands on: which Python, and where."""
    return fingerprint([], sys.version, str(ROOT))


def level_key(level: str) -> str:
    """What the packages of one level depend on."""
    return fingerprint([ROOT / "locks" / f"{level}.txt", ROOT / "pyproject.toml"], home_key())


def is_ready(level: str) -> bool:
    """`dev` holds everything of `base`, so it answers for both."""
    if not PYTHON.exists() or not is_done(VENV / ".stamp-home", home_key()):
        return False
    levels = LEVELS[LEVELS.index(level) :]
    return any(is_done(VENV / f".stamp-{each}", level_key(each)) for each in levels)


def create() -> None:
    """A fresh environment, unless the one that is there fits this interpreter and this folder."""
    if PYTHON.exists() and is_done(VENV / ".stamp-home", home_key()):
        return
    say(f"creating .venv with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        stop(
            made.stdout + made.stderr,
            "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv",
        )
    done(VENV / ".stamp-home", home_key())


def pip(*arguments: str) -> None:
    """Run the environment's pip; silent if it succeeds, its whole output if it fails."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    with tempfile.TemporaryFile("w+") as log:
        command = [str(PYTHON), "-m", "pip", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT).returncode
        if code:
            log.seek(0)
            stop(
                log.read(),
                f"pip failed (exit code {code}); its output is above.",
                "Usually the index cannot be reached: check the network or pip's settings, then run this again.",
            )


def install(level: str) -> None:
    """The locked packages by hash, then this checkout without asking for anything more."""
    lock = ROOT / "locks" / f"{level}.txt"
    say(f"installing the packages of locks/{level}.txt (the first time takes a minute or two)")
    pip("install", "--require-hashes", "--requirement", str(lock))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    done(VENV / f".stamp-{level}", level_key(level))


def main() -> None:
    """Bring .venv/ to the wanted level."""
    if len(sys.argv) != 2 or sys.argv[1] not in LEVELS:
        stop("usage: python_env.py base|dev")
    level = sys.argv[1]
    if is_ready(level):
        return
    create()
    install(level)


if __name__ == "__main__":
    main()
