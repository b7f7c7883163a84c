"""Which hosts and network addresses may be asked, and that what was checked is what is connected to."""

import shutil
import socket
import subprocess
from ipaddress import ip_address
from pathlib import Path

import pytest

from entrepot.core.errors import DataError
from entrepot.ingest.pull.door import is_public, way_to
from tests.ingest.pull.server import Server, address, file, running
from tests.ingest.pull.test_fetch import ZIP, pull, refusal

HOST = "data.example.org"
URL = f"https://{HOST}/a.zip"


def test_the_way_has_the_address_that_was_checked() -> None:
    way = way_to(URL + "?b=1", {HOST}, resolve=lambda host, port: ["93.184.216.34", "2606:2800::1"])
    assert way.urls == ("https://93.184.216.34/a.zip?b=1", "https://[2606:2800::1]/a.zip?b=1")
    assert (way.host, way.name) == (HOST, HOST)


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}/a",
        f"https://{HOST}:8443/a",
        f"https://{HOST}:nonsense/a",
        f"https://ann:secret@{HOST}/a",
        f"https://{HOST}@evil.example.net/a",
        "https://evil.example.net/a",
        f"https://{HOST}.evil.example.net/a",
        "https:///a",
        "//data.example.org/a",
        "a.zip",
        "file:///a",
        "https://[::1/a",
    ],
)
def test_only_https_to_the_named_host(url: str) -> None:
    with pytest.raises(DataError) as told:
        way_to(url, {HOST}, resolve=lambda host, port: ["93.184.216.34"])
    assert told.value.code == "unsafe_address"


NOT_PUBLIC = """
    127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
    192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fc00::1 fec0::1 ff02::1 2001:db8::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1
    2002:7f00:1:: 64:ff9b::a00:1 64:ff9b::7f00:1
""".split()


@pytest.mark.parametrize("one", NOT_PUBLIC)
def test_one_address_that_is_not_public_is_enough_to_refuse(one: str) -> None:
    assert not is_public(ip_address(one))
    with pytest.raises(DataError) as told:
        way_to(URL, {HOST}, resolve=lambda host, port: ["93.184.216.34", one])
    assert told.value.code == "unsafe_address"
    assert one in told.value.message.en


def test_public_addresses_of_every_kind() -> None:
    assert all(is_public(ip_address(one)) for one in ("8.8.8.8", "2606:2800::1", "::ffff:8.8.8.8", "64:ff9b::808:808"))


@pytest.mark.parametrize("one", ["10.0.0.1", "169.254.169.254", "fe80::1", "192.168.0.1"])
def test_a_tests_server_may_be_on_this_machine_and_nowhere_else(one: str) -> None:
    with pytest.raises(DataError):
        way_to(f"http://{HOST}:8000/a", {HOST}, test_server=True, resolve=lambda host, port: [one])
    assert way_to("http://localhost:8000/a", {"localhost"}, test_server=True, resolve=lambda host, port: ["::1"])


def test_a_name_that_changes_its_meaning_is_not_asked_again(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the name leads to the server when it is checked, and inside somebody's network right after."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host, port, *rest, **others):  # type: ignore[no-untyped-def]
        if host == "127.0.0.1":
            return real(host, port, *rest, **others)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port, *rest, **others)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    port = server.base.rpartition(":")[2]
    server.serve("/a.zip", file(ZIP))
    one = address(f"http://changing.example.org:{port}/a.zip")
    assert pull(one, tmp_path).path.read_bytes() == ZIP
    assert asked == ["changing.example.org"]
    assert server.asked[0][1]["host"] == f"changing.example.org:{port}"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Certificates for two names, each its own authority."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    folder = tmp_path_factory.mktemp("certificates")
    made = {}
    for name in ("localhost", "elsewhere.example.org"):
        certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
        command = [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
        command += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True)
        made[name] = (certificate, key)
    return made


def test_the_certificate_must_be_for_the_name_though_the_number_is_connected_to(
    certificates: dict[str, tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates["localhost"][0]))
    with running(certificates["localhost"]) as server:
        assert pull(address(server.serve("/a.zip", file(ZIP))), tmp_path).path.read_bytes() == ZIP


@pytest.mark.parametrize("trusted", [True, False])
def test_another_certificate_is_refused(
    certificates: dict[str, tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    """One of an authority that is trusted, but for another name; and one for the name, of an unknown authority."""
    mine, other = certificates["localhost"], certificates["elsewhere.example.org"]
    monkeypatch.setenv("SSL_CERT_FILE", str(other[0]))
    with running(other if trusted else mine) as server:
        error = refusal("bad_certificate", address(server.serve("/a.zip", file(ZIP))), tmp_path)
    assert "SSL_CERT_FILE" in error.message.en
    assert server.asked == []
