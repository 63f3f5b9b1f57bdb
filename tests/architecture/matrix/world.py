"""The things that the table's addresses name: one of everything a person may reach, most of them of Alice's artist."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from allauth.usersessions.models import UserSession

from backline.catalog import actions as catalog
from backline.catalog.models import Appeal, Beat, Collection, Genre, Step, Upload
from backline.core import files
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.ledger.models import Entry
from backline.listening import cases
from backline.listening.models import Case
from backline.listening.selection import Selection, selected
from backline.money import actions as money
from backline.money.models import BalanceLine, BankFile, Hold, ProviderEvent, Statement, Transfer
from backline.outbox.actions import notify
from backline.outbox.models import Notification
from backline.people import actions as people
from backline.people.actions.members import digest_of
from backline.people.actions.support import Matter
from backline.people.models import Application, Attachment, Enclosure, Invitation, Member, Photo, Ticket
from backline.shop import actions as shop
from backline.shop.models import PlanPrice
from backline.web.models import MenuItem
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.money.world import heard_equally

Places = dict[str, int | str]
SECRET = "the-secret-of-an-invitation"
IBAN = "BR1500000000000010932840814P2"
DECEMBER = date(2025, 12, 1)
UPLOAD = UUID("00000000-0000-7000-8000-000000000001")


def places(cast: Cast, now: datetime, patch: pytest.MonkeyPatch) -> Places:
    """The names that the table writes in braces."""
    found: Places = {}
    for make in (_catalogue, _life, _people, _asking, _staff):
        found |= make(cast, now)
    return found | _money(cast, now, patch)


def _catalogue(cast: Cast, now: datetime) -> Places:
    public = make_public(cast.marlo, account=cast.alice, now=now)
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    hidden = make_draft(cast.marlo, account=cast.alice, now=now)
    credit = catalog.invite_credit(draft, artist=cast.kit, now=now)
    shares = {cast.marlo.pk: 6_000, cast.kit.pk: 4_000}
    table = catalog.propose_shares(draft, shares=shares, starts_on=now.date(), by=cast.alice, now=now)
    opened, closed = (
        catalog.create_collection(cast.marlo, name="Tides", kind=Collection.Kind.ALBUM, now=now)
        for _ in range(2)
    )
    catalog.add_to_collection(opened, beat=public, now=now)
    catalog.publish_collection(opened, now=now)
    return {
        "public": public.pk,
        "draft": draft.pk,
        "open": opened.pk,
        "closed": closed.pk,
        "credit": credit.pk,
        "shares": table.pk,
        "link": catalog.make_private(hidden, now=now).token,
        "case": decided_case(public, cast, now).pk,
    }


def decided_case(beat: Beat, cast: Cast, now: datetime) -> Case:
    """A case on a beat, decided and not yet appealed."""
    selection = Selection(beat.pk, now - timedelta(days=1), now)
    case = cases.open_case(selection, reason="A farm.", submission=uuid4(), account=cast.dana, now=now)
    cases.decide_case(case, digest=selected(selection).digest, account=cast.dana, now=now)
    return case


def _life(cast: Cast, now: datetime) -> Places:
    deleted = make_draft(cast.marlo, account=cast.alice, now=now)
    catalog.delete_beat(deleted, now=now, by=cast.alice)
    held = make_draft(cast.marlo, account=cast.alice, now=now)
    Step.objects.filter(recording=held.recording, kind=Step.Kind.STREAM).update(state=Step.State.FAILED)
    appeal = Appeal.objects.create(recording=held.recording, by=cast.alice, note="Mine.", at=now)
    upload = Upload.objects.create(
        id=UPLOAD, artist=cast.marlo, account=cast.alice, file_name="take.wav", size_bytes=1_000,
        created_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return {"deleted": deleted.pk, "held": held.pk, "appeal": appeal.pk, "upload": str(upload.pk)}


def _people(cast: Cast, now: datetime) -> Places:
    ada = Member.objects.get(artist=cast.marlo, account=cast.ada)
    open_one, joining = (
        Invitation.objects.create(
            artist=cast.marlo, email=email, role="analyst", digest=digest_of(SECRET), invited_by=cast.alice,
            at=now, expires_at=now + timedelta(days=14),
        )
        for email in ("somebody@example.com", "lee@example.com")
    )  # fmt: skip
    photo = Photo.objects.create(artist=cast.marlo, position=0, key="photos/1", at=now)
    place = UserSession.objects.create(
        user=cast.alice, ip="192.0.2.1", last_seen_at=now, session_key="elsewhere", user_agent="", data={}
    )
    return {
        "member": ada.pk,
        "invitation": open_one.pk,
        "joining": joining.pk,
        "secret": SECRET,
        "photo": photo.pk,
        "place": place.pk,
    }


def _asking(cast: Cast, now: datetime) -> Places:
    applied = Application.objects.create(
        account=cast.lee,
        kind="become",
        state="pending",
        name="Lee",
        created_at=now,
        updated_at=now,
        sent_at=now,
    )
    file = Attachment.objects.create(
        application=applied,
        file_name="a.pdf",
        key=_kept("a"),
        media_type="application/pdf",
        size_bytes=8,
        at=now,
    )
    matter = Matter(topic="other", subject="A question")
    ticket: Ticket = people.open_ticket(cast.alice, matter=matter, text="Why?", now=now)
    enclosed = Enclosure.objects.create(
        letter=ticket.letters.get(),
        file_name="b.pdf",
        key=_kept("b"),
        media_type="application/pdf",
        size_bytes=8,
    )
    notify("payout_paid", account_ids=[cast.alice.pk], now=now, text="Paid.", url="/dashboard/", key="1")
    return {
        "application": applied.pk,
        "attachment": file.pk,
        "ticket": ticket.pk,
        "enclosure": enclosed.pk,
        "note": Notification.objects.get(account=cast.alice, key="1").pk,
    }


def _kept(name: str) -> str:
    key = f"attachments/{name}/file"
    place = files.path(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"%PDF-1.4")
    return key


def _staff(cast: Cast, now: datetime) -> Places:
    item = MenuItem.objects.order_by("position").first()
    line = BalanceLine.objects.create(
        external_id="txn_1", kind="adjustment", amount_minor=5, currency="EUR", happened_at=now
    )
    event = ProviderEvent.objects.create(
        external_id="evt_1", kind="account.updated", happened_at=now, received_at=now
    )
    assert item is not None
    return {
        "item": item.pk,
        "genre": Genre.objects.get(slug="trap").pk,
        "account": cast.alice.pk,
        "artist": cast.marlo.pk,
        "kit": cast.kit.pk,
        "line": line.pk,
        "event": event.pk,
    }


def _money(cast: Cast, now: datetime, patch: pytest.MonkeyPatch) -> Places:
    """December is settled, January can be; Marlo is paid by bank file, and sold a beat."""
    first, last = date(2025, 12, 31), date(2026, 1, 31)
    heard_equally(cast.marlo, first=first, last=last, paid=3_200, until=date(2026, 2, 1), monkeypatch=patch)
    settlement = money.run_settlement(DECEMBER, now=now)
    statement = Statement.objects.get(artist=cast.marlo, settlement=settlement)
    account = money.save_bank_details(
        cast.marlo, country="BR", currency="EUR", holder="Alice", iban=IBAN, by=cast.alice, now=now
    )
    transfer = Transfer.objects.create(
        artist=cast.marlo, account=account, currency="EUR", amount_minor=100, group="1", state="sending",
        next_at=now, queued_at=now,
    )  # fmt: skip
    there, away = accounts.available(cast.marlo.pk), accounts.sending(cast.marlo.pk)
    post_entry(
        f"transfer:{transfer.pk}:queued", moves=[Move(there, away, 100, "EUR")], memo="Queued", now=now
    )
    file = BankFile.objects.create(made_at=now, made_by=cast.dana)
    file.transfers.add(transfer)
    sale = shop.record_sale(
        Beat.objects.filter(artist=cast.marlo).earliest("pk"), buyer=cast.lee, kind="track", currency="EUR",
        list_price_minor=4_900, fee_minor=888, external_id="pi_1", sold_at=now,
    )  # fmt: skip
    while money.book_sales(now=now):
        pass
    return {
        "settlement": statement.settlement_id,
        "statement": statement.pk,
        "hold": Hold.objects.get(statement=statement).pk,
        "payouts": account.pk,
        "transfer": transfer.pk,
        "file": file.pk,
        "sale": sale.pk,
        "price": PlanPrice.objects.get(currency="EUR").pk,
        "entry": Entry.objects.filter(key__startswith="invoice:").earliest("pk").key,
    }
