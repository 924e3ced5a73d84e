"""The database as the settings say."""

from contextlib import AbstractContextManager, nullcontext

from analysis.config import Settings
from analysis.store.database import Database


def opened_by(settings: Settings) -> Database:
    """Open the database, for one server or for one of several. Raises ``DatabaseError``."""
    if not settings.has_several_servers:
        return Database(settings.database, settings.backups)
    from analysis.store.multi_server import SharedDatabase  # Most have one server, and need no lock.

    return SharedDatabase(settings.database, settings.backups)


def with_database_closed_to_others(settings: Settings) -> AbstractContextManager[None]:
    """No server opens the file meanwhile; with one that has it open, DuckDB's own lock tells."""
    if not settings.has_several_servers:
        return nullcontext()
    from analysis.store.multi_server import holding_locks, lock_paths

    return holding_locks(lock_paths(settings.database))
