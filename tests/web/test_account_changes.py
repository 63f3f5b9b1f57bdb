"""Whoever changes how an account signs in, its person is told, and it is written down."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from backline.outbox.models import AuditEntry, Mail, Notification
from tests.conftest import PASSWORD, Cast
from tests.web.signed_in import just_signed_in

NEW = "another-long-password"


def told() -> list[tuple[str, str]]:
    """The notice, and what the audit log says."""
    notices = Notification.objects.filter(kind="security").order_by("pk").values_list("text", flat=True)
    entries = AuditEntry.objects.filter(topic="sign-in").order_by("pk").values_list("text", flat=True)
    return list(zip(notices, entries, strict=True))


def test_a_changed_password_is_told_by_bell_and_mail(cast: Cast):
    client = just_signed_in(cast, "alice")
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert told() == [
        ("You changed the password. Not you? Look at where you are signed in.", "changed the password")
    ]
    assert list(Mail.objects.values_list("to", flat=True)) == ["alice@example.com"]


def test_an_address_that_was_given_up_is_written_to_as_well(cast: Cast):
    EmailAddress.objects.create(user=cast.alice, email="new@example.com", verified=True)
    fields = {"email": "new@example.com", "action_primary": ""}
    asked = cast.client("alice").post("/accounts/email/", fields)
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    just_signed_in(cast, "alice").post("/accounts/email/", fields)
    cast.alice.refresh_from_db()
    assert cast.alice.email == "new@example.com"
    assert [entry for _, entry in told()] == ["changed the e-mail address"]
    assert set(Mail.objects.values_list("to", flat=True)) == {"alice@example.com", "new@example.com"}


def test_a_passkey_that_is_removed_is_told(cast: Cast):
    key = Authenticator.objects.create(
        user=cast.alice, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    just_signed_in(cast, "alice").post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert [entry for _, entry in told()] == ["removed a passkey"]


@pytest.mark.parametrize("address", ["/accounts/password/set/", "/accounts/2fa/totp/activate/"])
def test_signed_out_no_way_in_is_added(address: str, cast: Cast):
    assert cast.client("visitor").get(address).headers["Location"].startswith("/accounts/login/")
