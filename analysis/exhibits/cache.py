"""Process-wide caches of what is derived from stored data. A key is what the arguments are equal by."""

from collections.abc import Callable
from threading import Condition
from typing import Any, ParamSpec, TypeVar, cast

import cachetools

P = ParamSpec("P")
T = TypeVar("T")
ENTRIES = 128
"""Results kept per function. The least recently used one is dropped first."""
_caches: list[cachetools.LRUCache[Any, Any]] = []


def cached(function: Callable[P, T], entries: int = ENTRIES) -> Callable[P, T]:
    """Cache the function process-wide, keyed by its arguments, which must be hashable.

    The function depends on nothing but its arguments. Threads that ask for a key that is being computed wait for it;
    other keys are computed at the same time.
    """
    cache: cachetools.LRUCache[Any, Any] = cachetools.LRUCache(entries)
    _caches.append(cache)
    return cast("Callable[P, T]", cachetools.cached(cache, condition=Condition())(function))


def clear_caches() -> None:
    """Forget every result: after the database was replaced."""
    for cache in _caches:
        cache.clear()
