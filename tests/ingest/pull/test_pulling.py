"""`data pull` from the first word to the store, on a provider's server of our own."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from entrepot.cli import main
from entrepot.ingest.pull.pulling import TEST_SETTING
from entrepot.sources import addresses as addresses_module
from entrepot.store import Store
from tests.ingest.pull.server import Server, file, status
from tests.sources.trade_files import baci_zip

SAMPLES = Path(__file__).parents[2] / "sources" / "samples"


class Desk:
    """The command line with a list of addresses of our own, and a store of its own."""

    def __init__(self, server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.server, self.home, self._capsys = server, folder / "home", capsys
        self.list = folder / "addresses.toml"

    def offer(self, *files: tuple[str, str, str, bytes]) -> None:
        """Files as (id, provider, name, content); what is empty is not there."""
        lines = []
        for id_, provider, name, content in files:
            url = self.server.serve(f"/{id_}", file(content) if content else status(404))
            lines.append(
                f'[[provider]]\nname = "{provider}"\npage = "https://data.example.org/"\n[[provider.file]]\n'
                f'id = "{id_}"\nwhat.en = "a sample"\nwhat.zh = "样本"\nurl = "{url}"\nfile = "{name}"\nmb = 1\n'
            )
        self.list.write_text("\n".join(lines), encoding="utf-8")

    def run(self, *words: str) -> tuple[int, str, str]:
        addresses_module.addresses.cache_clear()
        code = main(["data", *words])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    @property
    def store(self) -> Store:
        return Store(self.home)


@pytest.fixture
def desk(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(server, tmp_path, capsys)
    monkeypatch.setenv("ENTREPOT_HOME", str(made.home))
    monkeypatch.setenv(TEST_SETTING, str(made.list))
    return made


GEODIST = ("geodist", "CEPII GeoDist", "dist_cepii.csv", (SAMPLES / "dist_cepii.csv").read_bytes())
PROTEE = ("protee", "CEPII ProTEE", "ProTEE_0_1.csv", (SAMPLES / "protee.csv").read_bytes())


def test_from_the_address_to_the_store(desk: Desk) -> None:
    desk.offer(GEODIST, PROTEE)
    code, out, err = desk.run("pull", "geodist", "protee")
    assert (code, err) == (0, "")
    first = out.index("licence: Etalab 2.0")
    assert first < out.index("✓ dist_cepii.csv") < out.index("Understood: ") < out.index("Rows read")
    entry = desk.store.snapshot().reference_entry("pair_facts")
    assert [source.name for source in entry.sources] == ["CEPII GeoDist"]
    kept = desk.home / "downloads" / "cepii-geodist"
    assert sorted(path.name for path in kept.iterdir() if path.name[0] != ".") == [
        "dist_cepii.csv",
        "dist_cepii.csv.receipt.json",
    ]
    code, out, _ = desk.run("pull", "geodist", "--lang", "zh")
    assert (code, "= dist_cepii.csv：与 " in out) == (0, True)
    assert len([path for path, _ in desk.server.asked if path == "/geodist"]) == 2


def test_the_day_of_the_download_goes_into_the_manifest(desk: Desk, tmp_path: Path) -> None:
    desk.offer(GEODIST)
    folder = tmp_path / "mine"
    code, out, _ = desk.run("pull", "--to", str(folder), "geodist")
    assert code == 0
    assert "Understood" not in out
    assert not desk.store.snapshot().has_reference("pair_facts")
    receipt = folder / "dist_cepii.csv.receipt.json"
    content = json.loads(receipt.read_text())
    receipt.write_text(json.dumps(content | {"retrieved": "2025-03-04T05:06:07+00:00"}))
    code, out, _ = desk.run("add", str(folder))
    assert code == 0
    assert "no reader knows" not in out  # a receipt is no file to be read
    assert desk.store.snapshot().reference_entry("pair_facts").sources[0].retrieved == "2025-03-04"
    with (folder / "dist_cepii.csv").open("ab") as changed:
        changed.write(b"\n")
    assert desk.run("add", str(folder))[0] == 0  # what the receipt speaks of is gone: the day is today's
    assert desk.store.snapshot().reference_entry("pair_facts").sources[0].retrieved == date.today().isoformat()


def test_trade_becomes_a_data_set_of_its_own_with_that_day(desk: Desk, tmp_path: Path) -> None:
    zipped = baci_zip(tmp_path / "baci.zip").read_bytes()
    desk.offer(("baci-hs17", "CEPII BACI", "BACI_HS17_V202601.zip", zipped))
    assert desk.run("pull", "baci")[0] == 0
    info = desk.store.snapshot().dataset("baci_hs17_v202601").info
    receipt = json.loads(next(desk.home.rglob("*.receipt.json")).read_text())
    assert info.retrieved == info.sources[0].retrieved == receipt["retrieved"][:10]


def test_files_of_one_provider_are_added_together(desk: Desk) -> None:
    """Series of one source are replaced as a whole, so a file that came earlier must be read again with the new one."""
    one = (SAMPLES / "classificationH5.json").read_bytes()
    other = (SAMPLES / "classificationS3.json").read_bytes()
    desk.offer(("codes-h5", "UN Comtrade codes", "H5.json", one), ("codes-s3", "UN Comtrade codes", "S3.json", other))
    desk.run("pull", "codes-h5")
    code, out, _ = desk.run("pull", "codes-s3")
    assert code == 0
    assert "HS17" in out
    assert "SITC3" in out


def test_one_failure_does_not_stop_the_rest(desk: Desk) -> None:
    desk.offer(("wgi", "Worldwide Governance Indicators", "wgidataset.xlsx", b""), GEODIST)
    code, out, err = desk.run("pull", "wgi", "geodist")
    assert code == 2
    assert "✗ wgi" in out
    assert "1 of 2 did not work: wgi (address_gone)" in err
    assert desk.store.snapshot().has_reference("pair_facts")


def test_a_single_failure_is_told_once_with_the_page(desk: Desk) -> None:
    desk.offer(("wgi", "Worldwide Governance Indicators", "wgidataset.xlsx", b""))
    code, out, err = desk.run("pull", "wgi", "--lang", "zh")
    assert code == 2
    assert "✗" not in out
    assert "手工下载：https://data.example.org/" in err


def test_what_came_and_is_no_such_file_leaves_the_store_alone(desk: Desk) -> None:
    spoilt = (SAMPLES / "dist_cepii.csv").read_bytes().replace(b"12710.4", b"far")
    desk.offer(("geodist", "CEPII GeoDist", "dist_cepii.csv", spoilt))
    before = desk.run("verify")[1]
    code, _, err = desk.run("pull", "geodist")
    assert code == 2
    assert "CEPII GeoDist, file dist_cepii.csv, line " in err
    assert desk.run("verify")[1] == before


def test_the_list_and_words_that_are_not_on_it(desk: Desk) -> None:
    desk.offer(GEODIST, PROTEE)
    code, out, _ = desk.run("pull", "--list")
    assert code == 0
    assert "CEPII GeoDist · Etalab 2.0\n   ? geodist " in out
    listed = json.loads(desk.run("pull", "--json", "geodist")[1])
    assert [entry["id"] for entry in listed["files"]] == ["geodist"]
    assert listed["files"][0]["sha256"] is None
    code, _, err = desk.run("pull", "geodits")
    assert code == 2
    assert "Did you mean geodist?" in err
    assert desk.server.asked == []


def test_a_bad_list_is_told(desk: Desk) -> None:
    for text in ("nonsense", "provider = 3", '[[provider]]\nname = "x"'):
        desk.list.write_text(text)
        code, _, err = desk.run("pull", "--list")
        assert (code, "no list of addresses" in err) == (2, True)


def test_a_kill_in_the_middle_and_on_with_it(desk: Desk, tmp_path: Path) -> None:
    """The process is killed while the file comes in, as a power cut would; the next run asks for the rest only."""
    big = _padded(tmp_path)
    reached, released = 200_000, threading.Event()

    def stalls(handler):  # type: ignore[no-untyped-def]
        handler.send_response(200)
        handler.send_header("ETag", '"one"')
        handler.send_header("Content-Length", str(len(big)))
        handler.end_headers()
        handler.wfile.write(big[:reached])
        handler.wfile.flush()
        released.wait(300)

    desk.offer(("baci-hs17", "CEPII BACI", "BACI_HS17_V202601.zip", big))
    desk.server.serve("/baci-hs17", stalls, file(big))
    part = tmp_path / "to" / "BACI_HS17_V202601.zip.part"
    command = [sys.executable, "-c", "from entrepot.cli import main; main()", "data", "pull", "baci-hs17", "--to"]
    process = subprocess.Popen(
        [*command, str(part.parent)], env=os.environ.copy(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        while not (part.exists() and part.stat().st_size > 100_000):
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.communicate()
        released.set()
    kept = part.stat().st_size
    assert 100_000 < kept <= reached
    assert not (part.parent / "BACI_HS17_V202601.zip").exists()
    code, out, _ = desk.run("pull", "baci-hs17", "--to", str(part.parent))
    assert code == 0
    assert f"gone on from {kept:,}" in out
    assert desk.server.ranges[-1] == f"bytes={kept}-"
    assert (part.parent / "BACI_HS17_V202601.zip").read_bytes() == big


def _padded(folder: Path) -> bytes:
    """A release of BACI that is larger than the pieces in which it comes."""
    path = baci_zip(folder / "padded.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Readme.txt", random.Random(1).randbytes(400_000))
    return path.read_bytes()
