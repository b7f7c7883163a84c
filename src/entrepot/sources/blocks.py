"""Large text in blocks of whole lines, unpacked by one thread while another parses."""

from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import IO

BLOCK_BYTES = 16 * 2**20
BLOCKS_AHEAD = 3
# How long a thread waits before it looks whether the other one has given up.
LOOK_S = 0.2


def line_blocks(file: IO[bytes], size: int = BLOCK_BYTES) -> Iterator[bytes]:
    r"""The content in blocks that end with a whole line; the last one may lack its end of line.

    Examples
    --------
    >>> import io
    >>> list(line_blocks(io.BytesIO(b"ab\ncd\nef"), 4))
    [b'ab\n', b'cd\n', b'ef']
    """
    rest = b""
    while content := file.read(size):
        cut = content.rfind(b"\n") + 1
        if cut:
            yield rest + content[:cut]
            rest = content[cut:]
        else:
            rest += content
    if rest:
        yield rest


def read_ahead(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks, made by a second thread a few ahead; its errors are raised here, and it ends with this one."""
    ready: Queue[bytes | BaseException | None] = Queue(BLOCKS_AHEAD)
    given_up = Event()

    def hand_over(item: bytes | BaseException | None) -> bool:
        while not given_up.is_set():
            try:
                ready.put(item, timeout=LOOK_S)
            except Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for block in blocks:
                if not hand_over(block):
                    return
        except BaseException as error:
            hand_over(error)
        else:
            hand_over(None)

    thread = Thread(target=work, name="entrepot-unpack", daemon=True)
    thread.start()
    try:
        while True:
            try:
                item = ready.get(timeout=LOOK_S)
            except Empty:
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        given_up.set()
        thread.join()
