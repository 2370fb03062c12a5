"""Counts failed tries in the cache and says when there were too many."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from django.core.cache import cache

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `amount` counted tries per key in `seconds`; without a cache nothing is limited, and the log says so."""

    name: str
    amount: int
    seconds: int

    def _key(self, key: str) -> str:
        return f"limit:{self.name}:{hashlib.sha256(key.encode()).hexdigest()}"

    def reached(self, key: str) -> bool:
        """Whether no further try is allowed now."""
        try:
            return int(cache.get(self._key(key), 0)) >= self.amount
        except Exception as error:
            log.warning("tries of %s could not be read: %s", self.name, error)
            return False

    def count(self, key: str) -> None:
        """Count one try; the span starts with the first one."""
        try:
            if not cache.add(self._key(key), 1, self.seconds):
                cache.incr(self._key(key))
        except ValueError:
            cache.set(self._key(key), 1, self.seconds)
        except Exception as error:
            log.warning("a try of %s could not be counted: %s", self.name, error)

    def clear(self, key: str) -> None:
        """Forget the tries of a key."""
        try:
            cache.delete(self._key(key))
        except Exception as error:
            log.warning("tries of %s could not be cleared: %s", self.name, error)
