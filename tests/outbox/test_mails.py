"""Mail waits until a server has taken it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from backline.outbox.actions import queue_mail, send_next
from backline.outbox.models import Mail
from tests.conftest import Cast
from tests.outbox.smtp import MailServer, mail_server

LONG = timedelta(days=30)


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def waiting(cast: Cast, now: datetime) -> Mail:
    return queue_mail(to="lee@example.com", subject="A beat\nfor you", body="Dear Lee: ☕", now=now)


def test_a_waiting_mail_arrives_once_and_its_text_is_forgotten(
    server: MailServer, waiting: Mail, now: datetime
):
    assert [send_next(now=now), send_next(now=now)] == [True, False]
    [letter] = server.letters
    assert "To: lee@example.com" in letter and "Subject: A beat for you" in letter
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body, waiting.tries) == (Mail.State.SENT, "", 1)


def test_a_server_that_is_away_is_tried_again_later(settings, waiting: Mail, now: datetime):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    assert send_next(now=now)
    assert not send_next(now=now)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.next_at) == (Mail.State.WAITING, now + timedelta(minutes=1))
    assert waiting.reason and waiting.body
    with mail_server() as back:
        settings.EMAIL_PORT = back.port
        assert send_next(now=now + timedelta(minutes=1))
        assert len(back.letters) == 1


def test_after_eight_tries_it_is_given_up(settings, waiting: Mail, now: datetime):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tries = [send_next(now=now + LONG * number) for number in range(9)]
    assert tries == [True] * 8 + [False]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body) == (Mail.State.FAILED, "")


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    server: MailServer, waiting: Mail, now: datetime
):
    server.refuse = "550 no such person"
    assert send_next(now=now)
    waiting.refresh_from_db()
    assert waiting.state == Mail.State.FAILED


def test_an_address_that_is_refused_for_now_is_tried_again(server: MailServer, waiting: Mail, now: datetime):
    server.refuse = "451 come back"
    assert send_next(now=now)
    waiting.refresh_from_db()
    assert waiting.state == Mail.State.WAITING


def test_a_sender_that_dies_leaves_the_mail_to_the_next(
    server: MailServer, waiting: Mail, now: datetime, monkeypatch
):
    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("backline.outbox.actions.mails.EmailMessage.send", die)
        send_next(now=now)
    assert not send_next(now=now + timedelta(minutes=4))
    assert send_next(now=now + timedelta(minutes=5))
    assert len(server.letters) == 1


def test_what_cannot_be_written_as_a_mail_does_not_hold_up_the_others(
    server: MailServer, waiting: Mail, now: datetime
):
    Mail.objects.filter(pk=waiting.pk).update(subject="Dear\nLee")
    queue_mail(to="lee@example.com", subject="The next", body="", now=now)
    assert [send_next(now=now) for _ in range(3)] == [True, True, False]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body) == (Mail.State.FAILED, "") and "newlines" in waiting.reason
    assert len(server.letters) == 1
