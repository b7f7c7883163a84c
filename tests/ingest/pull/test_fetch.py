"""Files fetched from a server that dies halfway, changes its mind, sends rubbish, lies, and leads elsewhere."""

import io
import json
import random
import threading
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from entrepot.core.errors import DataError, EntrepotError, InputError
from entrepot.ingest.pull.exchange import Limits
from entrepot.ingest.pull.fetch import Fetched, fetch
from entrepot.ingest.pull.receipt import belonging, retrieved_on
from entrepot.sources import cepii_geodist
from entrepot.sources.addresses import Address
from tests.ingest.pull.server import Server, address, file, silent, status

QUICK = Limits(connect_s=30, read_s=30, attempts=3, first_wait_s=0.5, longest_wait_s=2, longest_asked_s=60)


def archive(seed: int = 1, size: int = 400_000) -> bytes:
    """A zip that does not shrink, larger than the pieces in which it is written."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("a.csv", random.Random(seed).randbytes(size))
    return content.getvalue()


ZIP = archive()


def pull(one: Address, folder: Path, waits: list[float] | None = None, **others: object) -> Fetched:
    log = [] if waits is None else waits
    options = {"limits": QUICK, "test_server": True, "wait": log.append} | others
    return fetch(one, cepii_geodist.PROVIDER, folder, **options)  # type: ignore[arg-type]


def refusal(code: str, one: Address, folder: Path, **others: object) -> EntrepotError:
    """The error; nothing with the name of the file may be there."""
    with pytest.raises(EntrepotError) as told:
        pull(one, folder, **others)
    assert told.value.code == code, told.value
    assert not (folder / one.file).exists()
    assert told.value.message.zh != told.value.message.en
    return told.value


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_file_comes_whole_with_its_receipt(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, modified="Wed, 01 Jan 2025 00:00:00 GMT")))
    moved: list[tuple[str, float]] = []
    fetched = pull(one, tmp_path / "new" / "folder", progress=lambda label, part: moved.append((label, part)))
    assert fetched.path.read_bytes() == ZIP
    assert leftovers(fetched.path.parent) == ["file.zip", "file.zip.receipt.json"]
    receipt = json.loads(fetched.path.with_name("file.zip.receipt.json").read_text())
    assert receipt["sha256"] == sha256(ZIP).hexdigest()
    assert (receipt["url"], receipt["etag"], receipt["bytes"]) == (one.url, '"one"', len(ZIP))
    assert receipt["licence"] == cepii_geodist.PROVIDER.licence
    assert retrieved_on(fetched.path) == receipt["retrieved"][:10]
    assert moved[-1] == ("file.zip", 1.0)
    assert [part for _, part in moved] == sorted(part for _, part in moved)
    headers = server.asked[0][1]
    assert headers["accept-encoding"] == "identity"
    assert headers["user-agent"].startswith("entrepot")


def test_a_broken_connection_is_taken_up_where_it_broke(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000), file(ZIP, dies_after=100_000), file(ZIP)))
    waits: list[float] = []
    assert pull(one, tmp_path, waits).path.read_bytes() == ZIP
    first, second, third = server.ranges
    assert first is None
    begins = [int(asked.removeprefix("bytes=").rstrip("-")) for asked in (second or "", third or "")]
    assert 0 < begins[0] <= 150_000
    assert begins[0] < begins[1] <= begins[0] + 100_000
    assert {headers["if-range"] for _, headers in server.asked[1:]} == {'"one"'}
    assert waits == [0.5, 0.5]  # each time more had come, so the patience began anew


def test_a_later_run_goes_on(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000), file(ZIP, dies_after=0)))
    error = refusal("gave_up", one, tmp_path)
    assert "the same command goes on from there" in error.message.en
    assert "续传" in error.message.zh
    assert leftovers(tmp_path) == ["file.zip.part", "file.zip.part.json"]
    kept = (tmp_path / "file.zip.part").stat().st_size
    server.serve("/a.zip", file(ZIP))
    fetched = pull(one, tmp_path)
    assert fetched.path.read_bytes() == ZIP
    assert server.ranges[-1] == f"bytes={kept}-"
    assert fetched.resumed == kept
    assert leftovers(tmp_path) == ["file.zip", "file.zip.receipt.json"]


def test_the_patience_ends_where_nothing_more_comes(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000, ranges=False)))
    waits: list[float] = []
    refusal("gave_up", one, tmp_path, waits=waits)
    assert len(server.asked) == QUICK.attempts
    assert waits == [0.5, 1.0]


def test_a_server_that_ignores_ranges_sends_it_anew(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000, ranges=False), file(ZIP, ranges=False)))
    assert pull(one, tmp_path).path.read_bytes() == ZIP
    assert server.ranges[1] is not None


@pytest.mark.parametrize("honest", [True, False])
def test_a_file_that_changed_between_attempts_is_not_glued(server: Server, tmp_path: Path, honest: bool) -> None:
    """An honest server sees by If-Range that the tag is another; a sloppy one sends a part of the new file."""
    new = archive(2)
    reply = file(new, etag='"two"') if honest else _part_of_another(new)
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000), reply, file(new, etag='"two"')))
    assert pull(one, tmp_path).path.read_bytes() == new


def _part_of_another(content: bytes):  # type: ignore[no-untyped-def]
    def reply(handler):  # type: ignore[no-untyped-def]
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        handler.send_response(206)
        handler.send_header("ETag", '"two"')
        handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        handler.wfile.write(content[start:])

    return reply


def test_without_a_tag_nothing_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000, etag=None), file(ZIP, etag=None)))
    assert pull(one, tmp_path).path.read_bytes() == ZIP
    assert server.ranges == [None, None]


def test_a_weak_tag_gives_way_to_the_date(server: Server, tmp_path: Path) -> None:
    day = "Wed, 01 Jan 2025 00:00:00 GMT"
    decent = file(ZIP, etag='W/"one"', modified=day)
    one = address(server.serve("/a.zip", file(ZIP, etag='W/"one"', modified=day, dies_after=150_000), decent))
    assert pull(one, tmp_path).path.read_bytes() == ZIP
    assert server.asked[1][1]["if-range"] == day


def test_a_part_that_was_complete_needs_its_name_only(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP)))
    pull(one, tmp_path)
    (tmp_path / "file.zip").rename(tmp_path / "file.zip.part")
    state = {"url": one.url, "validator": '"one"', "etag": '"one"', "last_modified": None, "total": len(ZIP)}
    (tmp_path / "file.zip.part.json").write_text(json.dumps(state))
    assert pull(one, tmp_path).path.read_bytes() == ZIP
    assert server.ranges[-1] == f"bytes={len(ZIP)}-"


def test_a_part_of_another_address_is_not_used(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file.zip.part").write_bytes(b"something else")
    state = {"url": "https://data.example.org/b", "validator": '"x"', "etag": '"x"', "last_modified": None, "total": 9}
    (tmp_path / "file.zip.part.json").write_text(json.dumps(state))
    assert pull(address(server.serve("/a.zip", file(ZIP))), tmp_path).path.read_bytes() == ZIP
    assert server.ranges == [None]


def test_the_same_file_is_not_sent_twice(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP)))
    pull(one, tmp_path)
    again = pull(one, tmp_path)
    assert again.unchanged
    assert server.asked[-1][1]["if-none-match"] == '"one"'


def test_a_new_edition_takes_the_place_of_the_old_one_and_is_told(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP), file(archive(2), etag='"two"')))
    old = pull(one, tmp_path).receipt.sha256
    new = pull(one, tmp_path)
    assert new.replaced == old
    assert new.path.read_bytes() == archive(2)
    assert belonging(new.path) == new.receipt


def test_a_file_of_the_users_own_is_left_alone(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file.zip").write_bytes(b"mine")
    one = address(server.serve("/a.zip", file(ZIP)))
    with pytest.raises(InputError, match="Move it away first"):
        pull(one, tmp_path)
    assert (tmp_path / "file.zip").read_bytes() == b"mine"
    assert server.asked == []


PAGE = b"\xef\xbb\xbf\n<!-- hello -->\n<!DOCTYPE html><html><head><title>Please\n sign in</title></head></html>"


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.zip", PAGE, ("a web page", "Please sign in")),
        ("a.csv", PAGE, ("a web page",)),
        ("a.csv", b"<html>" + b"x" * 5_000, ("a web page",)),
        ("a.zip", b"rubbish" * 1_000, ("no zip file", "rubbish")),
        ("a.xlsx", random.Random(3).randbytes(5_000), ("no xlsx file",)),
        ("a.dta", b"PK\x03\x04" + bytes(3_000), ("no dta file",)),
        ("a.json", b"error: no key", ("no json file",)),
        ("a.csv", b"a,b\n\x00\x01\x02" + bytes(3_000), ("no csv file",)),
        ("a.zip", b"", ("nothing came",)),
        ("a.zip", ZIP[:300_000], ("it was cut",)),
    ],
)
def test_something_else_than_the_file(
    server: Server, tmp_path: Path, name: str, body: bytes, words: tuple[str]
) -> None:
    error = refusal("not_the_file", address(server.serve("/a", file(body)), name), tmp_path)
    for word in (*words, "CEPII GeoDist", server.base, "By hand: https://data.example.org/"):
        assert word in error.message.en
    assert leftovers(tmp_path) == []
    assert len(server.asked) == 1  # it would be the same the next time


def test_a_length_that_promises_too_much(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, length=len(ZIP) + 1_000, etag=None)))
    refusal("gave_up", one, tmp_path)


def test_a_length_that_promises_too_little(server: Server, tmp_path: Path) -> None:
    error = refusal("not_the_file", address(server.serve("/a.zip", file(ZIP, length=200_000))), tmp_path)
    assert "it was cut" in error.message.en


@pytest.mark.parametrize("announced", [True, False])
def test_more_than_may_come(server: Server, tmp_path: Path, announced: bool) -> None:
    reply = file(ZIP) if announced else _endless
    error = refusal("file_too_large", address(server.serve("/a.zip", reply), cap_bytes=100_000), tmp_path)
    assert "100,000" in error.message.en
    assert leftovers(tmp_path) == []


def _endless(handler) -> None:  # type: ignore[no-untyped-def]
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(ZIP)
    handler.close_connection = True


def test_what_unpacks_on_the_way_is_capped_too(server: Server, tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(b"a,b\n" * 1_000_000)
    one = address(server.serve("/a.csv", status(200, packed, Content_Encoding="gzip")), "a.csv", cap_bytes=1_000_000)
    assert len(packed) < 100_000
    refusal("file_too_large", one, tmp_path)


def test_a_checksum_that_is_another(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP)), sha256="0" * 64)
    assert sha256(ZIP).hexdigest()[:16] in refusal("wrong_checksum", one, tmp_path).message.en
    assert leftovers(tmp_path) == []
    known = address(one.url, sha256=sha256(ZIP).hexdigest())
    assert pull(known, tmp_path).path.exists()


def test_busy_and_broken_servers_are_asked_again(server: Server, tmp_path: Path) -> None:
    waits: list[float] = []
    one = address(server.serve("/a.zip", status(503, Retry_After="7"), status(500), file(ZIP)))
    assert pull(one, tmp_path, waits).path.exists()
    assert waits == [7.0, 1.0]


def test_a_server_that_asks_for_too_long_a_wait(server: Server, tmp_path: Path) -> None:
    waits: list[float] = []
    one = address(server.serve("/a.zip", status(429, Retry_After="86400")))
    assert "86,400 seconds" in refusal("gave_up", one, tmp_path, waits=waits).message.en
    assert waits == []


def test_a_server_that_says_nothing(server: Server, tmp_path: Path) -> None:
    released, hasty = threading.Event(), replace(QUICK, read_s=0.3, attempts=2)
    try:
        one = address(server.serve("/a.zip", silent(released), file(ZIP)))
        assert pull(one, tmp_path, limits=replace(QUICK, read_s=1)).path.exists()
        error = refusal("gave_up", address(server.serve("/b.zip", silent(released)), "b.zip"), tmp_path, limits=hasty)
        assert "did not answer in time" in error.message.en
    finally:
        released.set()


@pytest.mark.parametrize(
    ("code", "name"), [(404, "address_gone"), (403, "address_refused"), (400, "unexpected_answer")]
)
def test_a_plain_no_is_not_asked_again(server: Server, tmp_path: Path, code: int, name: str) -> None:
    error = refusal(name, address(server.serve("/a.zip", status(code))), tmp_path)
    assert str(code) in error.message.en
    assert "https://data.example.org/" in error.message.zh
    assert len(server.asked) == 1


def test_a_refusal_leaves_what_was_there(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP, dies_after=150_000), status(403)))
    refusal("address_refused", one, tmp_path)
    assert "file.zip.part" in leftovers(tmp_path)


@pytest.mark.parametrize(
    "target",
    [
        "https://files.example.org/a.zip",
        "http://localhost:{port}/b.zip",
        "http://10.0.0.1/a.zip",
        "http://169.254.169.254/latest/",
        "http://user:secret@127.0.0.1:{port}/b.zip",
        "ftp://127.0.0.1/a.zip",
        "file:///etc/hostname",
        "http://[::ffff:10.0.0.1]/a.zip",
    ],
)
def test_elsewhere_is_not_followed(server: Server, tmp_path: Path, target: str) -> None:
    server.serve("/b.zip", file(ZIP))
    target = target.format(port=server.base.rpartition(":")[2])
    one = address(server.serve("/a.zip", status(302, Location=target)), hosts=("10.0.0.1", "169.254.169.254"))
    error = refusal("unsafe_address", one, tmp_path)
    assert target in error.message.en
    assert [path for path, _ in server.asked] == ["/a.zip"]


def test_a_place_that_is_no_address(server: Server, tmp_path: Path) -> None:
    refusal("gave_up", address(server.serve("/a.zip", status(302, Location="http://[::1/a.zip"))), tmp_path)


def test_the_same_host_and_named_hosts_are_followed(server: Server, tmp_path: Path) -> None:
    server.serve("/b.zip", file(ZIP))
    one = address(server.serve("/a.zip", status(302, Location="/b.zip")))
    fetched = pull(one, tmp_path)
    assert fetched.receipt.came_from == server.base + "/b.zip"
    assert fetched.receipt.url == one.url
    port = server.base.rpartition(":")[2]
    named = address(
        server.serve("/c.zip", status(307, Location=f"http://localhost:{port}/b.zip")), "c.zip", hosts=("localhost",)
    )
    assert pull(named, tmp_path).path.read_bytes() == ZIP


def test_a_circle_ends(server: Server, tmp_path: Path) -> None:
    refusal("too_many_redirects", address(server.serve("/a.zip", status(301, Location="/a.zip"))), tmp_path)
    assert len(server.asked) == QUICK.redirects + 1


def test_this_machine_and_plain_http_are_for_tests_only(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP)))
    assert "not https" in refusal("unsafe_address", one, tmp_path, test_server=False).message.en
    secure = address(one.url.replace("http:", "https:").replace("127.0.0.1", "localhost"))
    error = refusal("unsafe_address", secure, tmp_path, test_server=False)
    assert "not that of https" in error.message.en
    assert server.asked == []


def test_two_at_once_are_refused(server: Server, tmp_path: Path) -> None:
    one = address(server.serve("/a.zip", file(ZIP)))
    inner: list[str] = []

    def meanwhile(label: str, part: float) -> None:
        if not inner:
            with pytest.raises(InputError) as told:
                pull(one, tmp_path)
            inner.append(told.value.code)

    pull(one, tmp_path, progress=meanwhile)
    assert inner == ["pull_running"]


def test_a_folder_that_cannot_be_written(server: Server, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(InputError) as told:
        pull(address(server.serve("/a.zip", file(ZIP))), tmp_path / "taken" / "folder")
    assert told.value.code == "cannot_write"


def test_errors_are_data_errors(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        pull(address(server.serve("/a.zip", status(404))), tmp_path)
    assert (told.value.exit_code, told.value.field) == (2, "what")
