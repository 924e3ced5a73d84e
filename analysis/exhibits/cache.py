"""Process-wide caches of results derived from stored data. Equal arguments share one entry."""

from collections.abc import Callable
from threading import Condition
from typing import Any, ParamSpec, TypeVar, cast

import cachetools

P = ParamSpec("P")
T = TypeVar("T")
ENTRIES = 128
"""Maximum number of cached results per function. The least recently used result is dropped first."""
_caches: list[cachetools.LRUCache[Any, Any]] = []


def cached(function: Callable[P, T], entries: int = ENTRIES) -> Callable[P, T]:
    """Cache the function process-wide, keyed by its arguments, which must be hashable.

    The result must depend on the arguments only. If another thread is computing a key, a thread that needs the same key
    waits for the result; other keys are computed concurrently.
    """
    cache: cachetools.LRUCache[Any, Any] = cachetools.LRUCache(entries)
    _caches.append(cache)
    return cast("Callable[P, T]", cachetools.cached(cache, condition=Condition())(function))


def clear_caches() -> None:
    """Clear all caches, for example after the database was replaced."""
    for cache in _caches:
        cache.clear()
