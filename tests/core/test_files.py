"""Files are whole or absent, and never outside the root."""

from __future__ import annotations

from pathlib import Path

import pytest

from backline.core import files


def test_a_kept_draft_is_found_under_its_key_and_the_draft_is_gone() -> None:
    with files.draft(".wav") as draft:
        draft.write_bytes(b"sound")
        files.keep(draft, "recordings/1/original.wav")
    assert files.path("recordings/1/original.wav").read_bytes() == b"sound"
    assert list(files.incoming_folder().iterdir()) == []


def test_a_draft_that_is_not_kept_leaves_nothing() -> None:
    with pytest.raises(RuntimeError), files.draft() as draft:
        draft.write_bytes(b"half")
        raise RuntimeError
    assert list(files.incoming_folder().iterdir()) == []


def test_writing_replaces_what_was_there() -> None:
    files.write("covers/1.svg", b"old")
    files.write("covers/1.svg", b"new")
    assert files.path("covers/1.svg").read_bytes() == b"new"


@pytest.mark.parametrize("key", ["../outside", "/etc/passwd", "a/../../b", ""])
def test_a_key_that_leaves_the_root_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not a file key"):
        files.path(key)


def test_removing_a_folder_removes_all_in_it_and_may_be_repeated() -> None:
    files.write("recordings/2/original.wav", b"x")
    files.remove_folder("recordings/2")
    files.remove_folder("recordings/2")
    assert not files.path("recordings/2").exists()


def test_an_operating_system_error_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"):
        files.write("covers/2.svg", b"x")
    assert not files.path("covers/2.svg").exists()
