"""Sealed texts open only with the right key and for the right purpose."""

from __future__ import annotations

import pytest

from backline.core.sealing import Unreadable, seal, unseal


def test_what_was_sealed_comes_back():
    assert unseal(seal("DE89 3704", purpose="bank"), purpose="bank") == "DE89 3704"


def test_equal_texts_do_not_look_equal():
    assert seal("same", purpose="bank") != seal("same", purpose="bank")


def test_another_purpose_does_not_open_it():
    with pytest.raises(Unreadable):
        unseal(seal("secret", purpose="totp"), purpose="bank")


def test_another_key_does_not_open_it(settings):
    sealed = seal("secret", purpose="totp")
    settings.SECRET_KEY = "another key of an installation that was restored without it"
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="totp")


def test_a_changed_text_does_not_open():
    sealed = seal("secret", purpose="totp")
    with pytest.raises(Unreadable):
        unseal(sealed[:-4] + "AAA=", purpose="totp")
