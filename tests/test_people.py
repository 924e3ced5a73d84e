"""Who a signed-in person is: roles of claims and of the file of people; what is not understood gives nobody a role."""

from pathlib import Path
from typing import Any

import pytest

from analysis.auth.people import (
    Fault,
    People,
    RoleGrant,
    email_of,
    faults_of_claim,
    name_of,
    read_people,
    role_of,
    sign_in_expired,
)
from analysis.auth.roles import Role
from analysis.config import SignIn, is_this_computer

NAMES = {"aarhus": "Aarhus", "holbæk": "Holbæk", "holbaek": "Holbæk", "751": "Aarhus"}
CONSULTANT = Role.CONSULTANT
NOBODY = People({}, {})


def place(written: str) -> str | None:
    return NAMES.get(written.strip().casefold())


VALUES: list[tuple[Any, RoleGrant | None]] = [
    ("viewer", RoleGrant(Role.VIEWER)),
    (["offline_access", "project-leader"], RoleGrant(Role.PROJECT_LEADER)),
    ("Project_Leader", RoleGrant(Role.PROJECT_LEADER)),
    ("consultant:Aarhus", RoleGrant(CONSULTANT, frozenset({"Aarhus"}))),
    ("consultant: Aarhus, Holbaek", RoleGrant(CONSULTANT, frozenset({"Aarhus", "Holbæk"}))),
    (["consultant:751", "consultant:Holbæk"], RoleGrant(CONSULTANT, frozenset({"Aarhus", "Holbæk"}))),
    (["consultant:Aarhus", "consultant:Atlantis"], RoleGrant(CONSULTANT, frozenset({"Aarhus"}))),
    (["viewer", "administrator", "consultant:Aarhus"], RoleGrant(Role.ADMINISTRATOR)),
    (["viewer", "consultant:Atlantis"], RoleGrant(Role.VIEWER)),
    ("consultant:Atlantis", None),
    ("consultant", None),
    ("consultant:", None),
    ("administrator:Aarhus", None),
    ("administrators", None),
    ([7, None, {"administrator": True}], None),
    ({"administrator": True}, None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("value", "given"), VALUES)
def test_the_role_of_a_claim(value: Any, given: RoleGrant | None) -> None:
    assert role_of({"sub": "1", "roles": value}, NOBODY, "roles", place) == given


def test_a_claim_that_lies_deeper_or_has_dots_in_its_name() -> None:
    keycloak = {"realm_access": {"roles": ["viewer"]}}
    assert role_of(keycloak, NOBODY, "realm_access.roles", place) == RoleGrant(Role.VIEWER)
    assert role_of({"https://kommune.dk/role": "viewer"}, NOBODY, "https://kommune.dk/role", place) is not None
    assert role_of(keycloak, NOBODY, "realm_access.roles.more", place) is None
    assert role_of({"": "viewer"}, NOBODY, "", place) is None


def test_municipalities_of_a_claim_that_are_not_known_are_told() -> None:
    assert faults_of_claim(["consultant:Aarhus,Atlantis", "team:Utopia", "viewer"], place) == ["Atlantis"]


def test_only_a_verified_e_mail_counts() -> None:
    people = People({"karen@kommune.dk": RoleGrant(Role.VIEWER)}, {})
    claims = {"sub": "1", "email": " Karen@Kommune.dk"}
    assert role_of(claims | {"email_verified": True}, people, "", place) == RoleGrant(Role.VIEWER)
    for verified in (False, None, "false", "no", 1):
        assert email_of(claims | {"email_verified": verified}) == ""
        assert role_of(claims | {"email_verified": verified}, people, "", place) is None
    assert role_of({"sub": "karen@kommune.dk"}, people, "", place) is None


def test_the_name_tells_who_it_is_whatever_a_person_calls_themselves() -> None:
    assert name_of({"sub": "7", "name": "Anna\n Aas"}) == "Anna Aas (7)"
    assert name_of({"sub": "7", "name": "A", "email": "a@b.dk", "email_verified": True}) == "A (a@b.dk)"
    assert name_of({"sub": "7"}) == "7"
    assert len(name_of({"sub": "7", "name": "x" * 1000})) < 200


def test_the_file_comes_before_the_claim() -> None:
    people = People({}, {"1": RoleGrant(Role.VIEWER)})
    assert role_of({"sub": "1", "roles": "administrator"}, people, "roles", place) == RoleGrant(Role.VIEWER)


FILE = """
[[person]]
email = "Karen@Kommune.dk"
role = "consultant"
municipalities = ["Holbaek", "Aarhus"]

[[person]]
subject = "s-1"
role = "project leader"
"""
WRONG = {
    'email = "a"\nrole = "boss"': Fault("unknown role", "a", "boss"),
    'email = "a"': Fault("unknown role", "a", ""),
    'email = "a"\nrole = "consultant"': Fault("no municipality", "a"),
    'email = "a"\nrole = "consultant"\nmunicipalities = "Atlantis"': Fault("unknown municipality", "a", "Atlantis"),
    'email = "a"\nrole = "viewer"\nmunicipalities = ["Atlantis"]': Fault("unknown municipality", "a", "Atlantis"),
    'email = "a"\nrole = "consultant"\nmunicipalities = 7': Fault("unknown municipality", "a", "7"),
    'role = "administrator"': Fault("nobody"),
    'email = "S"\nrole = "viewer"\n[[person]]\nemail = "s"\nrole = "administrator"': Fault("twice", "s"),
}


def read(path: Path, text: str) -> People:
    (path / "people.toml").write_text(text, encoding="utf-8")
    return read_people(path / "people.toml", place)


def test_the_file_of_people(tmp_path: Path) -> None:
    people = read(tmp_path, FILE)
    assert people.by_email == {"karen@kommune.dk": RoleGrant(CONSULTANT, frozenset({"Holbæk", "Aarhus"}))}
    assert people.by_subject == {"s-1": RoleGrant(Role.PROJECT_LEADER)}
    assert people.faults == ()


@pytest.mark.parametrize("entry", WRONG)
def test_an_entry_that_is_not_understood_gives_nobody_a_role_and_is_told(tmp_path: Path, entry: str) -> None:
    people = read(tmp_path, f"[[person]]\n{entry}\n{FILE}")
    assert people.faults == (WRONG[entry],)
    assert (set(people.by_email), set(people.by_subject)) == ({"karen@kommune.dk"}, {"s-1"})


@pytest.mark.parametrize(
    "text", ["[[person", "person = 3", "person = [1, 2]", "[person]\nrole = 'viewer'", "[[people]]"]
)
def test_a_file_that_cannot_be_read_lets_nobody_in(tmp_path: Path, text: str) -> None:
    people = read(tmp_path, text)
    assert (people.by_email, people.by_subject) == ({}, {})
    assert people.is_unreadable
    assert read_people(tmp_path / "nothing.toml", place).is_unreadable


def test_a_sign_in_holds_for_its_hours() -> None:
    assert not sign_in_expired({"iat": 1000}, 1000 + 3600, 1)
    assert sign_in_expired({"iat": 1000}, 1000 + 3601, 1)
    assert sign_in_expired({"iat": 5000}, 1000, 1)
    assert sign_in_expired({}, 1000, 1)
    assert sign_in_expired({"iat": "1000"}, 1000, 1)


@pytest.mark.parametrize(
    ("listens", "wanted", "headers", "is_set_up", "is_asked_for"),
    [
        ("localhost", "", (), False, False),
        ("127.0.0.1", "", (), False, False),
        ("::1", "", (), False, False),
        ("localhost", "", (), True, True),
        ("localhost", "on", (), False, True),
        ("localhost", "", ("X-Forwarded-For",), False, True),
        ("0.0.0.0", "", (), False, True),
        ("10.1.2.3", "", (), False, True),
        ("unix:///tmp/socket", "", (), False, True),
        (None, "", (), False, True),
        ("0.0.0.0", "off", (), True, False),
    ],
)
def test_others_than_this_computer_must_sign_in(
    listens: str | None, wanted: str, headers: tuple[str, ...], is_set_up: bool, is_asked_for: bool
) -> None:
    assert SignIn(wanted=wanted).is_asked_for(listens, headers, is_set_up=is_set_up) == is_asked_for


def test_only_names_of_this_computer_are_this_computer() -> None:
    assert [one for one in ("localhost", "127.8.8.8", "[::1]", "::ffff:127.0.0.1") if not is_this_computer(one)] == []
    others = ("", "localhost.example.org", "127.0.0.1.example.org", "0.0.0.0", "10.0.0.1", "::ffff:10.0.0.1")
    assert [one for one in others if is_this_computer(one)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"wanted": "yes"},
        {"unknown": "administrator"},
        {"cookie_secret": "short"},
        {"metadata": "http://login.example.org/.well-known/openid-configuration"},
        {"address": "lige-adgang.example.org"},
    ],
)
def test_settings_that_make_no_sense_or_are_not_safe_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="LIGE_ADGANG_"):
        SignIn(**wrong)


def test_secrets_are_there_only_when_all_is_set_and_are_not_shown() -> None:
    given = {"metadata": "https://a.dk/x", "client": "c", "secret": "hidden", "address": "https://b.dk"}
    sign_in = SignIn(**given)
    assert sign_in.secrets()["auth"]["redirect_uri"] == "https://b.dk/oauth2callback"
    assert len(sign_in.secrets()["auth"]["cookie_secret"]) >= 32
    assert "hidden" not in repr(sign_in)
    for name in given:
        assert SignIn(**{**given, name: ""}).secrets() == {}
