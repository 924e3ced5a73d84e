"""Who waits, and for how long."""

import threading

import pytest

from analysis.web.headers import strict
from analysis.web.limits import Pace
from pages.import_wizard.queue import LineTooLong, Turns


def test_many_reruns_at_once_come_through_and_then_at_a_pace() -> None:
    pace = Pace(60)
    assert [pace.wait(0.0) for _ in range(15)] == [0.0] * 15
    assert [pace.wait(0.0) for _ in range(3)] == pytest.approx([1.0, 2.0, 3.0])
    assert pace.wait(60.0) == 0.0


def test_files_are_read_in_the_order_in_which_they_came() -> None:
    turns, order, told = Turns(at_once=1, waiting=2), [], []
    waiting = [threading.Event(), threading.Event()]

    def take(number: int) -> None:
        def note(before: int) -> None:
            told.append((number, before))
            waiting[number].set()

        with turns.turn(note):
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(2)]
    with turns.turn():
        for thread, comes in zip(threads, waiting, strict=True):
            thread.start()
            assert comes.wait(10)
        with pytest.raises(LineTooLong), turns.turn():
            pass
        assert order == []
    for thread in threads:
        thread.join(10)
    assert order == [0, 1]
    assert {(0, 1), (1, 2)} <= set(told)


def test_who_gives_up_leaves_the_line() -> None:
    turns = Turns(at_once=1, waiting=1)

    def give_up(before: int) -> None:
        raise TimeoutError

    with turns.turn():
        for _ in range(3):
            with pytest.raises(TimeoutError), turns.turn(give_up):
                pass


@pytest.mark.parametrize(
    ("cookie", "made"),
    [
        (b"_streamlit_user=1; Path=/", b"_streamlit_user=1; Path=/; SameSite=Lax; HttpOnly; Secure"),
        (b"_streamlit_xsrf=1; SameSite=Lax", b"_streamlit_xsrf=1; SameSite=Lax; Secure"),
        (b"a=b; httponly; secure; samesite=strict", b"a=b; httponly; secure; samesite=strict"),
    ],
)
def test_cookies_are_as_strict_as_they_can_be(cookie: bytes, made: bytes) -> None:
    assert strict(cookie, secure=True) == made
