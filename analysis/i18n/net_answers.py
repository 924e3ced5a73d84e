"""Headlines of a change set against comparison offers: smaller or larger than they would lead one to expect."""

from analysis.i18n.language import Wording
from analysis.i18n.sentences import rate_name
from analysis.model.terms import Direction, Question, Understanding


def headline_net(way: Direction, question: Question, group: str, wording: Wording) -> str | None:
    """State in one line how the adjusted offers differ from what the comparison offers would lead one to expect.

    None if it is not clear. ``way`` is the direction of a ``measures.net_change.NetChange``, and ``group`` the label of
    the group. Whether the answer itself fell or rose is another question: both may have.
    """
    name = rate_name(question.rate, wording)
    if question.understanding is Understanding.DISADVANTAGED:
        return {
            Direction.ROSE: wording.text(
                "“{group}”: {rate} is higher than the comparison offers would lead one to expect",
                group=group,
                rate=name,
            ),
            Direction.FELL: wording.text(
                "“{group}”: {rate} is lower than the comparison offers would lead one to expect", group=group, rate=name
            ),
        }.get(way)
    if question.understanding is Understanding.GAP:
        return {
            Direction.NARROWED: wording.text(
                "The gap in {rate} is smaller than the comparison offers would lead one to expect", rate=name
            ),
            Direction.WIDENED: wording.text(
                "The gap in {rate} is larger than the comparison offers would lead one to expect", rate=name
            ),
            Direction.TURNED: wording.text(
                "The gap in {rate} runs the other way than the comparison offers would lead one to expect", rate=name
            ),
            Direction.LEVELLED_DOWN: wording.text(
                "The gap in {rate} is smaller than the comparison offers would lead one to expect, but only as those "
                "ahead did worse",
                rate=name,
            ),
        }.get(way)
    return {
        Direction.NARROWED: wording.text(
            "The gradient in {rate} is flatter than the comparison offers would lead one to expect", rate=name
        ),
        Direction.WIDENED: wording.text(
            "The gradient in {rate} is steeper than the comparison offers would lead one to expect", rate=name
        ),
        Direction.TURNED: wording.text(
            "The gradient in {rate} runs the other way than the comparison offers would lead one to expect", rate=name
        ),
        Direction.LEVELLED_DOWN: wording.text(
            "The gradient in {rate} is flatter than the comparison offers would lead one to expect, but only as those "
            "ahead did worse",
            rate=name,
        ),
    }.get(way)
