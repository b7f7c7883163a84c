"""The store: one folder, many readers, one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock

from entrepot.core.text import Text
from entrepot.store.layout import Layout, default_home
from entrepot.store.manifest import VERSION_NAME, Manifest, ManifestProblemError, OtherSchemaError, from_json
from entrepot.store.objects import FrameCache
from entrepot.store.problems import (
    OtherSchemaStoreError,
    absent,
    damaged,
    locked,
    not_folder,
    not_usable,
    writing_told,
)
from entrepot.store.profiles import Profiles
from entrepot.store.publication import Publication
from entrepot.store.retention import Pruned, prune
from entrepot.store.snapshot import Snapshot
from entrepot.store.studies import Studies
from entrepot.store.verification import Progress, Verification, verify

CACHE_BYTES = 256 * 2**20
LOCK_TIMEOUT_S = 60.0
PRUNE_AGE_HOURS = 24.0


class Store:
    """A folder of versions of the data.

    Parameters
    ----------
    home : the folder; by default ``$ENTREPOT_HOME`` or the place that the system keeps for application data.
        It is made by the first publication.

    Examples
    --------
    >>> import tempfile
    >>> Store(Path(tempfile.mkdtemp())).exists()
    False
    """

    def __init__(self, home: Path | str | None = None) -> None:
        self.layout = Layout(default_home() if home is None else Path(home))
        self._cache = FrameCache(CACHE_BYTES)
        self._latest: Snapshot | None = None
        self._lock = Lock()

    @property
    def home(self) -> Path:
        """Folder of the store."""
        return self.layout.home

    @property
    def profiles(self) -> Profiles:
        """The weight profiles that the user saved here."""
        return Profiles(self.layout)

    @property
    def studies(self) -> Studies:
        """The finished studies that the user named here."""
        return Studies(self.layout)

    def exists(self) -> bool:
        """Whether anything was ever published here (whole or damaged)."""
        try:
            return self.layout.current.exists()
        except OSError as error:
            raise not_usable(self.home, Text("read", "读取"), error) from error

    def snapshot(self) -> Snapshot:
        """The current version. Reads one line; the manifest only when the version is a new one.

        Raises
        ------
        StoreError
            ``store_absent``, ``store_damaged``, ``store_schema`` or ``store_not_usable``.
        """
        version_id = self._current_id()
        with self._lock:
            if self._latest is None or self._latest.id != version_id:
                self._latest = Snapshot(self.layout, self._manifest(version_id), self._cache)
            return self._latest

    @contextmanager
    def publishing(self, *, timeout_s: float = LOCK_TIMEOUT_S, rebuild_embedded: bool = False) -> Iterator[Publication]:
        """Change the store: what is put becomes visible together when the block ends without an error.

        Parameters
        ----------
        timeout_s : how long to wait for another process that publishes.
        rebuild_embedded : start from nothing where the store is of another schema version and holds nothing of the
            user's own.

        Raises
        ------
        StoreError
            ``store_locked``: another process publishes for longer than the time-out. Also all that `snapshot` raises,
            except that an empty folder is a fine place to begin.
        """
        self._make_folders()
        with self._writer_lock(timeout_s):
            publication = Publication(self.layout, self._base(rebuild_embedded))
            yield publication
            publication.finish()

    def _base(self, rebuild_embedded: bool) -> Manifest | None:
        """The version to start from, read under the lock."""
        if not self.exists():
            return None
        try:
            return self._manifest(self._current_id())
        except OtherSchemaStoreError as error:
            if rebuild_embedded and error.embedded_only:
                return None
            raise

    def verify(self, progress: Progress | None = None) -> Verification:
        """Hash every object of the current version again and count its rows.

        Raises
        ------
        StoreError
            There is no version to verify: all that `snapshot` raises.
        """
        return verify(self.layout, self._manifest(self._current_id()), progress)

    def prune(self, *, older_than_hours: float = PRUNE_AGE_HOURS, timeout_s: float = LOCK_TIMEOUT_S) -> Pruned:
        """Delete versions that nobody needs, and objects that no kept version refers to.

        Kept are the current version, the one before it, and every one younger than the limit: a reader may hold it.
        """
        self._current_id()
        with self._writer_lock(timeout_s):
            current = self._manifest(self._current_id())
            with writing_told(self.home, Text("prune", "清理")):
                return prune(self.layout, current, timedelta(hours=older_than_hours))

    def _current_id(self) -> str:
        path = self.layout.current
        try:
            text = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise absent(self.home) from error
        except NotADirectoryError as error:
            raise not_folder(self.home) from error
        except (UnicodeDecodeError, IsADirectoryError) as error:
            raise damaged(path, Text("it is not one line of text", "不是单行文本")) from error
        except OSError as error:
            raise not_usable(self.home, Text("read", "读取"), error) from error
        if not VERSION_NAME.fullmatch(text):
            shown = text[:60]
            raise damaged(path, Text(f"{shown!r} is not the name of a version", f"{shown!r} 不是版本名称"))
        return text

    def _manifest(self, version_id: str) -> Manifest:
        path = self.layout.version(version_id)
        try:
            manifest = from_json(path.read_bytes())
        except FileNotFoundError as error:
            why = Text("the version that `current` names is not there", "current 所指的版本不存在")
            raise damaged(path, why) from error
        except OSError as error:
            raise not_usable(self.home, Text("read", "读取"), error) from error
        except OtherSchemaError as error:
            raise OtherSchemaStoreError(self.home, error.schema, error.code_version, error.embedded_only) from error
        except ManifestProblemError as error:
            raise damaged(path, Text(f"it is no manifest: {error}", f"不是有效的版本清单：{error}")) from error
        if manifest.id != version_id:
            raise damaged(path, Text(f"it calls itself {manifest.id}", f"其内部名称为 {manifest.id}"))
        return manifest

    def _make_folders(self) -> None:
        with writing_told(self.home, Text("make folders", "创建文件夹")):
            self.layout.objects.mkdir(parents=True, exist_ok=True)
            self.layout.versions.mkdir(exist_ok=True)

    @contextmanager
    def _writer_lock(self, timeout_s: float) -> Iterator[None]:
        # Loaded here: only writers need it.
        from filelock import FileLock, Timeout

        lock = FileLock(self.layout.lock, timeout=timeout_s)
        with writing_told(self.home, Text("take the lock", "加锁")):
            try:
                lock.acquire()
            except Timeout as error:
                raise locked(self.home, self.layout.lock, timeout_s) from error
        try:
            yield
        finally:
            lock.release()
