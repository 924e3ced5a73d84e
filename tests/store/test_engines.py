"""Courses that lie elsewhere are counted as those that are stored, and their counts are an import like any other."""

import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from sqlglot import transpile

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.store import Database
from analysis.store.__main__ import main
from analysis.store.connection import sql
from analysis.store.counts_engines import NotCounted, counts_of_table, in_spark
from analysis.store.counts_statement import COUNTS
from tests.browser.conftest import free_port

COLUMNS = "municipality, offer, invited, participated, completed, invited_on, started_on, groups"
ONE = "'Aarhus' AS municipality, 'Rygestop' AS offer, true AS invited, true AS participated, false AS completed"
ONE += ", DATE '2015-03-02' AS invited_on, NULL AS started_on, map(['sex'], ['woman']) AS groups"


def parquet(path: Path, query: str) -> Path:
    with duckdb.connect() as cursor:
        cursor.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.fixture
def lake(demonstration_database: Database, tmp_path: Path) -> Path:
    """The courses of the demonstration data as two files of Parquet."""
    folder = tmp_path / "lake"
    folder.mkdir()
    with demonstration_database.reading() as cursor:
        courses = cursor.sql(f"SELECT {COLUMNS}, citizen FROM course").to_arrow_table()
    for part, rows in enumerate((courses.slice(0, 1000), courses.slice(1000))):
        with duckdb.connect() as cursor:
            cursor.register("rows", rows)
            cursor.execute(f"COPY rows TO '{folder / f'{part}.parquet'}' (FORMAT parquet)")
    return folder


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """What the command line answers to a source; its database is the test's own."""
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(tmp_path / "test.duckdb"))

    def ask(source: Path | str, *more: str) -> tuple[int, str]:
        code = main(["counts", str(source), *more])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return ask


def in_order(rows: list[tuple]) -> list[tuple]:
    return sorted(rows, key=repr)


def test_courses_elsewhere_have_the_counts_of_the_same_courses_stored(
    demonstration_database: Database, lake: Path
) -> None:
    with demonstration_database.reading() as cursor:
        names = ", ".join(f'"{name}"' for name in COUNTS.names)
        stored = cursor.execute(
            f"SELECT {names} FROM counts WHERE import_id IN (SELECT import_id FROM course)"
        ).fetchall()
    counted = [tuple(row.values()) for row in counts_of_table(str(lake)).to_pylist()]
    assert len(stored) > 1000
    assert in_order(counted) == in_order(stored)


def test_what_spark_is_given_means_the_same(lake: Path) -> None:
    given = in_spark(sql("counts"))
    assert "EXPLODE(MAP_ENTRIES(groups)) AS entry" in given
    assert "entry.value AS `group`" in given
    with duckdb.connect() as cursor:
        cursor.execute(f"CREATE VIEW given_course AS SELECT *, invited_on AS counted_on FROM '{lake}/*.parquet'")
        cursor.execute(
            "CREATE VIEW given_count AS SELECT *, NULL AS period_start, NULL AS period_end, "
            'NULL AS dimension, NULL AS "group" FROM given_course WHERE false'
        )
        (back,) = transpile(given, read="spark", write="duckdb")
        counted = cursor.execute(back).fetchall()
    assert in_order(counted) == in_order([tuple(row.values()) for row in counts_of_table(str(lake)).to_pylist()])


def test_the_counts_are_an_import_that_can_be_taken_back(lake: Path, said: Callable, tmp_path: Path) -> None:
    code, answer = said(lake, "--synthetic")
    assert (code, "by DuckDB" in answer) == (0, True)
    database = Database(tmp_path / "test.duckdb")
    (record,) = store.history(database)
    assert (record.file_name, record.synthetic, record.courses) == ("lake", True, 0)
    seen = store.counts_by_month(database, AS_THEY_ARE, dimension="sex", synthetic=True)
    assert len(seen) > 100
    assert store.check_journal(database) == []
    store.undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert store.counts_by_month(database, AS_THEY_ARE, dimension="sex", synthetic=True).empty
    database.close()


def test_the_same_counts_are_stored_once_and_others_must_replace_them(said: Callable, tmp_path: Path) -> None:
    first = parquet(tmp_path / "first.parquet", f"SELECT {ONE}")
    second = parquet(tmp_path / "second.parquet", f"SELECT {ONE} FROM range(2)")
    assert said(first)[0] == 0
    assert "stored already" in said(first)[1]
    assert "--replace" in said(second)[1]
    assert said(second, "--replace")[0] == 0
    assert said(parquet(tmp_path / "faulty.parquet", f"SELECT * REPLACE (NULL AS offer) FROM (SELECT {ONE})"))[0] == 1
    database = Database(tmp_path / "test.duckdb")
    results = store.audit_lines(database)["result"].to_list()[::-1]
    database.close()
    assert results == ["done", "already stored", "overlapping", "done", "faulty"]


def test_counts_that_lie_elsewhere_are_taken_as_they_are(tmp_path: Path) -> None:
    quarter = "'Aarhus' AS municipality, 'Rygestop' AS offer, DATE '2015-01-01' AS period_start, DATE '2015-04-01' AS "
    quarter += (
        "period_end, 'sex' AS dimension, 'woman' AS \"group\", NULL AS invited, 7 AS participated, 5 AS completed"
    )
    (row,) = counts_of_table(str(parquet(tmp_path / "counts.parquet", f"SELECT {quarter}"))).to_pylist()
    assert list(row.values())[4:] == ["sex", "woman", None, 7, 5]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("EXCLUDE (groups, offer)", "lacks the columns offer, groups"),
        ("REPLACE ('Atlantis' AS municipality)", "municipalities are not known: Atlantis"),
        ("REPLACE (map(['sex'], ['man, woman']) AS groups)", "groups are not known: sex: man, woman"),
        ("REPLACE (CAST(NULL AS DATE) AS invited_on)", "1 counts have no period_start"),
        ("REPLACE (false AS participated, true AS completed)", "More have completed"),
        ("REPLACE ('Hold 010203-1234' AS offer)", "looks like a CPR number"),
        ("REPLACE (map() AS groups)", "nothing to count"),
        ("REPLACE ('soon' AS invited_on)", "could not read or count"),
    ],
)
def test_what_no_workbook_could_hold_is_refused(changed: str, told: str, said: Callable, tmp_path: Path) -> None:
    source = parquet(tmp_path / "courses.parquet", f"SELECT * {changed} FROM (SELECT {ONE})")
    code, answer = said(source)
    assert code == 1
    assert told in answer
    assert "Nothing is stored." in answer
    assert "010203-1234" not in answer


def test_a_source_that_is_not_there_is_told_of(said: Callable, tmp_path: Path) -> None:
    assert "no such file" in said(tmp_path / "nowhere.parquet")[1]
    assert "set LIGE_ADGANG_SPARK" in said("health.courses")[1]


def test_a_cluster_that_does_not_answer_is_told_of(lake: Path, said: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SPARK", f"spark://127.0.0.1:{free_port()}")
    code, answer = said(lake)
    assert (code, "Nobody answers" in answer) == (1, True)


def test_without_pyspark_it_is_said_how_to_have_it(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(NotCounted, match=r"requirements-spark\.txt"):
        counts_of_table(str(lake), "local[1]")


@pytest.mark.parametrize("address", ["127.0.0.1:7077", "spark://host", "http://host:7077", "locally"])
def test_an_address_that_is_none_of_spark_is_refused(
    address: str, said: Callable[..., tuple[int, str]], lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SPARK", address)
    code, answer = said(lake)
    assert (code, "LIGE_ADGANG_SPARK must be" in answer) == (2, True)
