"""The database as the settings say."""

from contextlib import AbstractContextManager, nullcontext

from analysis.config import Settings
from analysis.store.database import Database


def opened_by(settings: Settings) -> Database:
    """Open the database, for one server or for one of several. Raises ``Trouble``."""
    if not settings.has_several_servers:
        return Database(settings.database, settings.backups)
    from analysis.store.multi_server import SharedDatabase  # Most have one server, and need no lock.

    return SharedDatabase(settings.database, settings.backups)


def in_nobodys_way(settings: Settings) -> AbstractContextManager[None]:
    """No server opens the file meanwhile; with one that has it open, DuckDB's own lock tells."""
    if not settings.has_several_servers:
        return nullcontext()
    from analysis.store.multi_server import held, locks_beside

    return held(locks_beside(settings.database))
