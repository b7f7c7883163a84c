"""One question to a server and its answer: redirects judged before they are followed, troubles sorted by what helps."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin, urlsplit

import httpx

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.ingest.pull.door import way_to

REDIRECTS = (301, 302, 303, 307, 308)
# Worth asking again a little later; every other refusal will be the same tomorrow.
PASSING = (408, 425, 429, 500, 502, 503, 504)


class PassingTroubleError(Exception):
    """Something that may go better next time.

    Parameters
    ----------
    what : for people.
    asked_s : seconds that the server asks to wait; null where it asks for none.
    hopeful : False where a second attempt is worth making and a third is not, as without a connection at all.
    """

    def __init__(self, what: Text, asked_s: float | None = None, *, hopeful: bool = True) -> None:
        self.what = what
        self.asked_s = asked_s
        self.hopeful = hopeful
        super().__init__(what.en)


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a download is. Seconds, unless said otherwise.

    Parameters
    ----------
    connect_s, read_s : longest wait for a connection, and between two pieces of the answer.
    attempts : in a row without a byte more than ever before; then it gives up.
    first_wait_s, longest_wait_s : before the second attempt; doubled each time up to the longest.
    longest_asked_s : a server that asks for a longer wait is not waited for.
    redirects : number of hops.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    attempts: int = 6
    first_wait_s: float = 1.0
    longest_wait_s: float = 30.0
    longest_asked_s: float = 120.0
    redirects: int = 5


class Exchange:
    """Asks one provider's hosts. Proxies and passwords of the surroundings are not used: an address is asked itself.

    Parameters
    ----------
    hosts : hosts that may be asked besides that of the first address.
    test_server : see `door.way_to`.
    """

    def __init__(self, hosts: tuple[str, ...], limits: Limits, *, test_server: bool) -> None:
        self._hosts = {host.lower() for host in hosts}
        self._limits = limits
        self._test_server = test_server
        timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
        # The certificates of the surroundings (SSL_CERT_FILE) do count: offices have authorities of their own.
        self._client = httpx.Client(
            timeout=timeout, follow_redirects=False, trust_env=False, verify=httpx.create_ssl_context()
        )

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    @contextmanager
    def answer(self, url: str, headers: Mapping[str, str]) -> Iterator[tuple[httpx.Response, str]]:
        """The answer to a question, unread, and the address that gave it in the end.

        Raises
        ------
        DataError
            ``unsafe_address``, ``too_many_redirects``, ``bad_certificate``.
        PassingTroubleError
            No connection, no answer in time, a busy or broken server.
        """
        allowed = self._hosts | {(urlsplit(url).hostname or "").lower()}
        for _ in range(self._limits.redirects + 1):
            response = self._sent(url, headers, allowed)
            try:
                if response.status_code not in REDIRECTS:
                    if response.status_code in PASSING:
                        raise PassingTroubleError(
                            Text(f"the server says {response.status_code}", f"服务器返回 {response.status_code}"),
                            asked_wait(response.headers.get("retry-after")),
                        )
                    yield response, url
                    return
                url = _leading_to(url, response.headers.get("location", ""))
            except (httpx.TransportError, httpx.DecodingError) as error:
                raise _passing(error) from error
            finally:
                response.close()
        raise DataError(
            "too_many_redirects",
            Text(f"{url}: the server sends from one address to the next without end.", f"{url}：服务器反复重定向。"),
            field="what",
        )

    def _sent(self, url: str, headers: Mapping[str, str], allowed: set[str]) -> httpx.Response:
        try:
            way = way_to(url, allowed, test_server=self._test_server)
        except OSError as error:
            raise PassingTroubleError(
                Text(
                    f"the name of the host cannot be resolved ({error}), as if there were no connection to the Internet",
                    f"无法解析主机名（{error}），请检查网络连接",
                ),
                hopeful=False,
            ) from error
        trouble: httpx.TransportError | None = None
        for address in way.urls:
            request = self._client.build_request(
                "GET", address, headers={**headers, "Host": way.host}, extensions={"sni_hostname": way.name}
            )
            try:
                return self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                trouble = error
            except httpx.TransportError as error:
                raise _passing(error) from error
        if trouble is None:
            raise RuntimeError("a way has at least one address")
        if _is_about_certificate(trouble):
            raise DataError(
                "bad_certificate",
                Text(
                    f"{way.name} cannot prove that it is {way.name} ({trouble}). If your office has an authority of "
                    "its own, name its certificates in SSL_CERT_FILE.",
                    f"{way.name} 的证书无效（{trouble}）。若单位使用自有证书机构，请在 SSL_CERT_FILE 中指定其证书。",
                ),
                field="what",
            ) from trouble
        raise _passing(trouble) from trouble


def _leading_to(url: str, location: str) -> str:
    """Where a redirect leads; what is no address at all is left as it is, for the door to refuse."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def user_agent() -> str:
    """How the program introduces itself."""
    try:
        return f"entrepot/{version('entrepot')}"
    except PackageNotFoundError:
        return "entrepot"


def asked_wait(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a server asks to wait (Retry-After): a number, or a moment; null where it cannot be read.

    Examples
    --------
    >>> asked_wait("7"), asked_wait("soon"), asked_wait(None)
    (7.0, None, None)
    >>> asked_wait("Wed, 01 Jan 2025 00:00:30 GMT", datetime(2025, 1, 1, tzinfo=UTC))
    30.0
    """
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - (now or datetime.now(UTC))).total_seconds(), 0.0)


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _passing(error: Exception) -> PassingTroubleError:
    if isinstance(error, httpx.TimeoutException):
        return PassingTroubleError(Text("the server did not answer in time", "服务器响应超时"))
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
    return PassingTroubleError(Text(f"the connection broke ({reason})", f"连接中断（{reason}）"))
