"""Which versions stay, and the only place where anything of a store is deleted."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from entrepot.core.text import Text
from entrepot.store.disk import TEMPORARY_PREFIX
from entrepot.store.layout import Layout
from entrepot.store.manifest import VERSION_NAME, Manifest, ManifestProblemError, OtherSchemaError, from_json
from entrepot.store.problems import OtherSchemaStoreError, damaged

# The version before the current one stays whatever its age: one step back is always possible.
VERSIONS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was deleted.

    Parameters
    ----------
    versions : names of versions.
    objects : number of objects, and of files left behind by a publication that was killed.
    bytes : their size.
    """

    versions: tuple[str, ...]
    objects: int
    bytes: int


def prune(layout: Layout, current: Manifest, age: timedelta) -> Pruned:
    """Delete what no kept version needs. Only under the writer's lock, so that nothing new is taken for an orphan."""
    versions = _versions(layout)
    versions[current.id] = current
    kept = _kept(versions, current.id, datetime.now(UTC) - age)
    needed = {layout.object(ref) for version_id in kept for ref in versions[version_id].objects().values()}
    gone = sorted(set(versions) - kept)
    # Manifests first: a kill in between leaves orphans for the next time, never a version without its objects.
    for version_id in gone:
        layout.version(version_id).unlink()
    orphans = [path for path in sorted(layout.objects.iterdir()) if path not in needed]
    for folder in (layout.home, layout.versions):
        orphans += sorted(folder.glob(f"{TEMPORARY_PREFIX}*"))
    return Pruned(tuple(gone), len(orphans), sum(_delete(path) for path in orphans))


def _versions(layout: Layout) -> dict[str, Manifest]:
    versions = {}
    for path in sorted(layout.versions.glob("*.json")):
        if not VERSION_NAME.fullmatch(path.stem):
            continue
        try:
            versions[path.stem] = from_json(path.read_bytes())
        except OtherSchemaError as error:
            if not error.embedded_only:
                raise OtherSchemaStoreError(layout.home, error.schema, error.code_version, False) from error
            # The store was rebuilt since, and nobody reads this version any more.
            path.unlink()
        except ManifestProblemError as error:
            # What an unreadable version needs is unknown, so nothing may be deleted beside it.
            raise damaged(path, Text(f"it is no manifest: {error}", f"不是有效的版本清单：{error}")) from error
    return versions


def _kept(versions: dict[str, Manifest], current_id: str, limit: datetime) -> set[str]:
    newest_first = sorted(versions, key=lambda version_id: (version_id == current_id, version_id), reverse=True)
    young = {version_id for version_id in versions if datetime.fromisoformat(versions[version_id].created) >= limit}
    return young | set(newest_first[:VERSIONS_KEPT])


def _delete(path: Path) -> int:
    size = path.stat().st_size
    path.unlink()
    return size
