"""Choices shared by every exhibit of gaps: data, question, municipality, offers and period."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from analysis.exhibits.choosing import Options
from analysis.exhibits.context import Context, choose_synthetic
from analysis.exhibits.filters import filtered_offers
from analysis.exhibits.gap_counts import GapRequest
from analysis.exhibits.gap_data import GapData, gap_data, occurring
from analysis.i18n import Wording
from analysis.measures.aggregate import has_known_stages
from analysis.model.choices import ALL, WINDOWS
from analysis.model.terms import UNDIVIDED, Aim, Dimension, Divider, OfferKind, Rate, Selection, Subject, Understanding

Asked = tuple[str, bool, str, str, Rate]
"""Dimension, whether its groups are joined, the two groups, and the rate."""
NOT_CHOSEN = ""
"""Code of a group that is still to be chosen."""
LONGEST_TITLE = 80
"""Number of characters of a title in a link."""
PLACES, MORE, FIRST_MONTH, LAST_MONTH = "places", "more", "from", "to"
"""Page sections for choices. Other choices are shown above them."""


class GroupsNotChosen(Exception):
    """Nothing says which groups of a dimension to compare, and the user has not chosen them."""

    def __init__(self, dimension: Dimension) -> None:
        super().__init__(dimension.key)
        self.dimension = dimension


def chosen_gap_data(context: Context) -> GapData | None:
    """Return the gap data of the choices; None if there are fewer than two groups to compare.

    Raises ``GroupsNotChosen``.
    """
    data = context.data
    synthetic = choose_synthetic(context, set(data.coverage(data.database.version())), Subject.GAPS)
    version = context.version(synthetic, Subject.GAPS)
    dimension, question = _choose_question(context, version, synthetic)
    places = context.chooser.section(PLACES)
    with context.chooser.section(MORE):
        selection = _choose_more(context, version, synthetic)
    offers = filtered_offers(data, version, dimension, selection, context.disclosure_level)
    with places:
        municipality, offer = _choose_places(context, offers, version, synthetic)
        divided_by = _choose_divider(context, municipality, offer, version, synthetic)
    if question is None:
        return None
    selection = replace(selection, municipality=municipality, offer=offer, divided_by=divided_by)
    return gap_data(data, _request(context, version, question, selection))


def other_gap_data(context: Context, *, synthetic: bool, municipality: str | None = None) -> GapData | None:
    """Return the gaps of one or all municipalities, for a page on another subject; None if there are no such data."""
    version = context.version(synthetic, Subject.GAPS)
    if synthetic not in context.data.coverage(version):
        return None
    dimension, question = _choose_question(context, version, synthetic)
    everywhere = Selection(synthetic=synthetic)
    offers = filtered_offers(context.data, version, dimension, everywhere, context.disclosure_level)
    if question is None or (municipality and municipality not in offers):
        return None
    return gap_data(context.data, _request(context, version, question, replace(everywhere, municipality=municipality)))


def every_gap(context: Context) -> GapData | None:
    """Return the gaps of all municipalities, with the question chosen and nothing else; None as ``chosen_gap_data``."""
    synthetic = choose_synthetic(context, set(context.data.coverage(context.data.database.version())), Subject.GAPS)
    return other_gap_data(context, synthetic=synthetic)


def offer_gap_data(context: Context, view: GapData, place: tuple[str, str], code: str) -> GapData | None:
    """Return the gaps of an offer, by municipality and name, before and after its adjustment with this code in a link.

    ``view`` has the question. None if the offer has no counts.
    """
    municipality, offer = place
    if not ((view.everywhere["municipality"] == municipality) & (view.everywhere["offer"] == offer)).any():
        return None
    found = adjustments_of(view.adjustments, municipality, offer)[code]
    divider = found if found.earlier else None
    selection = replace(view.selection, municipality=municipality, offer=offer, divided_by=divider)
    level = context.disclosure_level.within(municipality)
    return gap_data(context.data, replace(view.request, selection=selection, disclosure_level=level))


def _request(context: Context, version: int, question: Asked, selection: Selection) -> GapRequest:
    dimension, joined, group, reference, rate = question
    return GapRequest(
        Understanding.DISADVANTAGED if dimension == UNDIVIDED else context.understanding,
        rate,
        dimension,
        group,
        reference,
        selection,
        version,
        context.wording.code,
        context.disclosure_level.within(selection.municipality),
        joined,
    )


def _choose_question(context: Context, version: int, synthetic: bool) -> tuple[str, Asked | None]:
    """Choose the dimension and the whole question; the latter is None if there are fewer than two groups to compare."""
    data, wording, chooser = context.data, context.wording, context.chooser
    known = data.dimensions(version)
    keys = [key for key in known if key in data.coverage(version)[synthetic].dimensions]
    keys.sort(key=lambda key: key == UNDIVIDED)
    labels = {key: known[key].label(wording.code) for key in keys}
    key = chooser.choose(Options("dimension", wording.text("Dimension"), labels, keys[0], depends_on=synthetic))
    dimension = occurring(data, version, key, synthetic, context.disclosure_level)
    joined = _choose_joined(context, dimension) if dimension else False
    groups = _choose_groups(context, dimension, synthetic, joined=joined) if dimension else None
    rates = {
        Rate.PARTICIPATION.value: wording.text("Participation rate"),
        Rate.COMPLETION.value: wording.text("Completion rate"),
        Rate.REACH.value: wording.text("Reach"),
    }
    first = _first_rate(data.months(version, key, synthetic, context.disclosure_level))
    rate = Rate(chooser.choose(Options("rate", wording.text("Stage"), rates, first)))
    return key, (key, joined, *groups, rate) if groups else None


def _first_rate(months: pd.DataFrame) -> str:
    """Return completion, or participation if nobody is known to have completed or not."""
    order = (Rate.COMPLETION, Rate.PARTICIPATION)
    return next((rate for rate in order if has_known_stages(months, rate).any()), Rate.COMPLETION).value


def _choose_joined(context: Context, dimension: Dimension) -> bool:
    """Choose whether neighbouring groups are joined to two; False where there are not more."""
    if not dimension.halves:
        context.chooser.none_of("joined")
        return False
    return context.chooser.is_on("joined", context.wording.text("Join neighbouring groups"))


def _choose_groups(context: Context, dimension: Dimension, synthetic: bool, *, joined: bool) -> tuple[str, str]:
    """Choose the compared group and the reference group."""
    if dimension.is_undivided:
        context.chooser.none_of("group")
        context.chooser.none_of("reference")
        return dimension.compared, dimension.reference
    dimension = dimension.joined() if joined else dimension
    wording, choose = context.wording, context.chooser.choose
    labels = {group.key: group.label(wording.code) for group in dimension.groups}
    key = synthetic, dimension.key, joined
    nothing = {} if dimension.has_pair else {NOT_CHOSEN: wording.text("Choose a group")}
    first = dimension.compared if dimension.has_pair else NOT_CHOSEN
    compared = choose(Options("group", wording.text("Group"), {**nothing, **labels}, first, depends_on=key))
    others = {**nothing, **{key: label for key, label in labels.items() if key != compared}}
    default = dimension.reference if dimension.reference != compared else next(iter(others))
    default = default if dimension.has_pair else NOT_CHOSEN
    options = Options("reference", wording.text("Compared with"), others, default, depends_on=(*key, compared))
    reference = choose(options)
    if NOT_CHOSEN in {compared, reference}:
        raise GroupsNotChosen(dimension)
    return compared, reference


def _choose_places(
    context: Context, left: Mapping[str, list[str]], version: int, synthetic: bool
) -> tuple[str | None, str | None]:
    """Choose a municipality and an offer from those ``left`` by the other choices; None for all.

    A requested one that is stored stays an option even if the other choices leave nothing of it; the page then says so.
    """
    chooser = context.chooser
    known = set(context.data.offers(version, synthetic))
    requested = chooser.requested("municipality")
    names = {*left, *(name for name, _ in known if name == requested)}
    municipality = _choose_place(context, "municipality", names, Subject.GAPS, synthetic)
    if municipality is None:
        chooser.none_of("offer")
        return None, None
    offers = {name for place, name in known if place == municipality}
    names = {*left.get(municipality, ()), *(name for name in offers if name == chooser.requested("offer"))}
    return municipality, _choose_place(context, "offer", names, synthetic, municipality)


def _choose_place(context: Context, key: str, names: Iterable[str], *depends_on: object) -> str | None:
    """Choose a municipality or an offer by name; None for all."""
    wording = context.wording
    titles = {
        "municipality": (wording.text("Municipality"), wording.text("All municipalities")),
        "offer": (wording.text("Offer"), wording.text("All offers")),
    }
    title, every = titles[key]
    labels = {ALL: every, **{name: name for name in wording.in_order(names)}}
    return context.chooser.choose(Options(key, title, labels, depends_on=depends_on)) or None


def _choose_divider(
    context: Context, municipality: str | None, offer: str | None, version: int, synthetic: bool
) -> Divider | None:
    """Choose which adjustment of the chosen offer divides before and after; None for its first one."""
    chooser, wording = context.chooser, context.wording
    if municipality is None or offer is None:
        chooser.none_of("adjustment")
        return None
    found = adjustments_of(context.data.adjustments(version, synthetic), municipality, offer)
    depends_on = synthetic, municipality, offer
    codes = list(found)
    if not codes or (len(codes) == 1 and chooser.requested("adjustment") is None):
        chooser.none_of("adjustment", depends_on=depends_on)
        return None
    if len(codes) == 1:
        chooser.only("adjustment", codes[0], depends_on=depends_on)
        return None
    labels = {code: f"{wording.date(one.adjusted_on)}: {one.title}" for code, one in found.items()}
    title = wording.text("Adjustment that divides before and after")
    chosen = chooser.choose(Options("adjustment", title, labels, codes[0], depends_on=depends_on))
    return found[chosen] if found[chosen].earlier else None


def adjustments_of(made: pd.DataFrame, municipality: str, offer: str) -> dict[str, Divider]:
    """Return the adjustments of an offer by their code in a link, earliest first."""
    own = made[(made["municipality"] == municipality) & (made["offer"] == offer)]
    days = own["adjusted_on"].dt.date.tolist()
    found: dict[str, Divider] = {}
    for day, title in sorted(zip(days, own["title"], strict=True)):
        earlier = len({code for code, one in found.items() if one.adjusted_on < day})
        found.setdefault(adjustment_code(day, title), Divider(municipality, offer, day, title, earlier))
    return found


def adjustment_code(day: dt.date, title: str) -> str:
    """Return the code of an adjustment in a link."""
    return f"{day.isoformat()}|{title[:LONGEST_TITLE]}"


def _choose_more(context: Context, version: int, synthetic: bool) -> Selection:
    """Choose the rarely used filters: kind, aim, period, window around the adjustment, and comparison offers."""
    wording, chooser = context.wording, context.chooser
    kind = chooser.choose(Options("kind", wording.text("Kind of offer"), _kinds(wording)))
    aim = chooser.choose(Options("aim", wording.text("Aim of the adjustment"), _aims(wording)))
    first, last = _choose_period(context, version, synthetic)
    windows = {ALL: wording.text("All months")}
    windows |= {months: wording.texts("{count} month", "{count} months", int(months)) for months in WINDOWS}
    window = chooser.choose(Options("window", wording.text("Months on either side of the adjustment"), windows))
    return Selection(
        kind=OfferKind(kind) if kind else None,
        aim=Aim(aim) if aim else None,
        first_month=first,
        last_month=last,
        window=int(window) if window else None,
        net_of_trend=chooser.is_on("comparison", wording.text("Set against comparison offers")),
        synthetic=synthetic,
    )


def _kinds(wording: Wording) -> dict[str, str]:
    return {
        ALL: wording.text("All kinds"),
        OfferKind.HEALTH.value: wording.text("Health offers"),
        OfferKind.SOCIAL.value: wording.text("Social offers"),
    }


def _aims(wording: Wording) -> dict[str, str]:
    return {
        ALL: wording.text("All aims"),
        Aim.RECRUITMENT.value: wording.text("Better recruitment"),
        Aim.COMPLETION.value: wording.text("Better completion"),
    }


def _choose_period(context: Context, version: int, synthetic: bool) -> tuple[dt.date | None, dt.date | None]:
    """Choose the first and the last day of the period; None for no limit."""
    wording, chooser = context.wording, context.chooser
    covered = context.data.coverage(version)[synthetic]
    starts = pd.period_range(covered.first_day, covered.last_day, freq="M")
    labels = {str(month): wording.short_month(month.start_time.date()) for month in starts}
    whole = list(labels)
    with chooser.section(FIRST_MONTH):
        first = chooser.choose(Options("from", wording.text("From"), labels, whole[0], synthetic, moves=True))
    later = {month: label for month, label in labels.items() if month >= first}
    with chooser.section(LAST_MONTH):
        options = Options("to", wording.text("To"), later, whole[-1], (synthetic, first), moves=True)
        last = chooser.choose(options)
    return (
        None if first == whole[0] else pd.Period(first).start_time.date(),
        None if last == whole[-1] else pd.Period(last).end_time.date(),
    )
