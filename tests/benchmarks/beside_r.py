"""Two measures against packages of R where R is there, value by value and in time: Hmisc's Wilson, metafor's pooling.

On Debian: apt install r-base-core r-cran-hmisc r-cran-metafor.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.measures.intervals import wilson
from analysis.measures.pooling import random_effects
from tests.benchmarks.timing import paired, report, seconds

RUNS = 5
ROWS, POOLS, OFFERS = 100_000, 200, 19
ALIKE = 1e-6
"""How far a value may be from R's, whose search for the variance between offers stops there."""
WILSON = """
suppressMessages(library(Hmisc))
given <- read.csv(arguments[1])
taken <- system.time(found <- binconf(given$x, given$n, method = "wilson"))
write.csv(found[, c("Lower", "Upper")], arguments[2], row.names = FALSE)
"""
POOLING = """
suppressMessages(library(metafor))
given <- split(read.csv(arguments[1]), ~pool)
pool <- function(one) {
    exactly <- list(stepadj = 0.5, threshold = 1e-9, maxiter = 1000)
    fit <- rma(one$estimate, one$variance, method = "REML", test = "adhoc", control = exactly)
    ahead <- predict(fit)
    c(fit$beta, fit$ci.lb, fit$ci.ub, ahead$pi.lb, ahead$pi.ub)
}
taken <- system.time(found <- t(sapply(given, pool)))
write.csv(found, arguments[2], row.names = FALSE)
"""


def in_r(program: str, given: Path) -> tuple[float, pd.DataFrame]:
    """The seconds that R's own clock gives the work, without its start and its files; and what it found."""
    found = given.with_suffix(".found.csv")
    whole = f"arguments <- commandArgs(TRUE)\n{program}\ncat(taken[['elapsed']])"
    command = ["Rscript", "--vanilla", "-e", whole, str(given), str(found)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(told), pd.read_csv(found)


def wilsons(given: pd.DataFrame) -> np.ndarray:
    found = wilson(given["x"].to_numpy(), given["n"].to_numpy())
    return np.column_stack([found.lower, found.upper])


def pools(given: pd.DataFrame) -> np.ndarray:
    found = []
    for _, one in given.groupby("pool"):
        estimates, variances = one["estimate"].to_numpy(), one["variance"].to_numpy()
        found.append(random_effects(estimates, variances))
    return np.array(found)


def offers() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counts of citizens, and changes of a gap in many sets of offers.

    Hmisc has another limit than Wilson's where all but one are counted, or one alone; there are none such.
    """
    rng = np.random.default_rng(1)
    counts = rng.integers(15, 400, ROWS)
    variances = rng.uniform(0.0004, 0.01, (POOLS, OFFERS))
    true = rng.normal(-0.03, rng.uniform(0.02, 0.1, (POOLS, 1)), (POOLS, OFFERS))
    sets = {"pool": np.repeat(np.arange(POOLS), OFFERS), "estimate": rng.normal(true, np.sqrt(variances)).ravel()}
    return (
        pd.DataFrame({"x": np.clip(rng.binomial(counts, 0.6), 2, counts - 2), "n": counts}),
        pd.DataFrame(sets | {"variance": variances.ravel()}),
    )


def library(name: str) -> str:
    told = ["Rscript", "--vanilla", "-e", f"cat('{name}', as.character(packageVersion('{name}')))"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout


def main() -> None:
    if shutil.which("Rscript") is None:
        print("R is not there: nothing is compared with it.")
        return
    counts, changes = offers()
    of_wilson = (f"Wilson on {ROWS:,} rows", wilsons, WILSON, counts, "Hmisc")
    of_pools = (f"{POOLS} times {OFFERS} offers pooled, all limits", pools, POOLING, changes, "metafor")
    with tempfile.TemporaryDirectory() as folder:
        for name, measure, program, given, package in (of_wilson, of_pools):
            path = Path(folder) / f"{package}.csv"
            given.to_csv(path, index=False)
            _, theirs = in_r(program, path)
            apart = float(np.nanmax(np.abs(measure(given) - theirs.to_numpy())))
            assert apart < ALIKE, f"{name}: {apart} from R"
            own, peer = paired(
                RUNS,
                lambda measure=measure, given=given: seconds(lambda: measure(given)),
                lambda program=program, path=path: in_r(program, path)[0],
            )
            report(name, 1000 * own, 1000 * peer, f"R's {library(package)}", unit="ms")
            print(f"  no value more than {apart:.0e} from R's")


if __name__ == "__main__":
    main()
