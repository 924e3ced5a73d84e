"""The paradox of Berkeley's admissions: women admitted less often over all, and no less within departments."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.gaps import gaps
from analysis.measures.offer_mix import gap_by_offer_mix
from analysis.measures.result_frame import State
from analysis.model.terms import Rate

Table = Callable[..., pd.DataFrame]
LIMITS = ["estimate", "lower", "upper"]

# Bickel, Hammel & O'Connell 1975, Science 187:398: graduate admissions to Berkeley's six largest departments, 1973.
# Department, men who applied and were admitted, women who applied and were admitted.
BERKELEY = [
    ("A", 825, 512, 108, 89),
    ("B", 560, 353, 25, 17),
    ("C", 325, 120, 593, 202),
    ("D", 417, 138, 375, 131),
    ("E", 191, 53, 393, 94),
    ("F", 373, 22, 341, 24),
]


def berkeley(table: Table) -> pd.DataFrame:
    rows = []
    for department, men, admitted_men, women, admitted_women in BERKELEY:
        rows.append((department, "after", "man", men, admitted_men, 0))
        rows.append((department, "after", "woman", women, admitted_women, 0))
    return table(*rows)


def found_in(counts: pd.DataFrame, group: str = "woman", reference: str = "man") -> pd.DataFrame:
    return gap_by_offer_mix(counts, Rate.PARTICIPATION, group, reference, [], 5).set_index("kind")


def test_berkeley(table: Table) -> None:
    found = found_in(berkeley(table))
    # By independent software; its score interval of the Mantel-Haenszel difference is -.047456 to .01089.
    assert found.loc["crude", "estimate"] == pytest.approx(0.1416454282465, abs=1e-12)
    assert found.loc["Mantel-Haenszel", "estimate"] == pytest.approx(-0.01842519619085, abs=1e-12)
    assert found.loc["direct standardisation", "estimate"] == pytest.approx(
        0.3873185826894 - 0.4299553804607, abs=1e-12
    )
    np.testing.assert_allclose(
        found.loc["Mantel-Haenszel", ["lower", "upper"]].tolist(), [-0.047456, 0.01089], atol=2e-3
    )
    assert found["offers"].eq(6).all() and found["left_out"].eq(0).all() and found["state"].eq(State.SHOWN).all()


def test_swapping_the_groups_mirrors_every_kind(table: Table) -> None:
    one, other = found_in(berkeley(table)), found_in(berkeley(table), "man", "woman")
    np.testing.assert_allclose(one[LIMITS], -other[["estimate", "upper", "lower"]].to_numpy(), atol=1e-12)


def test_one_offer_is_its_own_gap(table: Table) -> None:
    counts = berkeley(table).query("offer == 'C'")
    found = found_in(counts)
    alone = gaps(counts, Rate.PARTICIPATION, "woman", "man", [], 5).query("scale == 'absolute'")["estimate"].item()
    np.testing.assert_allclose(found["estimate"], alone)
    np.testing.assert_allclose(
        found.loc["crude", LIMITS].tolist(), found.loc["direct standardisation", LIMITS].tolist()
    )


def test_offers_that_only_one_group_goes_to_are_left_out(table: Table) -> None:
    more = pd.concat([berkeley(table), table(("G", "after", "man", 1000, 900, 0), ("H", "after", "man", 0, 0, 0))])
    found, before = found_in(more), found_in(berkeley(table))
    assert found["left_out"].eq(1).all()
    assert found.loc["crude", "estimate"] > before.loc["crude", "estimate"]
    for kind in ("Mantel-Haenszel", "direct standardisation"):
        np.testing.assert_allclose(found.loc[kind, LIMITS].tolist(), before.loc[kind, LIMITS].tolist())


def test_few_citizens_in_the_offers_left_out_hide_what_leaves_them_out(table: Table) -> None:
    more = pd.concat([berkeley(table), table(("G", "after", "man", 2, 1, 0))])
    # Both sums shown would tell, by subtraction, of the two in G.
    assert found_in(more)["state"].tolist() == [State.SHOWN, State.HIDDEN, State.HIDDEN]


def test_never_without_width(table: Table) -> None:
    nobody = table(("A", "after", "man", 50, 0, 0), ("A", "after", "woman", 40, 0, 0))
    found = found_in(nobody)
    assert (found["lower"] < 0).all() and (found["upper"] > 0).all()


def test_says_why_it_cannot(table: Table) -> None:
    apart = table(("A", "after", "man", 100, 50, 0), ("B", "after", "woman", 100, 50, 0))
    assert found_in(apart)["state"].tolist() == [State.SHOWN, State.EMPTY, State.EMPTY]
    few = table(("A", "after", "man", 100, 50, 0), ("A", "after", "woman", 100, 3, 0))
    assert found_in(few)["state"].eq(State.HIDDEN).all()
    with pytest.raises(ValueError, match="compared with itself"):
        found_in(apart, "man", "man")
