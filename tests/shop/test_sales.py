from datetime import UTC, date, datetime, timedelta

import pytest

from backline.domain.currencies import UnknownCurrency
from backline.outbox.models import Fact
from backline.shop import actions, queries
from backline.shop.models import Licence, Sale
from tests.catalog.makers import make_public
from tests.shop.makers import make_sale


@pytest.fixture
def beat(cast, now):
    return make_public(cast.marlo, account=cast.alice, now=now)


@pytest.fixture
def sale(cast, beat, now):
    return make_sale(beat, buyer=cast.lee, now=now)


def _facts() -> list[str]:
    return list(Fact.objects.order_by("pk").values_list("kind", flat=True))


def test_a_sale_brings_its_licence_and_facts(cast, beat, sale, now):
    assert queries.sales_after(0, limit=10) == [queries.sale(sale.pk)]
    licence = Licence.objects.get()
    assert (licence.sale, licence.account, licence.kind, licence.artist) == (
        sale,
        cast.lee,
        "exclusive",
        cast.marlo,
    )
    assert _facts() == [Fact.Kind.SALE, Fact.Kind.LICENCE_ISSUED]
    fact = Fact.objects.earliest("pk")
    assert (fact.account_id, fact.artist_id, fact.beat_id, fact.at) == (
        cast.lee.pk,
        cast.marlo.pk,
        beat.pk,
        now,
    )


def test_a_sale_is_recorded_once(cast, beat, sale, now):
    assert make_sale(beat, buyer=cast.lee, now=now) == sale
    assert (Sale.objects.count(), Licence.objects.count(), len(_facts())) == (1, 1, 2)


@pytest.mark.parametrize(
    "other",
    [{"kind": "track"}, {"currency": "USD"}, {"list_price_minor": 7_999}, {"fee_minor": 0}, {"buyer": "bob"}],
)
def test_a_sale_id_says_nothing_else(cast, beat, sale, now, other):
    buyer = getattr(cast, other.pop("buyer", "lee"))
    with pytest.raises(actions.OtherContent):
        make_sale(beat, buyer=buyer, now=now, **other)


@pytest.mark.parametrize("kind", ["exclusive", "track"])
def test_a_beat_is_sold_exclusively_once(cast, beat, sale, now, kind):
    with pytest.raises(actions.AlreadySold):
        make_sale(beat, buyer=cast.charlie, now=now, external_id="pi_2", kind=kind)
    assert Sale.objects.count() == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"list_price_minor": 0},
        {"list_price_minor": -1},
        {"fee_minor": -1},
        {"kind": "gift"},
        {"currency": "EURO"},
    ],
)
def test_sales_without_sense_are_refused(cast, beat, now, odd):
    with pytest.raises((ValueError, UnknownCurrency)):
        make_sale(beat, buyer=cast.lee, now=now, **odd)
    assert not Sale.objects.exists()


def test_a_partial_refund_leaves_the_licence(sale, now):
    change = actions.record_sale_refund(
        sale, external_id="re_1", amount_minor=3_000, fee_returned_minor=0, at=now
    )
    sale.refresh_from_db()
    assert (sale.reversed_at, Licence.objects.get().revoked_at) == (None, None)
    (row,) = queries.sale_changes_after(0, limit=10)
    assert (row.id, row.kind, row.subject_id, row.amount_minor) == (change.pk, "refund", sale.pk, 3_000)
    assert (row.fee_minor, row.currency) == (0, "EUR")


def test_when_all_went_back_the_licence_is_revoked_and_the_beat_free(cast, beat, sale, now):
    actions.record_sale_refund(sale, external_id="re_1", amount_minor=3_000, fee_returned_minor=1_260, at=now)
    for _ in range(2):
        actions.record_sale_dispute(sale, external_id="dp_1", amount_minor=5_000, at=now)
    sale.refresh_from_db()
    assert (sale.reversed_at, Licence.objects.get().revoked_at) == (now, now)
    assert _facts()[2:] == [Fact.Kind.SALE_REVERSED, Fact.Kind.LICENCE_REVOKED]
    assert make_sale(beat, buyer=cast.charlie, now=now, external_id="pi_2")


@pytest.mark.parametrize(("amount", "fee"), [(8_001, 0), (8_000, 1_261), (0, 0), (-1, 0), (5, -1)])
def test_no_more_goes_back_than_was_paid(sale, now, amount, fee):
    with pytest.raises((ValueError, actions.MoreThanPaid)):
        actions.record_sale_refund(
            sale, external_id="re_1", amount_minor=amount, fee_returned_minor=fee, at=now
        )
    assert queries.sale_changes_after(0, limit=10) == []


def test_first_sale_and_licence_of_those_that_stand(cast, beat, sale, now):
    other = make_public(cast.marlo, account=cast.alice, now=now)
    later = now + timedelta(days=1)
    actions.issue_licence(other, account=cast.lee, kind="standard", now=later)
    assert queries.first_sale_at(cast.marlo.pk) == queries.first_licence_at(cast.marlo.pk) == now
    assert queries.first_sales() == {cast.marlo.pk: now}
    actions.record_sale_refund(sale, external_id="re_1", amount_minor=8_000, fee_returned_minor=0, at=later)
    assert queries.first_sale_at(cast.marlo.pk) is None
    assert queries.first_sales() == {}
    assert queries.first_licence_at(cast.marlo.pk) == later
    assert queries.first_licences() == {cast.marlo.pk: later}


def test_a_licence_stands_once(cast, beat, now):
    first = actions.issue_licence(beat, account=cast.lee, kind="standard", now=now)
    assert actions.issue_licence(beat, account=cast.lee, kind="standard", now=now) == first
    assert actions.revoke_licence(first, now=now) is True
    assert actions.revoke_licence(first, now=now) is False
    assert actions.issue_licence(beat, account=cast.lee, kind="standard", now=now) != first
    assert _facts() == [Fact.Kind.LICENCE_ISSUED, Fact.Kind.LICENCE_REVOKED, Fact.Kind.LICENCE_ISSUED]


def test_sales_by_beat_of_a_month(cast, settings, now):
    settings.REPORTING_ZONE = "Europe/Berlin"
    beats = [make_public(cast.marlo, account=cast.alice, now=now) for _ in range(3)]

    def sell(number: int, beat_no: int, price: int, at: datetime, **other) -> Sale:
        return make_sale(
            beats[beat_no],
            buyer=cast.lee,
            now=at,
            kind="track",
            list_price_minor=price,
            external_id=f"pi_{number}",
            **other,
        )

    sell(1, 0, 500, datetime(2026, 2, 28, 23, 30, tzinfo=UTC))  # 1 March in Berlin
    sell(2, 1, 300, now)
    sell(3, 1, 300, now)
    sell(4, 2, 900, now, currency="USD")
    sell(5, 2, 900, datetime(2026, 3, 31, 22, 0, tzinfo=UTC))  # 1 April in Berlin
    gone = sell(6, 2, 2_000, now)
    actions.record_sale_refund(gone, external_id="re_1", amount_minor=2_000, fee_returned_minor=0, at=now)
    found = queries.sales_by_beat(date(2026, 3, 1), date(2026, 3, 31), currency="EUR")
    assert [(row.beat_id, row.artist_id, row.sales, row.amount_minor) for row in found] == [
        (beats[1].pk, cast.marlo.pk, 2, 600),
        (beats[0].pk, cast.marlo.pk, 1, 500),
    ]
