"""The choices at the side, the same on every page that shows numbers: what, where, when, and how many they leave."""

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.auth.roles import Sight
from analysis.exhibits import cached_queries
from analysis.exhibits.cache import remembered
from analysis.exhibits.filters import everywhere, offers_everywhere
from analysis.exhibits.gap_data import View
from analysis.i18n import Wording
from analysis.model.choices import ALL, CLEARED, MORE, OWN, SAMPLE, WINDOWS
from analysis.model.terms import MISSING, Aim, Dimension, OfferKind, Question, Rate, Selection, Subject, Understanding
from pages.components import empty_states, exact_counts, formatting
from pages.components.choice_widgets import are_given, clear, none_of, only, pick, pick_whether, unless_given, wanted
from pages.components.session import database, journal_differences, settings, sight, understanding


def choose(wording: Wording) -> View:
    """The choices at the side. Stops the page, and says what to do, where there is nothing to show."""
    if journal_differences():
        st.error(wording.text("The database is not as it was stored. See Imports on the upload page."))
    if not cached_queries.coverage(database().version()):
        empty_states.no_data(wording)
    view = chosen_view(wording)
    if view is None:
        empty_states.one_group(wording)
    assert view is not None
    _show_how_many(view)
    if view.months.empty:
        empty_states.nothing_left(wording)
    return view


def chosen_view(wording: Wording) -> View | None:
    """The view of the choices, with their lists at the side; None where there are not two groups to compare."""
    seen = sight()
    with unless_given(lambda: st.sidebar):
        covered = set(cached_queries.coverage(database().version()))
        synthetic = choose_data(covered, wording, of=Subject.GAPS)
        version = database().version((synthetic, Subject.GAPS))
        dimension, asked = _choose_question(version, synthetic, seen, wording)
        place = unless_given(st.container)
        with unless_given(lambda: st.expander(wording.text("More choices"), expanded=_is_narrowed_further())):
            selection = _choose_more(version, synthetic, wording)
        offers = offers_everywhere(version, dimension, selection, seen)
        with place:
            municipality, offer = _choose_places(offers, version, synthetic, wording)
    if asked is None:
        return None
    selection = replace(selection, municipality=municipality, offer=offer)
    return _view(asked, selection, version, wording, seen.within(municipality))


def choose_gaps(wording: Wording, *, synthetic: bool, municipality: str | None = None) -> View | None:
    """The gaps of a municipality, or of all, on a page that is about something else; None where nothing is stored."""
    version, seen = database().version((synthetic, Subject.GAPS)), sight()
    if synthetic not in cached_queries.coverage(version):
        return None
    with unless_given(lambda: st.sidebar):
        if not are_given():
            st.caption(wording.text("For the gaps on this page"))
        dimension, asked = _choose_question(version, synthetic, seen, wording)
    everywhere_there = Selection(synthetic=synthetic)
    there = offers_everywhere(version, dimension, everywhere_there, seen)
    if asked is None or (municipality and municipality not in there):
        return None
    selection = replace(everywhere_there, municipality=municipality)
    return _view(asked, selection, version, wording, seen.within(municipality))


@dataclass(frozen=True)
class Asked:
    """A question by the codes of its parts."""

    understanding: Understanding
    rate: Rate
    dimension: str
    group: str
    reference: str


@remembered
def _view(asked: Asked, selection: Selection, version: int, wording: Wording, sight: Sight) -> View:
    dimension = _occurring(version, asked.dimension, selection.synthetic, sight)
    assert dimension is not None
    return View(
        Question(asked.understanding, asked.rate, dimension, asked.group, asked.reference),
        selection,
        everywhere(version, asked.dimension, replace(selection, municipality=None, offer=None), sight),
        cached_queries.coverage(version)[selection.synthetic],
        version,
        wording,
        sight,
    )


def _choose_question(version: int, synthetic: bool, sight: Sight, wording: Wording) -> tuple[str, Asked | None]:
    """The dimension, and what is asked, None where there are not two groups to compare."""
    known = cached_queries.dimensions(version)
    there = [key for key in known if key in cached_queries.coverage(version)[synthetic].dimensions]
    labels = {key: known[key].label(wording.code) for key in there}
    key = pick("dimension", wording.text("Dimension"), labels, default=there[0], of=synthetic)
    dimension = _occurring(version, key, synthetic, sight)
    groups = _choose_groups(dimension, synthetic, wording) if dimension else None
    rate = Rate(pick("rate", wording.text("Stage"), _rate_labels(wording), default=Rate.COMPLETION.value))
    return key, Asked(understanding(), rate, key, *groups) if groups else None


@remembered
def _occurring(version: int, dimension: str, synthetic: bool, sight: Sight) -> Dimension | None:
    """The dimension with the groups that have counts; None where there are not two to compare."""
    groups = set(cached_queries.months(version, dimension, synthetic, sight)["group"].unique())
    try:
        return cached_queries.dimensions(version)[dimension].only(groups - {MISSING})
    except ValueError:
        return None


def _is_narrowed_further() -> bool:
    return any(key in st.query_params for key in MORE)


def choose_data(covered: set[bool], wording: Wording, *, of: Subject) -> bool:
    """Whether the demonstration data is looked at, of the data of this subject that there is. A link always tells."""
    if len(covered) == 1:
        return only("data", SAMPLE if True in covered else OWN, of=of) == SAMPLE
    labels = {OWN: wording.text("Own data"), SAMPLE: wording.text("Demonstration data")}
    return pick("data", wording.text("Data"), labels, default=OWN, of=of, always=True) == SAMPLE


def _choose_groups(dimension: Dimension, synthetic: bool, wording: Wording) -> tuple[str, str]:
    labels = {group.key: group.label(wording.code) for group in dimension.groups}
    of = synthetic, dimension.key
    compared = pick("group", wording.text("Group"), labels, default=dimension.compared, of=of)
    others = {key: label for key, label in labels.items() if key != compared}
    default = dimension.reference if dimension.reference != compared else next(iter(others))
    return compared, pick("reference", wording.text("Compared with"), others, default=default, of=(*of, compared))


def _choose_places(
    left: Mapping[str, list[str]], version: int, synthetic: bool, wording: Wording
) -> tuple[str | None, str | None]:
    """A municipality and an offer of those that the other choices have ``left``; None for all of them.

    One that is stored, and is chosen, stays chosen where nothing of it is left: the page says that.
    """
    known = set(cached_queries.offers(version, synthetic))
    places = {name for name, _ in known}
    names = {*left, *(name for name in places if name == wanted("municipality"))}
    municipality = _choose_place("municipality", names, Subject.GAPS, synthetic, wording=wording)
    if municipality is None:
        none_of("offer")
        return None, None
    offers = {name for place, name in known if place == municipality}
    names = {*left.get(municipality, ()), *(name for name in offers if name == wanted("offer"))}
    return municipality, _choose_place("offer", names, synthetic, municipality, wording=wording)


def _choose_place(kind: str, names: Iterable[str], *of: object, wording: Wording) -> str | None:
    """One municipality, or one offer, of these; None for all of them."""
    titles = {
        "municipality": (wording.text("Municipality"), wording.text("All municipalities")),
        "offer": (wording.text("Offer"), wording.text("All offers")),
    }
    title, every = titles[kind]
    labels = {ALL: every, **{name: name for name in wording.in_order(names)}}
    return pick(kind, title, labels, default=ALL, of=of) or None


def _choose_more(version: int, synthetic: bool, wording: Wording) -> Selection:
    """What is rarely needed: kind and aim, the time, the window around the adjustment, the comparison offers."""
    kinds = {
        ALL: wording.text("All kinds"),
        OfferKind.HEALTH.value: wording.text("Health offers"),
        OfferKind.SOCIAL.value: wording.text("Social offers"),
    }
    aims = {
        ALL: wording.text("All aims"),
        Aim.RECRUITMENT.value: wording.text("Better recruitment"),
        Aim.COMPLETION.value: wording.text("Better completion"),
    }
    windows = {ALL: wording.text("All months")}
    windows |= {months: wording.texts("{count} month", "{count} months", int(months)) for months in WINDOWS}
    kind = pick("kind", wording.text("Kind of offer"), kinds, default=ALL)
    aim = pick("aim", wording.text("Aim of the adjustment"), aims, default=ALL)
    first, last = _choose_period(version, synthetic, wording)
    window = pick("window", wording.text("Months on either side of the adjustment"), windows, default=ALL)
    return Selection(
        kind=OfferKind(kind) if kind else None,
        aim=Aim(aim) if aim else None,
        first_month=first,
        last_month=last,
        window=int(window) if window else None,
        net_of_trend=pick_whether("comparison", wording.text("Set against comparison offers")),
        synthetic=synthetic,
    )


def _choose_period(version: int, synthetic: bool, wording: Wording) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of the time chosen; None for no limit."""
    covered = cached_queries.coverage(version)[synthetic]
    starts = pd.period_range(covered.first_day, covered.last_day, freq="M")
    labels = {str(month): wording.short_month(month.start_time.date()) for month in starts}
    whole = list(labels)
    columns = st.columns(2) if not are_given() else [nullcontext(), nullcontext()]
    with columns[0]:
        first = pick("from", wording.text("From"), labels, default=whole[0], of=synthetic)
    later = {month: label for month, label in labels.items() if month >= first}
    with columns[1]:
        last = pick("to", wording.text("To"), later, default=whole[-1], of=(synthetic, first))
    return (
        None if first == whole[0] else pd.Period(first).start_time.date(),
        None if last == whole[-1] else pd.Period(last).end_time.date(),
    )


def _rate_labels(wording: Wording) -> dict[str, str]:
    return {
        Rate.PARTICIPATION.value: wording.text("Participation rate"),
        Rate.COMPLETION.value: wording.text("Completion rate"),
        Rate.REACH.value: wording.text("Reach"),
    }


def _show_how_many(view: View) -> None:
    """How many citizens the choices leave, and a way to clear them."""
    wording = view.wording
    left, whole = view.left, view.whole
    with st.sidebar:
        if 0 < left < settings().smallest_count:
            said = wording.text(
                "Your choices leave fewer than {smallest} citizens.", smallest=settings().smallest_count
            )
        elif left == whole:
            said = wording.texts("{count} citizen", "{count} citizens", whole)
        else:
            said = wording.text(
                "Your choices leave {left} of {whole} citizens.",
                left=wording.integer(left),
                whole=wording.integer(whole),
            )
        st.caption(formatting.plain(said))
        if not view.synthetic:
            exact_counts.offer(wording)
        st.button(
            wording.text("Clear all choices"),
            key="clear_choices",
            icon=":material/restart_alt:",
            on_click=clear,
            args=(CLEARED,),
            disabled=not any(key in st.query_params for key in CLEARED),
            width="stretch",
        )
