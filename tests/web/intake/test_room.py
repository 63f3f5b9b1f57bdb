"""Room for requests at work is bounded by number and by size, and closes at once when nothing moves."""

from __future__ import annotations

import threading

import pytest

from backline.web.intake.room import NoRoomError, Room


def test_so_many_and_no_more():
    room = Room(requests=2, size=100, wait_s=0.01, stalled_s=60)
    with room.take(10), room.take(10), pytest.raises(NoRoomError), room.take(10):
        pass
    with room.take(10):
        pass


def test_so_large_and_no_larger_but_one_alone_always_fits():
    room = Room(requests=9, size=100, wait_s=0.01, stalled_s=60)
    with room.take(500), pytest.raises(NoRoomError), room.take(1):
        pass
    with room.take(60), room.take(40), pytest.raises(NoRoomError), room.take(1):
        pass


def test_what_becomes_free_is_taken_by_who_waits():
    room = Room(requests=1, size=100, wait_s=10, stalled_s=60)
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with room.take(1):
            inside.set()
            assert leave.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    leave.set()
    with room.take(1):
        thread.join()


def test_nobody_waits_behind_a_stuck_store():
    room = Room(requests=1, size=100, wait_s=3_600, stalled_s=0)
    with room.take(1), pytest.raises(NoRoomError), room.take(1):
        pass


def test_an_error_inside_gives_the_room_back():
    room = Room(requests=1, size=100, wait_s=0.01, stalled_s=60)
    with pytest.raises(ZeroDivisionError), room.take(1):
        raise ZeroDivisionError
    with room.take(1):
        pass
