from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from entrepot.api import create_app
from entrepot.workbench import Workbench, open_workbench

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def bench() -> Workbench:
    """The real workbench on the embedded data, in the store of this test run."""
    return open_workbench()


@pytest.fixture(scope="session")
def client(bench: Workbench) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: bench), base_url=BASE) as made:
        yield made


@pytest.fixture(scope="session")
def client_of() -> Callable[..., TestClient]:
    """Makes a client of an app with other settings."""

    def make(workbench: object, **settings: object) -> TestClient:
        return TestClient(create_app(lambda: workbench, **settings), base_url=BASE)

    return make
