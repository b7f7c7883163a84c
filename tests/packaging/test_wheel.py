"""The wheel alone is the whole program: installed without Node and checkout, it serves the page and the answers."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DEMO_TABLES = (
    "flows economies codes groups products borders ports main_ports lanes pairs agreements macro conditions"
).split()
NO_INDEX = re.compile(r"connection|timed? ?out|name resolution|no matching distribution|max retries", re.IGNORECASE)


def run(*command: str | Path, cwd: Path) -> None:
    """Run to its end; the output is shown only if it fails."""
    result = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout}")


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = project / "src" / "entrepot" / "webui" / "static" / "index.html"
    assert page.is_file(), "the browser app is not built: `make web` first (`make test` does it by itself)"
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, project, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that holds the locked packages and the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    environment = folder / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=folder)
    programs = environment / "bin"
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    lock = project / "locks" / "base.txt"
    try:
        run(*pip, "--retries", "1", "--require-hashes", "--requirement", lock, cwd=folder)
    except AssertionError as error:
        # Offline there is nothing to install from. Where every change is checked there has to be.
        if os.environ.get("CI") or not NO_INDEX.search(str(error)):
            raise
        pytest.skip("the package index cannot be reached, so the wheel cannot be installed into a new environment")
    run(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
    return programs


@pytest.fixture(scope="module")
def address(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the installed program, serving from an empty home, with nothing but itself on the PATH."""
    folder = tmp_path_factory.mktemp("served")
    assert shutil.which("node", path=str(installed)) is None
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = {**kept, "PATH": str(installed), "ENTREPOT_HOME": str(folder / "home")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log"
    with log.open("w") as output:
        command = [installed / "entrepot", "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(server, f"http://127.0.0.1:{port}/", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(server: subprocess.Popen[bytes], url: str, log: Path, seconds: float = 90) -> None:
    """Until the first page comes; the first start publishes the embedded data."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            fetch(url)
            return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url} (exit code {server.poll()})\n{log.read_text()}")


def fetch(url: str) -> tuple[str, str]:
    """Content type and text; no proxy, whatever the machine's settings say."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=30) as answer:
        return answer.headers.get_content_type(), answer.read().decode()


def test_the_wheel_carries_the_app_the_data_and_the_licences(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "entrepot/webui/static/index.html" in names
    assert "entrepot/demo/manifest.json" in names
    assert {f"entrepot/demo/{table}.parquet" for table in DEMO_TABLES} <= names
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names}


def test_the_wheel_carries_nothing_else(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"entrepot"}
    assert [name for name in names if re.search(r"__pycache__|\.map$|node_modules|\.stamp", name)] == []


def test_the_installed_wheel_serves_the_page_and_its_parts(address: str):
    kind, page = fetch(address + "/")
    assert kind == "text/html"
    parts = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page)
    assert any(part.endswith(".js") for part in parts)
    for part in parts:
        kind, text = fetch(address + part)
        assert kind in {"text/javascript", "application/javascript", "text/css"}
        assert text


def test_the_installed_wheel_answers_a_question(address: str):
    kind, text = fetch(address + "/api/v1/markets?exporter=CHL&product=2603&year=2024")
    assert kind == "application/json"
    rows = {row["importer"]: row for row in json.loads(text)["rows"]}
    assert "CHL" not in rows
    assert rows["CHN"]["market_size_usd"] > rows["CHN"]["value_usd"] > 0
