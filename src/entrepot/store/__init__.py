"""The house's own files: publish whole versions, verify them, slice them."""

from entrepot.store.builds import Build, Part
from entrepot.store.converted import Converted
from entrepot.store.manifest import DataSet, DataSetInfo, Manifest, ReferenceEntry, Source
from entrepot.store.problems import OtherSchemaStoreError
from entrepot.store.profiles import Profile, Profiles
from entrepot.store.publication import Publication
from entrepot.store.retention import Pruned
from entrepot.store.snapshot import Snapshot
from entrepot.store.store import Store
from entrepot.store.traded import Traded, traded_in
from entrepot.store.verification import Finding, Progress, Verification

__all__ = [
    "Build",
    "Converted",
    "DataSet",
    "DataSetInfo",
    "Finding",
    "Manifest",
    "OtherSchemaStoreError",
    "Part",
    "Profile",
    "Profiles",
    "Progress",
    "Pruned",
    "Publication",
    "ReferenceEntry",
    "Snapshot",
    "Source",
    "Store",
    "Traded",
    "Verification",
    "traded_in",
]
