"""Error page for database errors: the cause and the remedy."""

from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from analysis.auth.roles import Action
from analysis.i18n import Wording
from pages.components import process
from pages.components.sign_in import signed_in_person

if TYPE_CHECKING:
    from analysis.store import Database, DatabaseError

COMMAND = ".venv/bin/python -m analysis.store restore latest"


def opened_database() -> "Database":
    """Return the database of the process for any person. Show an error page and stop if it is unavailable."""
    from analysis.store import DatabaseError

    try:
        return process.working_database()
    except DatabaseError as database_error:
        show_database_error(database_error, process.language_before_signing_in())


def not_stored_text(database_error: "DatabaseError", wording: Wording) -> str:
    """Return why something was not stored, and the remedy."""
    title, said = error_texts(database_error, wording)
    return f"{title}. {said}"


def show_database_error(database_error: "DatabaseError", wording: Wording) -> NoReturn:
    """Show the cause and the remedy instead of the page."""
    from analysis.store import DatabaseDamaged, DatabaseInUse, DatabaseMissing, DatabaseStopped, DatabaseTooNew

    title, said = error_texts(database_error, wording)
    if isinstance(database_error, DatabaseInUse | DatabaseTooNew):
        st.error(said)
        st.stop()
    st.title(title)
    st.error(said, icon=":material/error:")
    if not signed_in_person().may(Action.WATCH):
        st.markdown(wording.text("Tell the administrator of this program."))
        st.stop()
    st.markdown(wording.text("The database:"))
    st.code(str(process.settings().database), language=None, wrap_lines=True)
    if isinstance(database_error, DatabaseMissing | DatabaseDamaged | DatabaseStopped):
        show_restore_instructions(wording)
    st.stop()


def error_texts(database_error: "DatabaseError", wording: Wording) -> tuple[str, str]:
    """Return a short title, and one or two sentences with the remedy."""
    from analysis import store

    text = wording.text
    return {
        store.DatabaseInUse: (
            text("The database is in use"),
            text("Another program has the database open. Close it, and load this page again."),
        ),
        store.DatabaseTooNew: (
            text("The database is newer than the program"),
            text("A newer version of this program made the database. Update the program, and start it again."),
        ),
        store.DatabaseMissing: (
            text("The database is not where it was"),
            text(
                "It is not there, or it is empty, and what stands beside it tells that it has held imports. The "
                "program begins no new one in its place. Put the file back, or restore a backup."
            ),
        ),
        store.DatabaseDamaged: (
            text("The database is damaged"),
            text("It cannot be read any more. The program leaves it as it is. Restore a backup."),
        ),
        store.DatabaseStopped: (
            text("The database has stopped"),
            text("It stopped after an error. Load this page again; if it stops again, restore a backup."),
        ),
        store.DiskFull: (
            text("The disk is full"),
            text(
                "Nothing of what was to be stored is stored, and what was stored before is still there. Make room on "
                "the disk, and try again."
            ),
        ),
        store.FolderMissing: (
            text("The folder of the database is not there"),
            text(
                "If it is on a drive of its own, connect that; otherwise create the folder. Then load this page again."
            ),
        ),
        store.NotPermitted: (
            text("The program may not use the database"),
            text(
                "Give the account that runs the program the right to read and write the file and its folder. Then load "
                "this page again."
            ),
        ),
        store.ReadOnly: (
            text("The disk can only be read"),
            text("Make the disk of the database writable, and load this page again."),
        ),
        store.BackupFailed: (
            text("The backup is not as it should be"),
            text("What was read back of it is not what the database holds. It is not used."),
        ),
    }[type(database_error)]


def show_restore_instructions(wording: Wording) -> None:
    """Show the latest backup and the command that restores it, or the remedy without a backup."""
    from analysis.store import backups_of, best_backup, traces

    if not signed_in_person().may(Action.WATCH):
        st.markdown(wording.text("Tell the administrator of this program."))
        return
    st.header(wording.text("What to do"))
    settings = process.settings()
    folder = backups_of(settings.database, settings.backups)
    best = best_backup(folder)
    if best is None:
        st.markdown(
            wording.text(
                "There is no backup. Stop the program, move what is named below to a folder of its own, start the "
                "program, and upload the files again. Those that were kept are in the folder whose name ends with "
                "“originals”."
            )
        )
        there = [one for one in (settings.database, *traces(settings.database, folder)) if one.exists()]
        st.code("\n".join(map(str, there)), language=None, wrap_lines=True)
        return
    st.markdown(
        wording.texts(
            "The newest backup is of {moment} and holds {count} import.",
            "The newest backup is of {moment} and holds {count} imports.",
            len(best.imports),
            moment=wording.moment(best.made_at),
        )
    )
    st.markdown(
        wording.text(
            "Stop the program, run this command in its folder, and start it again. What stands in the place of the "
            "database is set aside. The command names the imports that the backup lacks, so that their files can be "
            "uploaded again."
        )
    )
    st.code(COMMAND, language=None, wrap_lines=True)
