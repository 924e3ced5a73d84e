"""What the benchmarks found: rows in docs/benchmarks.json, and the table and the chart that are made of them.

``python -m tests.benchmarks.results`` makes the table and the chart again of the rows that are there.
"""

import datetime as dt
import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs"
ROWS, TABLE, CHART = FOLDER / "benchmarks.json", FOLDER / "benchmarks.md", FOLDER / "benchmarks.svg"
PACKAGES = ("streamlit", "pandas", "numpy", "scipy", "plotly", "duckdb", "python-calamine", "openpyxl")
PACKAGES += ("polars", "fastexcel", "playwright")
WIDTH = 1100
"""Pixels of the chart."""


@dataclass(frozen=True)
class Result:
    """A row: what was measured, of ours and of a peer in the same run, on which machine, with what, and when."""

    name: str
    ours: float
    unit: str
    peer: float | None
    peer_name: str
    ratio: float | None
    target: str
    beside: str
    machine: str
    versions: str
    date: str

    @property
    def run(self) -> tuple[str, str, str]:
        return self.date, self.machine, self.versions


def machine() -> str:
    """The machine in a line."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    told = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", told.read_text()) if told.is_file() else None
    model = named[1].strip() if named else platform.machine()
    return (
        f"{platform.system()}, {os.cpu_count()} cores of {model}, {memory:.0f} GB, Python {platform.python_version()}"
    )


def versions() -> str:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def keep(
    name: str,
    ours: float,
    *,
    unit: str = "s",
    peer: float | None = None,
    peer_name: str = "",
    target: str = "",
    beside: str = "",
) -> None:
    """Keep a row in the place of the one that an earlier run made of the same."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    ratio = ours / peer if peer else None
    made = Result(name, ours, unit, peer, peer_name, ratio, target, beside, machine(), versions(), today)
    rows = {(one.name, one.peer_name): one for one in kept()} | {(name, peer_name): made}
    lines = ",\n".join(json.dumps(asdict(one), ensure_ascii=False) for one in rows.values())
    ROWS.write_text(f"[\n{lines}\n]\n", "utf-8")


def kept() -> list[Result]:
    return [Result(**row) for row in json.loads(ROWS.read_text("utf-8"))] if ROWS.is_file() else []


def amount(value: float, unit: str) -> str:
    """A number with its unit, to three figures where it is small."""
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def table(rows: Sequence[Result]) -> str:
    """The rows in Markdown, with the runs that they come from below."""
    runs = list(dict.fromkeys(one.run for one in rows))
    lines = [
        "# How fast it is",
        "",
        "Made by the benchmarks, one by one; `make bench` runs them all. A ratio is ours divided by the peer's, both "
        "measured in turn in the same run: below 1 is faster than the peer. Ratios are what counts: the machine did "
        "other work during some runs, so that times are longer than they need be.",
        "",
        f"![Ratios on a logarithmic axis]({CHART.name})",
        "",
        "| what | ours | peer | ratio | target | beside | run |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in rows:
        peer = f"{amount(one.peer, one.unit)}, {one.peer_name}" if one.peer is not None else ""
        ratio = f"{one.ratio:.3g}" if one.ratio is not None else ""
        cells = (one.name, amount(one.ours, one.unit), peer, ratio, one.target, one.beside, runs.index(one.run) + 1)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", "Runs:", ""]
    lines += [f"{number}. {day}: {where}; {what}." for number, (day, where, what) in enumerate(runs, 1)]
    return "\n".join(lines) + "\n"


def draw(rows: Sequence[Result]) -> bytes:
    """Every ratio as a dot on a logarithmic axis, its target as a line; 1 is the peer."""
    import plotly.graph_objects as go

    from analysis.charts.palette import TEXT_SIZE, palette, template
    from analysis.exports.images import image

    colours = palette("light")
    compared = [one for one in rows if one.ratio is not None]
    labels = [f"{one.name}<br>against {one.peer_name}" for one in compared]
    ratios = [one.ratio for one in compared]
    targets = [float(one.target) if re.fullmatch(r"[\d.]+", one.target) else None for one in compared]
    figure = go.Figure(
        [
            go.Scatter(
                x=targets,
                y=labels,
                mode="markers",
                name="target",
                marker={"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": colours.widened}},
            ),
            go.Scatter(
                x=ratios,
                y=labels,
                mode="markers+text",
                name="measured",
                text=[f"{ratio:.3g}" for ratio in ratios],
                textposition="top center",
                cliponaxis=False,
                marker={"size": 11, "color": colours.after},
            ),
        ]
    )
    figure.add_vline(x=1, line={"color": colours.muted, "width": 1})
    days = sorted(one.date for one in compared)
    when = " to ".join(dict.fromkeys((days[0], days[-1])))
    where = " / ".join(dict.fromkeys(one.machine for one in compared))
    title = "Ours as a multiple of the peer in the same run: left of 1 is faster"
    figure.update_layout(
        template=template("light"),
        title={"text": title, "x": 0.02, "y": 0.99, "yanchor": "top", "yref": "container"},
        width=WIDTH,
        height=150 + 3 * TEXT_SIZE * len(compared),
        showlegend=True,
        margin={"l": 560, "r": 40, "t": 90, "b": 110},
        paper_bgcolor=colours.background,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        xaxis={"type": "log", "dtick": 1, "title": {"text": f"ratio<br>{when}<br>{where}"}},
        yaxis={"autorange": "reversed", "tickfont": {"size": TEXT_SIZE - 2}},
    )
    return image(figure, "svg")


def main() -> None:
    rows = kept()
    TABLE.write_text(table(rows), "utf-8")
    if any(one.ratio is not None for one in rows):
        CHART.write_bytes(draw(rows))
    print(f"{len(rows)} results in {TABLE.relative_to(FOLDER.parent)}")


if __name__ == "__main__":
    main()
