from collections.abc import Iterator

import pytest

from tests.ingest.pull.server import Server, running


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        yield one
