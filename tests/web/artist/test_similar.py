"""Similar artists on a profile: whoever shares genres, unless they took themselves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from backline.catalog import actions
from backline.people.models import Account, Artist
from tests.catalog.makers import COMPLETE, make_public
from tests.conftest import Cast
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
SIMILAR = "/@marlo-vane/?tab=similar"


def publish(artist: Artist, account: Account, now: datetime, *, many: int = 3) -> None:
    """Public beats of the same genre."""
    for number in range(many):
        make_public(
            artist, account=account, now=now, fields=replace(COMPLETE, name=f"{artist.name} {number}")
        )


def seen(cast: Cast, address: str = "/@marlo-vane/") -> str:
    """The words of a page as a visitor reads them."""
    return words(cast.client("visitor").get(address).content.decode())


def test_who_makes_the_same_stands_beside_and_in_the_tab(cast: Cast, now: datetime) -> None:
    publish(cast.marlo, cast.alice, now)
    publish(cast.sable, cast.charlie, now)
    assert "Nobody has been looked for yet" in seen(cast, SIMILAR)
    actions.recommend_next(now=now)
    assert "Similar artists Sable Ortiz" in seen(cast)
    text = seen(cast, SIMILAR)
    assert (
        "Makes beats of the same kind Looked for" in text and "Sable Ortiz Trap, around 140 BPM too" in text
    )


def test_nobody_stands_there_who_opted_out_or_was_revoked(cast: Cast, now: datetime) -> None:
    publish(cast.marlo, cast.alice, now)
    publish(cast.sable, cast.charlie, now)
    actions.recommend_next(now=now)
    assert "Similar artists" in seen(cast)
    actions.stop_recommending(cast.sable, by=cast.charlie, now=now)
    assert "Similar artists" not in seen(cast)
    assert "Nobody sounds alike yet" in seen(cast, SIMILAR)
    actions.recommend_again(cast.sable)
    assert "Similar artists" in seen(cast)
    cast.sable.revoked_at = now
    cast.sable.save()
    assert "Similar artists" not in seen(cast)


@pytest.mark.parametrize("tab", ["beats", "about", "credits", "followers", "collections"])
def test_an_artist_with_too_few_beats_has_no_such_tab(cast: Cast, now: datetime, tab: str) -> None:
    publish(cast.marlo, cast.alice, now, many=2)
    publish(cast.sable, cast.charlie, now)
    actions.recommend_next(now=now)
    assert "Similar artists" not in seen(cast, f"/@marlo-vane/?tab={tab}")
