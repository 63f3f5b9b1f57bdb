"""How an account signs in: by which provider, and that the person learns when anything about it changes."""

from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from backline.core import locks
from backline.outbox.actions import notify, record_audit
from backline.people.actions.members import NotPossible
from backline.people.models import Account

NOT_YOU = "Not you? Look at where you are signed in."


def link_provider(account: Account, *, provider: str, uid: str, email: str, name: str, now: datetime) -> None:
    """Lets the provider's person `uid` sign in as the account; once more changes nothing. `name` is the provider's.

    Raises:
        NotPossible: this person signs in as another account.
    """
    with transaction.atomic():
        locks.hold(f"sign-in:{provider}:{uid}")
        found = SocialAccount.objects.filter(provider=provider, uid=uid).first()
        if found is not None and found.user_id != account.pk:
            raise NotPossible(f"This {name} account signs in as somebody else here. Unlink it there first.")
        if found is None:
            SocialAccount.objects.create(
                user=account, provider=provider, uid=uid, extra_data={"email": email}
            )
            note_security(account, f"linked {name} as a way to sign in", now=now)


def unlink_provider(account: Account, *, link_id: int, name: str, now: datetime) -> bool:
    """Ends a way to sign in; says whether there was one.

    Raises:
        NotPossible: it is the only one.
    """
    with transaction.atomic():
        locks.hold(f"account:{account.pk}")
        links = SocialAccount.objects.filter(user=account)
        link = links.filter(pk=link_id).first()
        if link is None:
            return False
        if not account.has_usable_password() and not links.exclude(pk=link_id).exists():
            raise NotPossible(f"{name} is your only way to sign in. Set a password first.")
        link.delete()
        note_security(account, f"unlinked {name} as a way to sign in", now=now)
    return True


def note_security(account: Account, did: str, *, now: datetime) -> None:
    """Writes down that the account `did` something about its sign-in, and tells its person. Call it with the change."""
    record_audit(did, account_id=account.pk, topic="sign-in", now=now)
    notify(
        "security",
        account_ids=[account.pk],
        now=now,
        text=f"You {did}. {NOT_YOU}",
        url="/accounts/sessions/",
        key=f"{did} {now.isoformat()}",
    )
