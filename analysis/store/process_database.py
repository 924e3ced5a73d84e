"""The one database of this process, by its settings: opened once, with its maintenance running beside it."""

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
    """The database that is open by these settings, or else opened now by one thread, and its maintenance.

    Raises
    ------
    Trouble
        What ``Database`` raises where it cannot be opened.
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
    with suppress(DatabaseError):  # A full disk keeps nobody from looking; what is due to be deleted waits.
        purge(database, settings.retention_days)
        purge_audit(database, settings.audit_days)
    maintenance = Maintenance(database, settings.backup_hours, DAILY_BACKUPS, WEEKLY_BACKUPS)
    maintenance.start()
    return database, maintenance
