"""The single database of this process: opened once with the settings, with its maintenance thread."""

import threading
from contextlib import suppress

from analysis.config import DAILY_BACKUPS, WEEKLY_BACKUPS, Settings
from analysis.store.connection_factory import opened_by
from analysis.store.database import Database
from analysis.store.errors import DatabaseError
from analysis.store.imports.redo import purge
from analysis.store.integrity.audit import purge_audit
from analysis.store.maintenance import Maintenance

_OPENING = threading.Lock()
_open: dict[Settings, tuple[Database, Maintenance]] = {}


def process_database(settings: Settings) -> tuple[Database, Maintenance]:
    """Return the database for these settings and its maintenance. Open it on the first call, in one thread.

    Raises
    ------
    DatabaseError
        The database cannot be opened, see ``Database``.
    """
    if (found := _open_by(settings)) is not None:
        return found
    with _OPENING:
        if (found := _open_by(settings)) is None:
            found = _open[settings] = _opened(settings)
        return found


def _open_by(settings: Settings) -> tuple[Database, Maintenance] | None:
    found = _open.get(settings)
    return None if found is None or found[0].closed.is_set() else found


def _opened(settings: Settings) -> tuple[Database, Maintenance]:
    database = opened_by(settings)
    with suppress(DatabaseError):  # Continue if the purge fails, for example if the disk is full.
        purge(database, settings.retention_days)
        purge_audit(database, settings.audit_days)
    maintenance = Maintenance(database, settings.backup_hours, DAILY_BACKUPS, WEEKLY_BACKUPS)
    maintenance.start()
    return database, maintenance
