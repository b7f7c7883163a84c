"""A served app and a browser. What is not there is named in the reason of the skip."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"entrepot serve ended with code {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/api/v1/lists/datasets", timeout=PATIENCE_S):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer within {PATIENCE_S} s")


@pytest.fixture(scope="session")
def address(project: Path) -> Iterator[str]:
    """The served market finder."""
    if not (project / "src/entrepot/webui/static/index.html").exists():
        pytest.skip("the browser app is not built (make web)")
    port = free_port()
    command = [str(Path(sys.executable).with_name("entrepot")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator["sync_api.Browser"]:
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("no Chromium on the PATH (make browser)")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=[*QUIET, *sandbox])
        yield started
        started.close()


class Opened:
    """Pages in which nothing may go wrong unseen."""

    def __init__(self, browser: "sync_api.Browser", address: str) -> None:
        self.browser, self.address = browser, address
        self.complaints: list[str] = []
        self.contexts: list[sync_api.BrowserContext] = []

    def page(
        self, query: str = "", *, width: int = 1440, height: int = 900, scheme: str = "light", **more: Any
    ) -> "sync_api.Page":
        context = self.browser.new_context(
            **more,
            base_url=self.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-US",
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"/{query}")
        return page

    def hear(self, message: "sync_api.ConsoleMessage") -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def visiting(browser: "sync_api.Browser", address: str) -> Iterator[Opened]:
    """Pages of that server, closed at the end; none may have complained."""
    pages = Opened(browser, address)
    yield pages
    for context in pages.contexts:
        context.close()
    assert pages.complaints == []


@pytest.fixture
def opened(browser: "sync_api.Browser", address: str) -> Iterator[Opened]:
    yield from visiting(browser, address)
