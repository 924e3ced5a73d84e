"""The log: one line of JSON per event on stderr, for operators, without personal data.

Messages of errors and of libraries can quote a cell, an address or a name. The log therefore has only the type of an
error, its location in the code and a short number. Of a library's message it has the location and, if the library
passes values separately, the text without the values. The rest is removed before the handler of any library sees it.
"""

import datetime as dt
import io
import json
import logging
import secrets
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from analysis.config import ROOT, Settings, WrongSetting

OWN = "lige_adgang"
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Characters of an error's number, without those that sound or look like another."""
_logger = logging.getLogger(OWN)


def info(event: str, **fields: Any) -> None:
    """Log an event. The fields may have only codes and numbers of this program."""
    _logger.info(event, *_unless_empty(fields), stacklevel=2)


def error(event: str, raised: BaseException, **fields: Any) -> str:
    """Log an error; return the number that identifies it in the log."""
    _logger.error(event, *_unless_empty(fields), exc_info=raised, stacklevel=2)
    return number_of(raised)


def _unless_empty(fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Return no fields if empty: an empty dictionary would be formatted into the text of the event."""
    return [fields] if fields else []


def number_of(raised: BaseException) -> str:
    """Return the short number of an error; it is the same on every call."""
    kept = getattr(raised, "__dict__", {})
    return str(kept.setdefault("number_in_log", "".join(secrets.choice(SIGNS) for _ in range(6))))


def described(raised: BaseException) -> dict[str, Any]:
    """Return an error without its message: its type, the types of its causes, its number, and its traceback."""
    result_text: dict[str, Any] = {"error": _type(raised), "error_number": number_of(raised)}
    if isinstance(raised, WrongSetting):
        result_text["message"] = str(raised)
    from_ = raised.__cause__ or raised.__context__
    if from_ is not None:
        result_text["from"] = [_type(from_), *_trace_lines(from_.__traceback__)[-1:]]
    return result_text | {"way": _trace_lines(raised.__traceback__)}


def _type(raised: BaseException) -> str:
    return f"{type(raised).__module__}.{type(raised).__qualname__}".removeprefix("builtins.")


def _trace_lines(trace: TracebackType | None) -> list[str]:
    """Return the traceback lines of this project, and the last line, from whatever file."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames[:-1] if _is_own(frame.filename)]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in [*own, *frames[-1:]]]


def _is_own(path: str) -> bool:
    return Path(path).is_relative_to(ROOT) and "site-packages" not in path


def _short(path: str) -> str:
    """Return the path relative to this project, or to its library."""
    if _is_own(path):
        return str(Path(path).relative_to(ROOT))
    return path.replace("\\", "/").rpartition("site-packages/")[2].rpartition("/lib/")[2]


class SafeRecord(logging.LogRecord):
    """A log record whose message is the line of JSON, without the original arguments."""

    def __init__(
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        args: Any,
        exc_info: Any,
        func: str | None = None,
        sinfo: str | None = None,
    ) -> None:
        line: dict[str, Any] = {
            "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            "level": logging.getLevelName(level).lower(),
            "logger": name,
        }
        raised = exc_info[1] if isinstance(exc_info, tuple) else None
        if name == OWN:
            line |= {"event": str(msg), **(args[0] if args else {})}
        else:
            unsaid = "error" if raised else "library"
            line |= {"event": str(msg) if args else unsaid, "at": f"{_short(pathname)}:{lineno} {func}"}
        if raised is not None:
            line |= described(raised)
        super().__init__(name, level, pathname, lineno, json.dumps(line, ensure_ascii=False), (), None, func, None)


def configure(level: str | None = None) -> None:
    """Configure all logging of this process. Repeated calls have no effect."""
    if logging.getLogRecordFactory() is SafeRecord:
        return
    logging.setLogRecordFactory(SafeRecord)
    logging.disable(logging.getLevelNamesMapping()[level or Settings().log_level] - 1)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _logger.setLevel(logging.DEBUG)
    warnings.showwarning = _warn
    sys.excepthook = lambda kind, raised, trace: _stopped(raised)
    sys.unraisablehook = lambda unraisable: _stopped(unraisable.exc_value)
    threading.excepthook = lambda ended: _stopped(ended.exc_value)


def _stopped(raised: BaseException | None) -> None:
    if raised is not None and not isinstance(raised, SystemExit):
        error("stopped", raised)


def _warn(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _logger.warning("warning", {"kind": category.__name__, "at": f"{_short(filename)}:{lineno}"})


def write_what_a_terminal_lacks() -> None:
    """Write characters that the terminal cannot encode as escape codes, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
