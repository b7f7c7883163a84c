"""For every test: never the user's store, never the user's language, and the same random worlds each time."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Set while pytest is still collecting, so that nothing that looks at them on import can see the user's own values.
# The home starts empty; the first test that needs the embedded data publishes them there, and the others find them.
# A test that writes to a store makes its own under tmp_path.
HOME = Path(tempfile.mkdtemp(prefix="entrepot-tests-"))
os.environ["ENTREPOT_HOME"] = str(HOME)
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parents[1]
