"""Open the database according to the settings."""

from contextlib import AbstractContextManager, nullcontext

from analysis.config import Settings
from analysis.store.database import Database


def opened_by(settings: Settings) -> Database:
    """Open the database, for one server or for several. Raise ``DatabaseError`` on failure."""
    if not settings.has_several_servers:
        return Database(settings.database, settings.backups)
    # Import late: most installations have one server and need no lock.
    from analysis.store.multi_server import SharedDatabase

    return SharedDatabase(settings.database, settings.backups)


def with_database_closed_to_others(settings: Settings) -> AbstractContextManager[None]:
    """Prevent every server from opening the file. With one server, DuckDB's own lock reports an open file."""
    if not settings.has_several_servers:
        return nullcontext()
    from analysis.store.multi_server import holding_locks, lock_paths

    return holding_locks(lock_paths(settings.database))
