"""Generate the demonstration workbook of the theme days: 53 municipalities, 147 participants. All synthetic.

``generate.py`` writes the result. ``ACTIONS`` defines the planted weight of each action: municipalities rank an action
higher the larger its weight. The analysis should therefore find the order of this list.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import KINDS, Form, SheetKind
from analysis.model.theme_day_terms import (
    Area,
    DayKind,
    Holder,
    Level,
    Progress,
    RequestKind,
    RequestState,
    Role,
    Status,
)
from analysis.store.reference import danish_municipalities

SEED = 53
LAKS = ("Aarhus", "København", "Holbæk", "Gladsaxe", "Ballerup", "Halsnæs")
MUNICIPALITIES = 53
AT_NATIONAL_DAYS = 107
AT_A_LOCAL_DAY = 8
LAST_DAY = dt.date(2016, 12, 31)
NATIONAL = (
    (dt.date(2015, 9, 22), "Odense"),
    (dt.date(2015, 11, 3), "Aarhus"),
    (dt.date(2016, 1, 19), "København"),
)
LOCAL = (
    (dt.date(2016, 3, 10), "Holbæk"),
    (dt.date(2016, 4, 14), "Gladsaxe"),
    (dt.date(2016, 5, 19), "Randers"),
    (dt.date(2016, 9, 8), "Esbjerg"),
    (dt.date(2016, 10, 6), "Bornholm"),
)
TABLES = 4


@dataclass(frozen=True)
class Planned:
    """An action: its responsible area, its target group, and its weight in the priorities."""

    name: str
    area: Area
    level: Level
    weight: float


ACTIONS = (
    Planned("Påmindelser på sms", Area.HEALTH, Level.UNIVERSAL, 2.4),
    Planned("Opsøgende indsats i boligområder", Area.SOCIAL, Level.TARGETED, 1.9),
    Planned("Samtale før første møde", Area.HEALTH, Level.PROPORTIONATE, 1.5),
    Planned("Sundhed i jobcentret", Area.EMPLOYMENT, Level.TARGETED, 1.2),
    Planned("Tidlig indsats for småbørn", Area.CHILDREN, Level.PROPORTIONATE, 0.9),
    Planned("Kurser i let sprog", Area.HEALTH, Level.PROPORTIONATE, 0.6),
    Planned("Mentorer og ledsagere", Area.SOCIAL, Level.TARGETED, 0.3),
    Planned("Sundhed i alle politikker", Area.MANAGEMENT, Level.UNIVERSAL, 0.0),
    Planned("Tilbud på arbejdspladsen", Area.EMPLOYMENT, Level.UNIVERSAL, -0.3),
    Planned("Transport til tilbuddet", Area.TECHNICAL, Level.TARGETED, -0.6),
    Planned("Røgfri skoletid", Area.CHILDREN, Level.UNIVERSAL, -0.9),
    Planned("Foreninger som medspillere", Area.CULTURE, Level.UNIVERSAL, -1.2),
)

ROLES = dict(zip(Role, (0.10, 0.09, 0.41, 0.30, 0.10), strict=True))
AREAS = (0.46, 0.14, 0.12, 0.10, 0.06, 0.04, 0.03, 0.05)
"""Shares of the participants, in the order of ``Area``; “other” has none."""
UNDERSTOOD = {
    Holder.POLITICIANS: (0.58, 0.24, 0.18),
    Holder.ADMINISTRATION: (0.40, 0.32, 0.28),
    Holder.PRACTITIONERS: (0.44, 0.22, 0.34),
}
"""Distribution of votes before a theme day: disadvantaged groups, gap, gradient. Later some move to the gradient."""
MOVED = 0.12
GOES_ON = {Status.DECIDED: 0.78, Status.TRANSLATED: 0.7, Status.RUNNING: 0.72, Status.EVALUATED: 0.35}
"""Share of actions that reach each status from the previous one in time; ``DAYS`` defines how long that takes."""
DAYS = {Status.DECIDED: 70, Status.TRANSLATED: 60, Status.RUNNING: 45, Status.EVALUATED: 110}
EVIDENCE = ("Egne tal fra det seneste år", "Samtaler med borgere, der blev væk", "Erfaringer fra en anden kommune")
MISSING = ("At skrive klart", "At holde en samtale om motivation", "At arbejde sammen på tværs af områder")
ACTIVITIES = (
    "Spørg fem borgere, hvad der ville hjælpe",
    "Aftal på tværs, hvem der gør hvad",
    "Prøv det på ét hold",
    "Se på tallene efter tre måneder",
)
WHO = ("Sundhedscentret", "Koordinatoren", "Jobcentret", "Afdelingslederen")
MEANINGS = {
    "disadvantaged": "Indsatserne går til få grupper. De øvrige områder ser dem endnu ikke som deres.",
    "gap": "Vi måler, om forskellen mellem to grupper bliver mindre, og ser sjældent på dem imellem.",
    "gradient": "Indsatserne skal nå alle og mest dem, der har mest brug for det. Det kræver flere områder.",
}
"""What an understanding means for the actions, for the municipalities that wrote it down."""
NEXT_STEPS = ("Aftal dato", "Find lokaler", "Ring til kontaktpersonen", "Send program")


def sheets() -> list[tuple[SheetKind, list[list[Any]]]]:
    """Return every sheet of the workbook with its rows, in Danish."""
    rng = np.random.default_rng(SEED)
    reached = _reached(rng)
    days = {name: [NATIONAL[number % len(NATIONAL)]] for number, name in enumerate(reached)}
    drawn = list(_participants(reached, days, rng)), list(_understandings(reached, days, rng))
    actions = list(_actions(reached, days, rng))
    later = np.random.default_rng(SEED + 1)  # Of its own, so that what else is drawn stays as it is.
    return [
        (KINDS[Form.THEME_DAYS], drawn[0]),
        (KINDS[Form.UNDERSTANDINGS], drawn[1]),
        (KINDS[Form.CONSEQUENCES], list(_consequences(drawn[1], days, later))),
        (KINDS[Form.ACTIONS], [_described(row, later) for row in actions]),
        (KINDS[Form.ACTIVITIES], list(_activities(actions, later))),
        (KINDS[Form.REQUESTS], list(_requests(reached, days, rng))),
        (KINDS[Form.VOTES], list(_votes(rng))),
    ]


def _reached(rng: np.random.Generator) -> list[str]:
    """Draw the municipalities: those with a local theme day, all but one of the six with offers, and random others."""
    certain = ["Aarhus", "København", "Ballerup", *(place for _, place in LOCAL)]
    others = [name for name in danish_municipalities() if name not in {*certain, *LAKS}]
    drawn = rng.choice(others, MUNICIPALITIES - len(certain), replace=False).tolist()
    return [*certain, *drawn]


def _participants(reached: list[str], days: dict[str, list[Any]], rng: np.random.Generator) -> Iterator[list[Any]]:
    only_local = {place for _, place in LOCAL[3:]}
    national = [name for name in reached if name not in only_local]
    more = rng.choice(national, AT_NATIONAL_DAYS - len(national))
    for name in sorted([*national, *more.tolist()], key=lambda name: (days[name][0], name)):
        day, place = days[name][0]
        role = rng.choice(list(ROLES), p=list(ROLES.values()))
        yield [day, place, _word("day_kind", DayKind.NATIONAL), name, _word("role", role), _area(rng), 1]
    for day, place in LOCAL:
        for number, role in enumerate((Role.POLITICIAN, Role.LEADER, Role.CONSULTANT, Role.FRONT_LINE)):
            count = AT_A_LOCAL_DAY // 4
            area = _word("area", list(Area)[number])
            yield [day, place, _word("day_kind", DayKind.LOCAL), place, _word("role", role), area, count]


def _understandings(reached: list[str], days: dict[str, list[Any]], rng: np.random.Generator) -> Iterator[list[Any]]:
    for name in reached:
        own = rng.dirichlet([6, 6, 6]) - 1 / 3
        for holder, shares in UNDERSTOOD.items():
            if holder is not Holder.ADMINISTRATION and rng.random() < 0.45:
                continue
            base = np.clip(np.array(shares) + 0.7 * own, 0.03, None)
            moved = np.clip(base + np.array([-MOVED, 0, MOVED]), 0.03, None)
            for asked, part in (("before", base), ("after", moved)):
                votes = rng.multinomial(int(rng.integers(8, 21)), part / part.sum()).tolist()
                yield [name, days[name][0][0], _word("asked", asked), _word("holder", holder), None, *votes]


def _actions(reached: list[str], days: dict[str, list[Any]], rng: np.random.Generator) -> Iterator[list[Any]]:
    for name in reached:
        liking = np.array([one.weight for one in ACTIONS]) + rng.gumbel(size=len(ACTIONS))
        chosen = np.argsort(-liking)[: int(rng.integers(3, 7))]
        for priority, number in enumerate(chosen.tolist(), start=1):
            one = ACTIONS[number]
            status, dates = _way(days[name][0][0], rng)
            others = [area for area in list(Area)[:8] if area is not one.area]
            joined = rng.choice(others, int(rng.integers(0, 4)), replace=False, p=_weights(others)).tolist()
            involved = ", ".join(_word("area", area) for area in joined) or None
            area = _word("area", one.area)
            yield [
                *(name, one.name, area, _word("level", one.level), priority, _word("status", status)),
                *(area, involved, *dates),
            ]


def _described(row: list[Any], rng: np.random.Generator) -> list[Any]:
    """Return the row of an action with co-owners, evidence and missing competence before its dates."""
    before, dates = row[: -len(Status)], row[-len(Status) :]
    involved = before[-1].split(", ") if before[-1] else []
    texts = [
        str(rng.choice(choices)) if rng.random() < share else None
        for choices, share in ((EVIDENCE, 0.5), (MISSING, 0.35))
    ]
    return [*before, involved[0] if involved and rng.random() < 0.5 else None, *texts, *dates]


def _activities(actions: list[list[Any]], rng: np.random.Generator) -> Iterator[list[Any]]:
    """Yield the activities of actions that were translated into some: all are done once an action is evaluated."""
    for row in actions:
        translated, running, evaluated = row[-3:]
        if translated is None:
            continue
        names = ACTIVITIES[: int(rng.integers(2, len(ACTIVITIES) + 1))]
        for number, name in enumerate(names):
            due = translated + dt.timedelta(days=30 * (number + 1))
            progress = Progress.DONE if evaluated else Progress.NOT_BEGUN
            if running and not evaluated:
                progress = Progress.DONE if number == 0 else Progress.UNDER_WAY
            yield [row[0], row[1], name, str(rng.choice(WHO)), due, _word("progress", progress)]


def _consequences(votes: list[list[Any]], days: dict[str, list[Any]], rng: np.random.Generator) -> Iterator[list[Any]]:
    """Yield what the understanding that weighs most after the theme day means, in some municipalities."""
    weights: dict[str, np.ndarray] = {}
    for name, _, asked, *_, disadvantaged, gap, gradient in votes:
        if asked == _word("asked", "after"):
            weights[name] = weights.get(name, np.zeros(3)) + np.array([disadvantaged, gap, gradient])
    for name, weight in weights.items():
        if rng.random() < 0.3:
            yield [name, days[name][0][0] + dt.timedelta(days=14), list(MEANINGS.values())[int(weight.argmax())]]


def _way(day: dt.date, rng: np.random.Generator) -> tuple[Status, list[dt.date | None]]:
    """Return the status that an action reached, and the date of each status reached."""
    status, dates = Status.PROPOSED, [day]
    for stage, share in GOES_ON.items():
        then = dates[-1] + dt.timedelta(days=int(rng.gamma(2.5, DAYS[stage] / 2.5)) + 3)
        if rng.random() > share or then > LAST_DAY:
            break
        status = stage
        dates.append(then)
    return status, [*dates, *[None] * (len(Status) - len(dates))]


def _requests(reached: list[str], days: dict[str, list[Any]], rng: np.random.Generator) -> Iterator[list[Any]]:
    for name in rng.choice(reached, 26, replace=False).tolist():
        day = days[name][0][0] + dt.timedelta(days=int(rng.integers(3, 200)))
        kind = _word("request", rng.choice([RequestKind.THEME_DAY, RequestKind.ADVICE], p=[0.4, 0.6]))
        yield [name, day, kind, _word("state", RequestState.OPEN), day, str(rng.choice(NEXT_STEPS))]
        then = day
        for state, share in ((RequestState.PLANNED, 0.75), (RequestState.DONE, 0.7)):
            then += dt.timedelta(days=int(rng.integers(10, 70)))
            if rng.random() > share or then > LAST_DAY:
                break
            step = str(rng.choice(NEXT_STEPS)) if state is RequestState.PLANNED else None
            yield [name, day, kind, _word("state", state), then, step]


def _votes(rng: np.random.Generator) -> Iterator[list[Any]]:
    shown = ACTIONS[:8]
    for day, place in LOCAL:
        for table in range(1, TABLES + 1):
            liking = np.exp(np.array([one.weight for one in shown]))
            votes = rng.multinomial(15, liking / liking.sum())
            for one, number in zip(shown, votes.tolist(), strict=True):
                yield [day, place, str(table), one.name, number]


def _weights(areas: list[Area]) -> np.ndarray:
    shares = np.array([AREAS[list(Area).index(area)] for area in areas])
    return shares / shares.sum()


def _area(rng: np.random.Generator) -> str:
    return _word("area", rng.choice(list(Area)[: len(AREAS)], p=AREAS))


def _word(kind: str, key: str) -> str:
    return word_in(kind, key, "da")
