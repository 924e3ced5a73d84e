"""Print every ratio, with the machine and the versions it was measured on."""

import os
import platform
from importlib.metadata import version

from tests.benchmarks import cold_start, coverage, intake, measures, opening, rerun, stage

PACKAGES = ("streamlit", "pandas", "numpy", "scipy", "statsmodels", "plotly", "duckdb", "python-calamine")


def main() -> None:
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES))
    for benchmark in (measures, coverage, intake, rerun, opening, stage, cold_start):
        benchmark.main()


if __name__ == "__main__":
    main()
