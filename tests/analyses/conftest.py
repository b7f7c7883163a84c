import pytest

from entrepot.workbench import Workbench, open_workbench


@pytest.fixture(scope="session")
def bench() -> Workbench:
    """The workbench on the embedded data, in the throw-away store of the test session."""
    return open_workbench()
