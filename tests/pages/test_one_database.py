"""A process has one database and one thread that looks after it, whatever becomes of Streamlit's caches."""

import threading
from collections.abc import Callable

import streamlit as st
from streamlit.testing.v1 import AppTest

CLEARINGS = 20


def keepers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "upkeep"]


def test_emptied_caches_open_no_database_and_start_no_thread_again(app: Callable[..., AppTest]) -> None:
    before = set(keepers())
    test = app(lang="en")
    from pages.components import process

    opened = process.open_database()
    for _ in range(CLEARINGS):
        st.cache_resource.clear()
        assert not test.run().exception
        assert process.open_database() is opened
    assert len(set(keepers()) - before) == 1


def test_many_threads_at_once_open_one_database(app: Callable[..., AppTest]) -> None:
    app(lang="en")
    from pages.components import process

    process.open_database().close()
    found, together = [], threading.Barrier(8)

    def ask() -> None:
        together.wait()
        found.append(process.open_database())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
