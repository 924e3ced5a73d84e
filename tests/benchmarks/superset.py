"""The same chart of the same data in Apache Superset: opened till drawn, and filtered till drawn anew.

``python -m tests.benchmarks.superset [FOLDER]`` installs Superset into an environment of its own in that folder, the
first time, which takes minutes and 1.5 GB; its server listens on this machine alone, and ends with the benchmark. It
has gunicorn in front and a cache of answers behind, as its manual advises, and SQLite for its own data and the counts.
"""

import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
from playwright.sync_api import Locator, Page

from tests.benchmarks.browser import Shown, compare, demonstrated
from tests.benchmarks.timing import report
from tests.browser.conftest import a_browser, free_port

VERSION = "6.1.0"
WANTED = (f"apache-superset=={VERSION}", "cachetools", "flask-caching==2.3.1", "gunicorn", "rich")
WORKERS = 2
SECONDS = 180
"""The longest that the server may take to start."""
NAME, WORD = "bench", secrets.token_hex(16)
ADMINISTRATOR = ["--username", NAME, "--firstname", NAME, "--lastname", NAME, "--email", f"{NAME}@example.org"]
ADMINISTRATOR += ["--password", WORD]
CONFIG = """
SECRET_KEY = {key!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db?check_same_thread=false"
PREVENT_UNSAFE_DB_CONNECTIONS = False
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False
_CACHE = {{"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": "{folder}/cache", "CACHE_DEFAULT_TIMEOUT": 86400}}
CACHE_CONFIG = DATA_CACHE_CONFIG = FILTER_STATE_CACHE_CONFIG = EXPLORE_FORM_DATA_CACHE_CONFIG = _CACHE
"""
LOOK = """() => {
    const drawn = document.querySelector(".dashboard-chart canvas");
    if (!drawn || !drawn.width) return "";
    const blank = document.createElement("canvas");
    [blank.width, blank.height] = [drawn.width, drawn.height];
    const now = drawn.toDataURL();
    return now === blank.toDataURL() ? "" : now;
}"""


def installed(folder: Path) -> Path:
    """The programs of the environment, which is made where it is not there."""
    programs = folder / "environment" / "bin"
    if not (programs / "superset").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
        subprocess.run([programs / "pip", "install", "--quiet", *WANTED], check=True)
    return programs


@contextmanager
def serving(programs: Path, folder: Path) -> Iterator[str]:
    """Superset with a new database of its own: its address."""
    config, port = folder / "superset_config.py", free_port()
    config.write_text(CONFIG.format(key=secrets.token_hex(32), folder=folder), "utf-8")
    environment = {**os.environ, "SUPERSET_CONFIG_PATH": str(config), "FLASK_APP": "superset.app:create_app()"}
    for step in (["db", "upgrade"], ["fab", "create-admin", *ADMINISTRATOR], ["init"]):
        subprocess.run([programs / "superset", *step], env=environment, check=True, capture_output=True)
    command = [programs / "gunicorn", "--workers", str(WORKERS), "--threads", "4", "--worker-class", "gthread"]
    command += ["--timeout", "120", "--bind", f"127.0.0.1:{port}", "superset.app:create_app()"]
    with (folder / "said.log").open("wb") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(address: str) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            httpx.get(f"{address}/health", timeout=SECONDS).raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(1)


class Api:
    """Superset's own, for who is signed in and administers it."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=f"{address}/api/v1", timeout=SECONDS)
        self._client.post(f"{address}/login/", data={"username": NAME, "password": WORD})
        self.signed_in = [{"name": "session", "value": self._client.cookies["session"], "url": address}]

    def make(self, what: str, **values: Any) -> int:
        answer = self._client.post(f"/{what}/", json=values)
        assert answer.is_success, answer.text
        return int(answer.json()["id"])

    def change(self, what: str, number: int, **values: Any) -> None:
        answer = self._client.put(f"/{what}/{number}", json=values)
        assert answer.is_success, answer.text


def make_pages(api: Api, counts: pd.DataFrame, known: Sequence[str], folder: Path) -> dict[str, int]:
    """A dashboard of one chart for each dimension, with a filter of municipality: their numbers."""
    data = folder / "counts.db"
    with closing(sqlite3.connect(data)) as connection:
        counts.to_sql("counts", connection, index=False)
    database = api.make("database", database_name="counts", sqlalchemy_uri=f"sqlite:///{data}")
    dataset = api.make("dataset", database=database, schema="main", table_name="counts")
    return {dimension: _make_page(api, dataset, dimension) for dimension in known}


def _make_page(api: Api, dataset: int, dimension: str) -> int:
    params = _chart(dataset, dimension)
    chart = api.make(
        "chart",
        slice_name=dimension,
        viz_type=params["viz_type"],
        datasource_id=dataset,
        datasource_type="table",
        params=json.dumps(params),
    )
    made = api.make(
        "dashboard",
        dashboard_title=dimension,
        published=True,
        position_json=json.dumps(_places(chart)),
        json_metadata=json.dumps({"native_filter_configuration": [_filter(dataset, chart)]}),
    )
    api.change("chart", chart, dashboards=[made])
    return made


def _chart(dataset: int, dimension: str) -> dict[str, Any]:
    share = "100.0 * SUM(completed) / SUM(participated)"
    wanted = {"clause": "WHERE", "expressionType": "SIMPLE", "subject": "dimension", "operator": "=="}
    phases = {"clause": "WHERE", "expressionType": "SIMPLE", "subject": "phase", "operator": "IN"}
    return {
        "datasource": f"{dataset}__table",
        "viz_type": "echarts_timeseries_bar",
        "x_axis": "group",
        "metrics": [{"expressionType": "SQL", "sqlExpression": share, "label": "completion"}],
        "groupby": ["phase"],
        "adhoc_filters": [{**wanted, "comparator": dimension}, {**phases, "comparator": ["before", "after"]}],
        "row_limit": 1000,
        "orientation": "vertical",
    }


def _places(chart: int) -> dict[str, Any]:
    above = ["ROOT_ID", "GRID_ID"]
    shown = {"width": 12, "height": 60, "chartId": chart}
    return {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": ["ROW-1"], "parents": above[:1]},
        "ROW-1": {
            "type": "ROW",
            "id": "ROW-1",
            "children": ["CHART-1"],
            "parents": above,
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        },
        "CHART-1": {"type": "CHART", "id": "CHART-1", "children": [], "parents": [*above, "ROW-1"], "meta": shown},
    }


def _filter(dataset: int, chart: int) -> dict[str, Any]:
    return {
        "id": "NATIVE_FILTER-1",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "name": "Municipality",
        "targets": [{"datasetId": dataset, "column": {"name": "municipality"}}],
        "controlValues": {"multiSelect": False, "enableEmptyFilter": False, "defaultToFirstItem": False},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "chartsInScope": [chart],
        "tabsInScope": [],
    }


def in_the_filter(page: Page, place: str) -> Locator:
    """Choosing in the list changes nothing yet: the button below it does."""
    page.locator("[data-test=form-item-value] .ant-select").first.click()
    page.keyboard.type(place)
    page.locator(f".ant-select-item-option[title='{place}']").click()
    return page.locator("[data-test=filter-bar__apply-button]")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    programs = installed(folder)
    with (
        tempfile.TemporaryDirectory(dir=folder) as name,
        demonstrated(Path(name)) as (app, counts, known),
        serving(programs, Path(name)) as address,
        a_browser() as browser,
    ):
        api = Api(address)
        pages = make_pages(api, counts, known, Path(name))
        theirs = Shown(
            lambda dimension: f"{address}/superset/dashboard/{pages[dimension]}/", LOOK, in_the_filter, api.signed_in
        )
        found = compare(browser, {"ours": app, "superset": theirs}, known)
    for kind, taken in found["ours"].items():
        peer = found["superset"][kind]
        report(f"the overview, {kind}", taken, peer, f"the chart alone in Apache Superset {VERSION}", unit="ms")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "superset").absolute())
