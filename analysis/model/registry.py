"""Registries: every file of a package adds one entry; results derived from the entries are updated."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_CACHES: list[Callable[[], None]] = []


def derived(function: Callable[P, T]) -> Callable[P, T]:
    """Cache the results of a function until a registry entry is added or removed."""
    cached = cache(function)
    _CACHES.append(cached.cache_clear)
    return cached  # type: ignore[return-value]  # ``cache`` loses the parameter types.


class Entry(Protocol):
    """An entry has a unique key; ``order`` sorts the entries."""

    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


E = TypeVar("E", bound=Entry)


class Registry(Mapping[str, E]):
    """The entries of a package by key. Each module may define one or more entries of this class at its top level.

    The modules are imported at the first access, so that they may import modules that read the registry.
    """

    def __init__(self, package: str, entry: type[E]) -> None:
        self._package = package
        self._class = entry
        self._found: dict[str, E] = {}
        self._is_complete = False

    def __getitem__(self, key: str) -> E:
        return self._entries()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries())

    def __len__(self) -> int:
        return len(self._entries())

    def _entries(self) -> dict[str, E]:
        if not self._is_complete:
            package = importlib.import_module(self._package)
            modules = [importlib.import_module(one.name) for one in _modules(package.__path__, self._package)]
            found = {
                id(one): one for module in modules for one in vars(module).values() if isinstance(one, self._class)
            }
            self._set({one.key: one for one in (*self._found.values(), *found.values())})
            self._is_complete = True
        return self._found

    def _set(self, entries: Mapping[str, E]) -> None:
        self._found = {one.key: one for one in sorted(entries.values(), key=lambda one: one.order)}
        for clear in _CACHES:
            clear()

    @contextmanager
    def added(self, entry: E) -> Iterator[E]:
        """Add an entry inside the block, for tests. Raises ``ValueError`` if its key exists."""
        before = self._entries()
        if entry.key in before:
            raise ValueError(f"{entry.key} is registered already")
        self._set({**before, entry.key: entry})
        try:
            yield entry
        finally:
            self._set(before)


def _modules(path: Iterable[str], package: str) -> Iterator[pkgutil.ModuleInfo]:
    return (one for one in pkgutil.iter_modules(path, f"{package}.") if not one.ispkg)
