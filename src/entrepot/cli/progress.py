"""A progress bar on standard error, for whoever waits at a terminal; silent otherwise."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

Progress = Callable[[str, float], None]
PATIENCE_S = 0.5  # what is over sooner needs no bar


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Give a function to call with what is being done and the fraction that is done."""
    if not sys.stderr.isatty():
        yield lambda label, fraction: None
        return
    started, bar = monotonic(), _Bar(title)
    try:
        yield lambda label, fraction: bar.move(label, fraction) if monotonic() - started > PATIENCE_S else None
    finally:
        bar.stop()


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """Show at a terminal that work is going on whose length is not known; silent otherwise."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status(title):
        yield


class _Bar:
    """Rich's bar, made when it first moves."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._shown: Any = None
        self._task: Any = None

    def move(self, label: str, fraction: float) -> None:
        if self._shown is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._shown.add_task(self._title, total=1.0)
            self._shown.start()
        self._shown.update(self._task, completed=fraction, description=f"{self._title} · {label}")

    def stop(self) -> None:
        if self._shown is not None:
            self._shown.stop()
