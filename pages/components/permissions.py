"""Permissions of the current person: reasons for refusals, and their display in the sidebar."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from analysis.auth.people import Fault
from analysis.auth.roles import ALLOWED, Action, NotAllowed, Role
from analysis.i18n import Wording
from analysis.store import RequiredPermissions
from analysis.web.page_scripts import GO_ON
from pages.components import formatting, sign_in
from pages.components.sign_in import signed_in_person


def role_name(role: Role, wording: Wording) -> str:
    """Return the label of a role."""
    return {
        Role.VIEWER: wording.text("Viewer"),
        Role.CONSULTANT: wording.text("Health consultant"),
        Role.PRACTITIONER: wording.text("Practitioner"),
        Role.PROJECT_LEADER: wording.text("Project leader"),
        Role.ADMINISTRATOR: wording.text("Administrator"),
    }[role]


def action_name(action: Action, wording: Wording) -> str:
    """Return the label of an action."""
    return {
        Action.LOOK: wording.text("Look at the pages and take charts and numbers away"),
        Action.STORE: wording.text("Store courses, counts and offers, and take them back"),
        Action.ADJUST: wording.text("Store adjustments, and take them back"),
        Action.ENTER: wording.text("Enter and store what is of theme days, and take it back"),
        Action.TELL: wording.text("Make, change and delete stories"),
        Action.WATCH: wording.text("See who did what, and how the program fares"),
    }[action]


def roles_allowed(action: Action, wording: Wording) -> str:
    """Return a text with the roles that are allowed to do an action."""
    roles = [role_name(role, wording) for role in Role if action in ALLOWED[role]]
    return wording.text("Only for: {roles}.", roles=", ".join(roles).lower())


def show_who_may_store(wording: Wording) -> None:
    """Show who may store data, in place of the upload, to people who may store nothing."""
    lines = [wording.text("You may look at what is stored here, and not store anything.")]
    for action in (Action.STORE, Action.ADJUST, Action.ENTER):
        lines.append(f"{action_name(action, wording)}. {roles_allowed(action, wording)}")
    st.info("  \n".join(map(formatting.plain, lines)), icon=":material/block:")


def reason_not_allowed(action: Action, wording: Wording, municipalities: Iterable[str] = ()) -> str | None:
    """Return why the person may not do this in all of these municipalities; None if they may."""
    try:
        signed_in_person().must(action, municipalities)
    except NotAllowed as refused:
        return refusal_text(refused, wording)
    return None


def why_not_all(needs: RequiredPermissions, wording: Wording) -> list[str]:
    """Return why the person may not store or undo data with these required permissions; empty if they may."""
    found = (reason_not_allowed(action, wording, places) for action, places in needs.items())
    return list(dict.fromkeys(said for said in found if said))


def refusal_text(refused: NotAllowed, wording: Wording) -> str:
    """Return why something is not allowed."""
    person = signed_in_person()
    if refused.action not in ALLOWED[person.role]:
        return roles_allowed(refused.action, wording)
    named = [name for name in refused.municipalities if name]
    return wording.text(
        "Not for: {others}. You act for {own}.",
        others=", ".join(wording.in_order(named)) or wording.text("rows of no municipality"),
        own=", ".join(wording.in_order(person.municipalities)),
    )


def own_places(names: Sequence[str], action: Action = Action.ENTER) -> list[str]:
    """Return those of the municipalities for which the person may do this: by default, enter data."""
    person = signed_in_person()
    return [name for name in names if person.may(action, [name])]


def disabled_if(why: str | None) -> dict[str, Any]:
    """Return button arguments: disabled, with the reason as tooltip, if there is one."""
    return {"disabled": why is not None, "help": formatting.plain(why) if why else None}


def show_person(wording: Wording) -> None:
    """Show the signed-in person in the sidebar: role, municipalities and permissions, and the sign-out button."""
    person = signed_in_person()
    st.html(f"<script>{GO_ON}</script>", unsafe_allow_javascript=True)
    role = role_name(person.role, wording)
    if person.municipalities:
        role = f"{role}: {', '.join(wording.in_order(person.municipalities))}"
    with st.sidebar.container(border=True, gap="xsmall", key="person_here"):
        st.markdown(f"**{formatting.plain(person.name)}**  \n{formatting.plain(role)}")
        with st.expander(wording.text("What you may do")):
            for action in Action:
                why = reason_not_allowed(action, wording)
                line = f"{action_name(action, wording)}. {why or ''}".strip()
                st.caption(f"{':material/block:' if why else ':material/check:'} {formatting.plain(line)}")
        sign_in.sign_out_button(wording)
    for name in sign_in.unknown_places(st.user.to_dict()):
        said = wording.text("Your role is for “{municipality}”, which is not known here.", municipality=name)
        st.sidebar.warning(formatting.plain(said))
    if person.may(Action.WATCH):
        show_faults(sign_in.known_people().faults, wording)


def show_faults(faults: Iterable[Fault], wording: Wording) -> None:
    """Show the invalid entries in the file of people to those who can correct them."""
    lines = [fault_text(fault, wording) for fault in faults]
    if lines:
        title = wording.text("In the file of people, what is not understood gives nobody access:")
        st.sidebar.warning("  \n".join(formatting.plain(line) for line in (title, *lines)))


def fault_text(fault: Fault, wording: Wording) -> str:
    """Return the message about an invalid entry in the file of people."""
    who, value = fault.who, fault.value
    match fault.what:
        case "unreadable":
            return wording.text("It cannot be read: it is not there, is no TOML, or has no [[person]].")
        case "nobody":
            return wording.text("An entry has neither an e-mail nor a subject.")
        case "twice":
            return wording.text("{who} stands there twice.", who=who)
        case "unknown role":
            return wording.text("{who}: “{value}” is no role.", who=who, value=value)
        case "unknown municipality":
            return wording.text("{who}: “{value}” is not a municipality that is known.", who=who, value=value)
        case _:
            return wording.text("{who}: this role needs a municipality.", who=who)
