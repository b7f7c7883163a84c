from collections.abc import Callable
from typing import NamedTuple

import pytest

from entrepot.cli import main
from entrepot.workbench import Workbench, open_workbench


class Said(NamedTuple):
    """What a run of the command gave."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def bench() -> Workbench:
    """The real workbench on the embedded data, in the store of this test run."""
    return open_workbench()


@pytest.fixture
def run(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs the command in this process."""

    def run(*words: str) -> Said:
        code = main(words)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(code, said.out, said.err)

    return run
