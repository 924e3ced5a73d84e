"""The lock files: every library that is installed, direct or not, in one version, with its hashes."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser.conftest import ROOT

LOCKS = ("requirements", "requirements-dev", "requirements-spark")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def lines_of(path: Path) -> Iterator[str]:
    """The requirements of a file, each with its hashes on one line; those of a file that it includes too."""
    for line in path.read_text("utf-8").replace("\\\n", " ").splitlines():
        if line.startswith("-r "):
            yield from lines_of(path.with_name(line[3:].strip()))
        elif line.strip() and not line.lstrip().startswith("#"):
            yield line


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Every library of a lock file, with its hashes."""
    found = []
    for line in lines_of(ROOT / f"{name}.txt"):
        requirement, *hashes = line.split(" --hash=")
        assert all(HASH.fullmatch(f"--hash={one.strip()}") for one in hashes), line
        found.append((Requirement(requirement), hashes))
    return found


def needs(name: str, extras: set[str]) -> Iterator[Requirement]:
    """What an installed library needs here, with these extras of it."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in (extras or {""})):
            yield requirement


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_for_all_and_names_no_server(name: str) -> None:
    libraries = locked(name)
    assert libraries
    assert [str(one) for one, hashes in libraries if not hashes] == []
    assert [str(one) for one, _ in libraries if not re.fullmatch(r"==[^*,]+", str(one.specifier))] == []
    text = (ROOT / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_covers_what_is_asked_for(name: str) -> None:
    """Run make lock where this fails: the input has changed and the lock has not."""
    versions = {(canonicalize_name(one.name), str(one.specifier)) for one, _ in locked(name)}
    asked = [Requirement(line) for line in lines_of(ROOT / f"{name}.in")]
    assert asked
    missing = [str(one) for one in asked if (canonicalize_name(one.name), str(one.specifier)) not in versions]
    assert missing == []


def test_a_lock_has_what_its_libraries_need() -> None:
    """Nothing is installed that the lock does not name: what a library needs here is locked too."""
    for name in LOCKS[:2]:
        here = [one for one, _ in locked(name) if one.marker is None or one.marker.evaluate()]
        names = {canonicalize_name(one.name) for one in here}
        missing = {}
        for line in [*here, *(Requirement(line) for line in lines_of(ROOT / f"{name}.in"))]:
            try:
                needed = list(needs(line.name, line.extras))
            except PackageNotFoundError:
                continue  # Not installed here: pip itself would refuse to install it without what it needs.
            if lacks := sorted(one.name for one in needed if canonicalize_name(one.name) not in names):
                missing[line.name] = lacks
        assert missing == {}


def test_a_library_has_the_same_version_in_every_lock() -> None:
    versions: dict[tuple[str, str], set[str]] = {}
    for name in LOCKS:
        for one, _ in locked(name):
            versions.setdefault((canonicalize_name(one.name), str(one.marker or "")), set()).add(str(one.specifier))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_whatever_installs_libraries_checks_their_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    container = (ROOT / "docs/deploy/Containerfile").read_text("utf-8")
    documents = [(ROOT / name).read_text("utf-8") for name in ("README.md", "docs/operations.md")]
    expanded = makefile.replace("$(INSTALL)", makefile.split("INSTALL := ")[1].splitlines()[0])
    installing = [
        line for text in (expanded, container, *documents) for line in text.splitlines()
        if re.search(r"\binstall\b.* -r requirements", line)
    ]  # fmt: skip
    assert len(installing) >= 7
    assert [line for line in installing if "--require-hashes" not in line] == []
    bases = re.findall(r"^FROM (\S+)", container, re.MULTILINE)
    assert bases and all(re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", base) for base in bases)
