"""The last few results of a costly step, shared by threads."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Kept_ = TypeVar("Kept_")


class Kept(Generic[Kept_]):
    """Keeps the results of the last `limit` keys; the one kept longest goes first.

    Two threads that ask for the same new key may both make it; both get the one that was kept first.

    Examples
    --------
    >>> squares = Kept[int](limit=2)
    >>> [squares.get(n, lambda n=n: n * n) for n in (2, 3, 2)]
    [4, 9, 4]
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: dict[Hashable, Kept_] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Kept_]) -> Kept_:
        """The result for the key, made if it is not there."""
        with self._lock:
            if key in self._held:
                return self._held[key]
        made = make()
        with self._lock:
            kept = self._held.setdefault(key, made)
            while len(self._held) > self._limit:
                del self._held[next(iter(self._held))]
            return kept
