"""Where things lie in a store. Nothing but names made by the house itself ever becomes a path."""

import os
from dataclasses import dataclass
from pathlib import Path

from entrepot.store.manifest import ObjectRef


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a store.

    Parameters
    ----------
    home : folder of the store.
    """

    home: Path

    @property
    def objects(self) -> Path:
        """Folder of the Parquet files, each named by its SHA-256."""
        return self.home / "objects"

    @property
    def versions(self) -> Path:
        """Folder of the manifests."""
        return self.home / "versions"

    @property
    def current(self) -> Path:
        """One line: the version that readers use."""
        return self.home / "current"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.home / "lock"

    def object(self, ref: ObjectRef) -> Path:
        """Path of an object."""
        return self.objects / f"{ref.sha256}.parquet"

    def version(self, version_id: str) -> Path:
        """Path of a manifest."""
        return self.versions / f"{version_id}.json"


def default_home() -> Path:
    """The user's store: ``$ENTREPOT_HOME``, or the place that the system keeps for application data."""
    given = os.environ.get("ENTREPOT_HOME")
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("entrepot", appauthor=False)
