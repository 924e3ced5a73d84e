"""Print every ratio, with the machine and the versions it was measured on; make the table and the chart in docs/."""

from tests.benchmarks import (
    beside_r,
    browser,
    cold_start,
    counts,
    coverage,
    crowds,
    headline,
    intake,
    measures,
    opening,
    rerun,
    results,
    stage,
    steps,
)


def main() -> None:
    print(results.machine())
    print(results.versions())
    for benchmark in (
        measures,
        beside_r,
        coverage,
        headline,
        steps,
        intake,
        counts,
        rerun,
        opening,
        browser,
        crowds,
        stage,
        cold_start,
    ):
        benchmark.main()
    results.main()


if __name__ == "__main__":
    main()
