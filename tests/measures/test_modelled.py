"""The regression with offers as clusters: the same as on single citizens, and no surer than its few offers allow."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from analysis.measures.gaps import change_in_gap
from analysis.measures.modelled import modelled_change
from analysis.measures.result_frame import State
from analysis.model.terms import Rate

Table = Callable[..., pd.DataFrame]


def counts(table: Table, offers: int, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for offer in range(offers):
        level = rng.uniform(-0.15, 0.15)
        for phase, group, rate in (
            ("before", "long", 0.6),
            ("before", "short", 0.4),
            ("after", "long", 0.62),
            ("after", "short", 0.55),
        ):
            n = int(rng.integers(40, 120))
            rows.append((f"{offer}", phase, group, n, int(rng.binomial(n, rate + level)), 0))
    return table(*rows)


def found_in(counts: pd.DataFrame, by: tuple[str, ...] = ()) -> pd.DataFrame:
    return modelled_change(counts, Rate.PARTICIPATION, "short", "long", by, 5)


def test_the_same_as_least_squares_on_single_citizens(table: Table) -> None:
    made = counts(table, 8)
    parts = []
    for row in made.itertuples():
        outcome = np.r_[np.ones(row.participated), np.zeros(row.invited - row.participated)]
        parts.append(pd.DataFrame({"y": outcome, "offer": row.offer, "phase": row.phase, "group": row.group}))
    citizens = pd.concat(parts)
    citizens["after"] = (citizens["phase"] == "after").astype(int)
    citizens["long"] = (citizens["group"] == "long").astype(int)
    fit = smf.ols("y ~ after * long + C(offer)", citizens).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(citizens["offer"])[0], "df_correction": True}, use_t=True
    )
    # Statsmodels also divides by the degrees that the offers' levels cost: they lie within the clusters, so ours not.
    n, k = len(citizens), int(fit.df_model) + 1
    lower, upper = fit.conf_int().loc["after:long"]
    half = (upper - lower) / 2 / np.sqrt((n - 1) / (n - k))
    found = found_in(made).loc[0]
    assert found["estimate"] == pytest.approx(fit.params["after:long"])
    assert (found["upper"] - found["lower"]) / 2 == pytest.approx(half)
    assert (found["offers"], found["n"], found["state"]) == (8, n, State.SHOWN)


def test_one_draw_an_offer_is_less_sure_than_one_a_citizen(table: Table) -> None:
    # Offers whose change differs a lot: taking all citizens as independent misses that.
    rows = []
    for offer, short_after in enumerate([80, 40, 75, 35, 70, 30]):
        for phase, group, x in (("before", "long", 70), ("before", "short", 40), ("after", "long", 70)):
            rows.append((f"{offer}", phase, group, 100, x, 0))
        rows.append((f"{offer}", "after", "short", 100, short_after, 0))
    made = table(*rows)
    alone = change_in_gap(made, Rate.PARTICIPATION, "short", "long", [], 5).loc[0]
    found = found_in(made).loc[0]
    assert found["estimate"] == pytest.approx(alone["estimate"])
    assert found["upper"] - found["lower"] > 2 * (alone["upper"] - alone["lower"])


def test_too_few_offers_and_offers_that_lack_a_cell(table: Table) -> None:
    made = counts(table, 4)
    assert found_in(made, ("offer",))["state"].eq(State.TOO_FEW).all()
    lacking = made.drop(made.query("offer == '0' and phase == 'after'").index)
    assert found_in(lacking).loc[0, ["offers", "state"]].tolist() == [3, State.SHOWN]
    comparison = made.assign(phase="unadjusted")
    assert found_in(comparison).loc[0, ["offers", "state"]].tolist() == [0, State.EMPTY]
    assert found_in(made[:0], ("offer",)).empty
