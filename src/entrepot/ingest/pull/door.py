"""Whom the program may speak to: https, the hosts named beforehand, and public network addresses only."""

import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from entrepot.core.errors import DataError
from entrepot.core.text import Text

IP = IPv4Address | IPv6Address
# Networks without IPv4 reach it through addresses that carry an IPv4 address in their last 32 bits.
NAT64 = IPv6Network("64:ff9b::/96")
HTTPS_PORT = 443

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach a host: what was checked is what is connected to, so a name cannot change its meaning in between.

    Parameters
    ----------
    urls : the address with each network address of the host in place of its name, in the order to try them.
    host : name (and port) for the Host header.
    name : name that the certificate must be for.
    """

    urls: tuple[str, ...]
    host: str
    name: str


def resolved(host: str, port: int) -> list[str]:
    """Network addresses of a host, as the system tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def way_to(url: str, hosts: Collection[str], *, test_server: bool = False, resolve: Resolve = resolved) -> Way:
    """Check an address, and where its host really is.

    Parameters
    ----------
    hosts : hosts that may be asked, in small letters.
    test_server : for tests only: a server on the loopback interface, by http too and on any port.

    Raises
    ------
    DataError
        ``unsafe_address``: not https, another host, another port, a name and password in it, or a host that is (also)
        at a private, loopback, link-local or otherwise not public address.
    OSError
        The name cannot be resolved just now.

    Examples
    --------
    >>> way_to("https://data.example.org/a.zip", {"data.example.org"}, resolve=lambda host, port: ["93.184.216.34"])
    Way(urls=('https://93.184.216.34/a.zip',), host='data.example.org', name='data.example.org')
    """
    parts, host, port = _split(url)
    if parts.scheme != "https" and not (test_server and parts.scheme == "http"):
        raise _refused(url, Text("it is not https", "不是 https 地址"))
    if parts.username is not None or parts.password is not None:
        raise _refused(url, Text("it carries a name or password", "地址中含用户名或密码"))
    if host not in hosts:
        raise _refused(url, Text(f"{host or '–'} is another host", f"{host or '–'} 是另一台主机"))
    if port not in (None, HTTPS_PORT) and not test_server:
        raise _refused(url, Text(f"port {port} is not that of https", f"端口 {port} 不是 https 端口"))
    standard = HTTPS_PORT if parts.scheme == "https" else 80
    found = resolve(host, port or standard)
    for one in found:
        if not _may_connect(_ip_of(one), test_server):
            raise _refused(
                url,
                Text(
                    f"{host} is at {one}, which is not a public network address", f"{host} 位于 {one}，不是公共网络地址"
                ),
            )
    if not found:
        raise OSError(f"{host} has no network address")
    suffix = f":{port}" if port is not None and port != standard else ""
    urls = tuple(parts._replace(netloc=f"[{one}]{suffix}" if ":" in one else one + suffix).geturl() for one in found)
    return Way(urls, host + suffix, host)


def _split(url: str) -> tuple[SplitResult, str, int | None]:
    try:
        parts = urlsplit(url)
        return parts, (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise _refused(url, Text(f"it is malformed ({error})", f"地址格式有误（{error}）")) from error


def _ip_of(text: str) -> IP:
    return ip_address(text.partition("%")[0])


def _may_connect(ip: IP, test_server: bool) -> bool:
    return is_public(ip) or (test_server and ip.is_loopback)


def is_public(ip: IP) -> bool:
    """Whether an address is one of the public Internet; an IPv4 address inside an IPv6 address is looked at itself.

    Examples
    --------
    >>> [is_public(ip_address(text)) for text in ("93.184.216.34", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(ip, IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inside = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _refused(url: str, why: Text) -> DataError:
    return DataError(
        "unsafe_address",
        Text(
            f"{url} is not asked: {why.en}. Files are fetched by https, from the provider's own hosts only.",
            f"不访问 {url}：{why.zh}。仅通过 https 从提供者自己的主机下载。",
        ),
        field="what",
    )
