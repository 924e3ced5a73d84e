"""Import job: the file as read, the person's decisions and the results; slow work runs in threads with progress."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.fix.corrections import Corrections, corrected
from analysis.intake.importing import why_refused
from analysis.intake.lexicon.reference_data import ReferenceData, load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.parsing.questions import COUNTED_FROM
from analysis.intake.read_file import Cancelled, Progress, Reading, read
from analysis.intake.validate.prepared import Prepared
from analysis.store import Event, ImportMode
from pages.components import audit_log, session
from pages.import_wizard.background_job import Job
from pages.import_wizard.queue import LineTooLong, Turns, turns

SECONDS_BEFORE_PROGRESS = 0.12
"""Work that takes less time shows no progress."""
SECONDS_BEFORE_CHECKING = 1.5
"""The same for a file that is checked again: until then the page keeps its place."""
LOOK_EVERY = 0.4
LATER, SHOWS_ON, MAPPING_NAME, PERSON = "later_file", "shows_on", "mapping_name", "person"
"""Widget keys: whether the file replaces what is stored, the day it was drawn, the name of its mapping, who stores."""


@dataclass(frozen=True)
class Yes:
    """Data of a confirmation."""

    prepared: Prepared
    mode: ImportMode
    person: str
    mapping_name: str
    shows_on: dt.date | None = None


@dataclass
class ImportJob:
    """One uploaded file and all results derived from it so far."""

    file_id: str
    file_name: str
    content: bytes
    reading: Reading | None = None
    decisions: Decisions = field(default_factory=Decisions)
    prepared: Prepared | None = None
    prepared_from: tuple[Decisions, int] | None = None
    cache: dict[Any, Any] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)
    yes: Yes | None = None
    no_cpr: frozenset[str] = frozenset()
    """Columns that, according to the person, have no CPR numbers."""
    corrections_number: int = 0
    """Number that increases with every correction, so that an editor drops the input for a previous table."""

    def read_without(self, columns: Collection[str]) -> None:
        """Read the file again without the columns. The next run fetches the content from the uploader."""
        self.no_cpr |= frozenset(columns)
        self.reading = self.prepared = None

    def change(self, **changes: Any) -> None:
        """Change corrections; the next run checks the file again."""
        self.correct(replace(self.corrections, **changes))

    @property
    def corrections(self) -> Corrections:
        return self.decisions.corrections

    @property
    def by_hand(self) -> bool:
        """Return True if the person matches the columns by hand."""
        return self.decisions.mapping is not None

    def correct(self, corrections: Corrections) -> None:
        """Set the corrections; the next run checks the file again."""
        self.decisions = replace(self.decisions, corrections=corrections)
        self.corrections_number += 1

    def has_corrections(self) -> bool:
        """Return True if anything was corrected."""
        return self.corrections != self._without_corrections()

    def drop_corrections(self) -> None:
        """Drop all corrections; the next run checks the file again."""
        self.correct(self._without_corrections())

    def _without_corrections(self) -> Corrections:
        """Return only the answer in which month a course counts: a choice that corrects nothing."""
        answers = self.corrections.answers
        return Corrections(answers={key: answers[key] for key in answers if key == COUNTED_FROM})

    def corrected_reading(self) -> Reading:
        """Return the reading of the file with the corrections applied."""
        assert self.reading is not None
        return corrected(self.reading, self.corrections)

    def of_prepared(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return a cached result that depends on the file as currently prepared."""
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return a cached result that depends only on the file."""
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]


def import_job(upload: UploadedFile) -> ImportJob:
    """Return the job of the uploaded file; another file starts a new job."""
    work = st.session_state.get("work")
    if work is None or work.file_id != upload.file_id:
        forget()
        work = ImportJob(upload.file_id, upload.name, upload.getvalue())
        st.session_state["work"] = work
    elif work.reading is None and not work.content:
        work.content = upload.getvalue()
    return work


def keep_answers() -> None:
    """Keep what the person chose and typed, also in runs that stop before its widgets: Streamlit would drop it."""
    for key in (LATER, SHOWS_ON, MAPPING_NAME, PERSON):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def forget() -> None:
    """Discard the job and the answers about its file, and cancel a reading in progress."""
    if (job := st.session_state.pop("job", None)) is not None:
        job.cancel()
    for key in ("work", LATER, SHOWS_ON, MAPPING_NAME):
        st.session_state.pop(key, None)


def reading_of(work: ImportJob, wording: Wording) -> Reading:
    """Return the reading of the file. While it takes time, show progress and stop the page."""
    if work.reading is None:
        said = wording.text("Reading the file")
        try:
            work.reading = waited_for(
                ("read", work.no_cpr),
                lambda progress: read(work.content, work.file_name, progress=progress, no_cpr=work.no_cpr),
                said,
                wording,
                turns=turns(),
            )
        except LineTooLong:
            _show_line_too_long(wording)
            st.stop()
        if not work.reading.sheets:
            work.content = b""  # Do not store a refused file here either.
            audit_log.refused(Event.STORE, why_refused(work.reading.findings))
    return work.reading


def prepared_of(work: ImportJob, wording: Wording) -> Prepared:
    """Return the file prepared with the current decisions. Stop the page while this takes time."""
    state = (work.decisions, session.database().version())
    if work.prepared is None or work.prepared_from != state:
        reading, decisions, knowledge = work.reading, work.decisions, load_reference_data(session.database())
        assert reading is not None
        said = wording.text("Checking the file")
        patience = SECONDS_BEFORE_PROGRESS if work.prepared is None else SECONDS_BEFORE_CHECKING
        work.prepared = waited_for(
            state, lambda _: prepared_with(reading, knowledge, decisions), said, wording, patience=patience
        )
        work.prepared_from = state
        work.made = {}
    return work.prepared


def reference_data_of(work: ImportJob) -> ReferenceData:
    """Return the reference data, loaded once for the file as currently prepared."""
    loaded: ReferenceData = work.of_prepared("reference_data", lambda: load_reference_data(session.database()))
    return loaded


def record_refused(work: ImportJob, findings: list[Finding]) -> None:
    """Record a faulty file in the audit, once per reason, also if it is corrected repeatedly."""
    if blocks(findings):
        why = why_refused([one for one in findings if blocks([one])])
        work.kept(("refused", why), lambda: audit_log.refused(Event.STORE, why))


def waited_for(
    key: Any,
    action: Callable[[Progress], Any],
    said: str,
    wording: Wording,
    *,
    cancellable: bool = True,
    turns: Turns | None = None,
    patience: float = SECONDS_BEFORE_PROGRESS,
) -> Any:
    """Return the result of the work, or raise its error. While it runs, show progress and stop the page.

    ``patience`` is the number of seconds before progress is shown.

    Cancel unfinished work under another key: its input has changed.
    """
    job: Job | None = st.session_state.get("job")
    if job is None or job.key != key:
        if job is not None:
            job.cancel()
        job = st.session_state["job"] = Job(key, action, turns)
        job.thread.join(patience)
    if not job.done:
        _show_progress(said, wording, cancellable)
        st.stop()
    st.session_state.pop("job", None)
    if isinstance(job.error, Cancelled):
        _start_over()
        st.rerun()
    if job.error is not None:
        raise job.error
    return job.result


@st.fragment(run_every=LOOK_EVERY)
def _show_progress(said: str, wording: Wording, cancellable: bool) -> None:
    """Show progress repeatedly, with a cancel button."""
    job: Job | None = st.session_state.get("job")
    if job is None or job.done:
        st.rerun()
        return
    how_far = wording.texts("{count} row so far", "{count} rows so far", job.rows) if job.rows else ""
    if job.before:
        how_far = wording.texts(
            "Others are before you: {count} file is read first.",
            "Others are before you: {count} files are read first.",
            job.before,
        )
    with st.container(border=True, key="progress"):
        st.markdown(f":material/hourglass_top: **{said} …** {how_far}")
        if cancellable:
            st.button(wording.text("Cancel"), key="cancel", icon=":material/close:", on_click=_cancel)


def _show_line_too_long(wording: Wording) -> None:
    st.warning(wording.text("Many files are being read just now, and yours is not among them. Wait a minute."))
    st.button(wording.text("Try again"), key="again", icon=":material/refresh:")


def _cancel() -> None:
    forget()
    _start_over()


def _start_over() -> None:
    """Empty the uploader, which requires a new widget key."""
    st.session_state["upload_number"] = st.session_state.get("upload_number", 0) + 1


def finish() -> None:
    """After storing, discard the job and empty the uploader."""
    forget()
    _start_over()
