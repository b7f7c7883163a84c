"""The house's own files: publish whole versions, verify them, slice them."""

from entrepot.store.manifest import DataSet, DataSetInfo, Manifest, ReferenceEntry, Source
from entrepot.store.problems import OtherSchemaStoreError
from entrepot.store.publication import Publication
from entrepot.store.retention import Pruned
from entrepot.store.snapshot import Snapshot
from entrepot.store.store import Store
from entrepot.store.verification import Finding, Progress, Verification

__all__ = [
    "DataSet",
    "DataSetInfo",
    "Finding",
    "Manifest",
    "OtherSchemaStoreError",
    "Progress",
    "Pruned",
    "Publication",
    "ReferenceEntry",
    "Snapshot",
    "Source",
    "Store",
    "Verification",
]
