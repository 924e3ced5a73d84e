"""The table of settings: types, bounds, documentation."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.config import PREFIX, ROOT, SETTINGS, Limits, ServerLimits, Settings, SignIn, WrongSetting, document

GROUPS = (Settings, SignIn, Limits, ServerLimits)
SOURCES = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "Makefile", "app.py", "analysis", "pages", "docs", "tests")
TEXTS = (".py", ".md", ".conf", ".service", ".toml", "Makefile", "Containerfile")


def test_the_page_of_settings_is_what_the_table_says() -> None:
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert written == document(), "run: python -m analysis.config"


def test_each_setting_is_read_by_a_group_and_explained() -> None:
    read = {one.metadata["setting"].name for group in GROUPS for one in fields(group) if "setting" in one.metadata}
    assert read == set(SETTINGS)
    assert [name for name, setting in SETTINGS.items() if not setting.meaning.endswith(".")] == []


def test_every_setting_that_code_and_documents_name_exists() -> None:
    files = [file for source in SOURCES for file in _files(ROOT / source)]
    named = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in files
        for name in re.findall(rf"{PREFIX}([A-Z]+(?:_[A-Z]+)*)(?![A-Z_…])", file.read_text("utf-8"))
    }
    assert len(named) > len(SETTINGS)
    assert {one for one in named if one[1] not in SETTINGS} == set()


def _files(path: Path) -> list[Path]:
    found = [path] if path.is_file() else path.rglob("*")
    return [file for file in found if file.is_file() and file.name.endswith(TEXTS) and "node_modules" not in file.parts]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SMALLEST_COUNT", "2", "must be at least 3"),
        ("SMALLEST_COUNT", "five", "must be a whole number"),
        ("AUDIT_DAYS", "179", "must be at least 180"),
        ("RETENTION_DAYS", "-1", "must be at least 0"),
        ("LOG_LEVEL", "loud", "must be one of DEBUG, INFO, WARNING, ERROR"),
        ("OWN_COUNTS", "yes", "must be on or off"),
        ("SERVERS", "two", "must be one or several"),
        ("SPARK", "http://spark", "must be spark://host:port, sc://host:port, local[2], yarn or k8s://…"),
        ("SIGN_IN", "yes", "must be on or off"),
        ("UNKNOWN_PEOPLE", "administrator", "must be refuse or viewer"),
        ("OIDC_METADATA", "http://login.example.org", "must begin with https://"),
        ("ADDRESS", "lige-adgang.example.org", "must begin with https://"),
        ("COOKIE_SECRET", "short", "must have at least 32 characters"),
        ("MOST_SESSIONS", "0", "must be at least 1"),
        ("METRICS_FROM_ANYWHERE", "2", "must be on or off"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(WrongSetting) as refused:
        [group() for group in GROUPS]
    assert str(refused.value) == f"{PREFIX}{name} {message}"


def test_a_variable_is_read_by_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "DATABASE": "/srv/one.duckdb",
        "SMALLEST_COUNT": " 10 ",
        "OWN_COUNTS": "on",
        "LOG_LEVEL": "error",
        "HOSTS": "a.dk, b.dk,",
        "ADDRESS": "https://a.dk/",
        "METRICS_FROM_ANYWHERE": "1",
        "BACKUPS": "",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    settings, serving = Settings(), ServerLimits()
    assert (settings.database, settings.smallest_count) == (Path("/srv/one.duckdb"), 10)
    assert (settings.own_counts, settings.log_level, settings.backups) == (True, "ERROR", None)
    assert (serving.hosts, serving.metrics_from_anywhere) == (("a.dk", "b.dk"), True)
    assert SignIn().address == "https://a.dk"


def test_without_variables_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in SETTINGS.values():
        monkeypatch.delenv(setting.variable, raising=False)
    settings, limits, serving = Settings(), Limits(), ServerLimits()
    assert settings.database == ROOT / "data" / "lige_adgang.duckdb"
    assert (settings.smallest_count, settings.own_counts, settings.has_several_servers) == (5, False, False)
    assert (limits.megabytes, limits.rows, serving.hosts, SignIn().unknown) == (200, 1_200_000, (), "refuse")


def test_secrets_are_not_shown() -> None:
    sign_in = SignIn(secret="hidden", cookie_secret="hidden" * 6)
    assert "hidden" not in repr(sign_in)
