"""Where what was made once is kept: in this process, and in bounded room at the broker for all processes.

A key names everything that its value depends on, the edition included, so nothing on the shelf is ever wrong: it is
asked for again or it is not. The broker may be away at any time; then each process keeps its own.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
T = TypeVar("T")
HERE_BYTES = 32 * 1024 * 1024  # kept in one process
LARGEST_HERE = 2 * 1024 * 1024
# The broker never evicts, since it holds the queue: each key has one of so many places there, the last one stays.
PLACES = 1024
LARGEST_SHARED = 128 * 1024
SHARED_SECONDS = 24 * 3600
PAUSE_SECONDS = 5.0  # how long the broker is left alone after it did not answer


class Shelf:
    """Values by key, the least used ones leave first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._here: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._away_until = 0.0

    def get(self, key: str) -> Any:
        """What was kept under a key, None when nothing is."""
        with self._lock:
            if found := self._here.get(key):
                self._here.move_to_end(key)
                return found[0]
        shared = self._ask(lambda: cache.get(_place(key)))
        if not isinstance(shared, tuple) or len(shared) != 3 or shared[0] != key:
            return None
        self._keep_here(key, shared[1], shared[2])
        return shared[1]

    def put(self, key: str, value: Any, size: int) -> None:
        """Keep a value of about `size` bytes; too large ones are not kept."""
        if size > LARGEST_HERE:
            return
        self._keep_here(key, value, size)
        if size <= LARGEST_SHARED:
            self._ask(lambda: cache.set(_place(key), (key, value, size), SHARED_SECONDS))

    def clear(self) -> None:
        """Forget what this process keeps."""
        with self._lock:
            self._here.clear()
            self._bytes = 0
            self._away_until = 0.0

    def _keep_here(self, key: str, value: Any, size: int) -> None:
        with self._lock:
            if before := self._here.pop(key, None):
                self._bytes -= before[1]
            self._here[key] = (value, size)
            self._bytes += size
            while self._bytes > HERE_BYTES:
                self._bytes -= self._here.popitem(last=False)[1][1]

    def _ask(self, question: Callable[[], T]) -> T | None:
        if time.monotonic() < self._away_until:
            return None
        try:
            return question()
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + PAUSE_SECONDS
            log.warning("the shared cache does not answer: %s", type(error).__name__)
            return None


def _place(key: str) -> str:
    return f"shelf:{int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], 'big') % PLACES}"


shelf = Shelf()
