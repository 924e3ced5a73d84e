"""The documents: links and paths that they name exist, and commands that they give are those of the program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SKIPPED = {".venv", "node_modules", ".git"}
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not SKIPPED & set(path.relative_to(ROOT).parts))
NAMING_PATHS = ("docs/adding.md", "docs/architecture.md", "docs/workbook-format.md", "docs/using.md", "CONTRIBUTING.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
PATH = re.compile(r"(?:(?:analysis|pages|data|docs|tests)/[\w./-]*|[\w-]+\.(?:md|py|toml|txt|in|yaml))")
README_LINES = 80


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def links(text: str) -> Iterator[str]:
    """The targets of links and pictures, outside blocks of code."""
    for found in LINK.finditer(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        target = found[1] or found[2]
        if not re.match(r"[a-z]+:", target):
            yield target


def headings(text: str) -> set[str]:
    """The anchors of a document, as GitHub makes them."""
    lines = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.casefold()).strip().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    broken = []
    for target in links(document.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in headings(file.read_text("utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_document_is_empty(document: Path) -> None:
    assert len(document.read_text("utf-8").split()) > 30


@pytest.mark.parametrize("name", NAMING_PATHS)
def test_every_path_in_backticks_exists(name: str) -> None:
    spans = re.findall(r"`([^`\n]+)`", (ROOT / name).read_text("utf-8"))
    paths = {span for span in spans if PATH.fullmatch(span)}
    assert paths or name == "docs/using.md"
    assert {path for path in paths if not (ROOT / path).exists() and not (ROOT / "docs" / path).exists()} == set()
    empty = {path for path in paths if (file := ROOT / path).is_file() and not file.stat().st_size}
    assert {path for path in empty if not path.endswith("__init__.py")} == set()


def test_every_function_of_the_walk_is_in_the_file_beside_it() -> None:
    """In ``docs/architecture.md``: “`name` in `path`”, and several names before one path."""
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    named = re.findall(
        r"((?:`\w+`(?:, | and ))*`\w+`)(?: of `\w+`)? (?:in|\()? ?`((?:analysis|pages)/[\w/]+\.py)`", text
    )
    assert len(named) > 20
    missing = [
        (name, path)
        for names, path in named
        for name in re.findall(r"\w+", names.replace(" and ", " "))
        if not re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8"))
    ]
    assert missing == []


def test_the_readme_fits_on_one_screen_and_has_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= README_LINES
    for command in ("make run", "make test"):
        assert f"```\n{command}\n```" in text
    linked = {target.partition("#")[0] for target in links(text)}
    assert {name_of(path) for path in DOCUMENTS if name_of(path).startswith("docs/")} <= linked


def test_every_target_of_make_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([\w./-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for document in DOCUMENTS
        for span in re.findall(r"`([^`\n]+)`", document.read_text("utf-8"))
        for target in re.findall(r"^make ([\w./-]+)$", span)
    }
    assert {"run", "test", "lock"} <= named | {"run"}
    assert named - targets == set()


def test_every_module_that_a_document_runs_exists() -> None:
    named = {
        module
        for document in DOCUMENTS
        for module in re.findall(r"python -m ([a-z0-9_.]*[a-z0-9])(?![\w.]*[A-Z])", document.read_text("utf-8"))
        if module.split(".")[0] in {"analysis", "data", "tests"}
    }
    assert len(named) > 4
    files = {module: ROOT / module.replace(".", "/") for module in named}
    assert {
        module
        for module, path in files.items()
        if not path.with_suffix(".py").exists() and not (path / "__main__.py").exists()
    } == set()


def test_the_pages_of_the_menu_are_in_the_table_of_pages() -> None:
    menu = (ROOT / "pages/components/navigation.py").read_text("utf-8")
    titles = re.findall(r"st\.Page\(\s*\"\w+\.py\",\s*title=wording\.text\(\"([^\"]+)\"\)", menu)
    table = (ROOT / "docs/using.md").read_text("utf-8")
    assert len(titles) > 10
    assert [title for title in titles if not re.search(rf"^\| \[?{title}\b", table, re.MULTILINE)] == []
