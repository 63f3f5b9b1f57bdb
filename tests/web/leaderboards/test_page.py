"""The Leaderboards page: places, podium, pages, the own row, search, and what nobody else may see."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from backline.domain.boards import Board
from backline.people.models import Artist
from backline.standing.snapshots.actions import set_opt_outs, take_snapshots
from backline.web.leaderboards import views
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.web.leaderboards.boards import others, rank
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
HERE = "/dashboard/leaderboards/"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def ranked(cast: Cast, now: datetime) -> list[Artist]:
    """Alice's artist 61st of 121 by plays; yesterday it was 63rd. No two have the same score."""
    made = others(now)
    scores = {artist.pk: 1000 - 5 * place for place, artist in enumerate(made)}
    rank(scores | {cast.marlo.pk: 1000 - 5 * 61 - 1}, now=now - DAY)
    rank(scores | {cast.marlo.pk: 1000 - 5 * 59 - 1}, now=now - MINUTE)
    return made


def get(cast: Cast, name: str = "alice", address: str = HERE, **headers: str) -> str:
    response = cast.client(name).get(address, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_search_reads_the_list_alone(
    cast: Cast, ranked: list[Artist], monkeypatch: pytest.MonkeyPatch, now: datetime
):
    told: list[object] = []
    monkeypatch.setattr(views, "story", lambda *asked, **_rest: told.append(asked))
    address = f"{HERE}?q=producer+05"
    html = get(cast, address=address, **{"HX-Request": "true", "HX-Target": "board-list"})
    assert "Producer 05" in html and told == []
    get(cast, address=address)
    assert len(told) == 1


def test_the_title_says_the_place_and_the_move(cast: Cast, ranked: list[Artist]):
    page = words(get(cast, address=f"{HERE}?board=plays&period=all"))
    assert "61st of 121 in Plays" in page
    assert "Bronze" in page and "704 plays, 1 behind Producer 059" in page
    assert "Since yesterday up 2 Since last week" in page
    assert "Ahead of 60 producers top 50.4%" in page
    assert "Updated a minute ago" in page


def test_a_podium_then_the_list_then_the_own_row_with_its_neighbours(cast: Cast, ranked: list[Artist]):
    html = get(cast, address=f"{HERE}?board=plays&period=all")
    page = words(html)
    assert html.count('class="step ') == 3
    assert "Places 51 to 58" in page
    listed = [int(number) for number in re.findall(r"Producer (\d+)", page)]
    assert [number for number in listed if number > 48] == [
        59,
        49,
        58,
        59,
        60,
        61,
    ]  # the first is the one ahead
    assert html.count('id="your-row"') == 1
    assert "1 to 50 of 121 Go to my row" in page and "Page 1 of 3" in page


def test_the_page_of_the_own_row_has_it_once(cast: Cast, ranked: list[Artist]):
    html = get(cast, address=f"{HERE}?board=plays&period=all&page=2")
    assert html.count('id="your-row"') == 1
    assert 'class="podium' not in html
    assert "Places" not in re.findall(r'<li class="rank-row gap">(.*?)</li>', html)
    assert (
        'href="/dashboard/leaderboards/?artist=marlo-vane&amp;board=plays&amp;period=all&amp;page=3"' in html
    )
    after = words(get(cast, address=f"{HERE}?board=plays&period=all&page=3"))
    assert "Producer 119" in after and "Marlo Vane" in after


def test_tiers_begin_where_the_rules_say(cast: Cast, ranked: list[Artist]):
    found = re.findall(
        r'<li class="rank-row gap">(.*?)</li>', get(cast, address=f"{HERE}?board=plays&period=all")
    )
    assert found[:2] == ["Gold, top 15%", "Silver, top 40%"]


def test_finding_a_producer(cast: Cast, ranked: list[Artist]):
    html = get(
        cast,
        address=f"{HERE}?board=plays&period=all&q=producer 11",
        **{"HX-Request": "true", "HX-Target": "board-list"},
    )
    assert "<title>" not in html and html.count('class="rank-row"') == 10
    assert "10 found" in words(html)
    assert "Nobody found" in get(cast, address=f"{HERE}?board=plays&q=nobody")


def test_shares_are_for_owners_and_managers(cast: Cast, ranked: list[Artist]):
    address = f"{HERE}?board=earnings&artist=marlo-vane"
    for name, sees in (("alice", True), ("bob", True), ("ada", False)):
        page = words(get(cast, name, address))
        assert ("7.04% of the pool" in page) is sees, name
        assert page.count("% of the pool") == (2 if sees else 0)
        assert "Earnings, February 2026" in page and "Since last month" in page
        assert "Rank and tier are public" in page


def test_why_am_i_here(cast: Cast, ranked: list[Artist]):
    page = words(get(cast))
    assert "Why am I here?" in page and "Overall score" in page
    assert "Plays 61st of 121, 704 plays 50.00 × 20% 10.00" in page
    assert "Points nobody is ranked 0.00 × 25% 0.00" in page
    # A tie of plays takes back half a place each; the one ahead leads by a place of Plays and one of Earnings.
    assert "Plays: 2 plays 1 place, to 60th about 1 day" in page
    assert "Earnings: 2 places, to 59th others’ shares are private, so no amount —" in page
    assert "Since yesterday" in page and "Plays went from 63rd to 61st" in page


def test_why_is_for_overall_alone(cast: Cast, ranked: list[Artist]):
    assert "Why am I here?" not in get(cast, address=f"{HERE}?board=plays")


@pytest.mark.parametrize(
    "query", ["board=junk", "period=junk", "board=%00&period=x", "page=-3", "page=99999999999", "board=PLAYS"]
)
def test_what_makes_no_sense_has_its_default(query: str, cast: Cast, ranked: list[Artist]):
    get(cast, address=f"{HERE}?{query}")


def test_before_the_first_snapshot(cast: Cast):
    page = words(get(cast))
    assert "No ranks yet" in page and "The first snapshot is still to be taken" in page


def test_the_only_one_ranked(cast: Cast, now: datetime):
    rank({cast.marlo.pk: 5}, now=now)
    html = get(cast, address=f"{HERE}?board=plays")
    page = words(html)
    assert "1st of 1 in Plays" in page and "You are the only producer ranked" in page
    assert 'class="podium' not in html and "no tier under 100 ranked" in page


def test_not_ranked_says_why(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now - 40 * DAY)
    take_snapshots(now)
    page = words(get(cast, address=f"{HERE}?board=uploads&period=7d"))
    assert "Not ranked in Uploads" in page
    assert "No beat of your own first published in the last 7 days" in page
    assert "Ranked from 5 public beats of your own on" in words(get(cast, address=f"{HERE}?board=quality"))


def test_leaving_is_said_until_the_next_snapshot(cast: Cast, ranked: list[Artist], now: datetime):
    set_opt_outs(cast.marlo, boards={Board.PLAYS}, by=cast.alice, now=now)
    assert "You leave this board with the next snapshot" in get(cast, address=f"{HERE}?board=plays")
    assert "You leave this board" not in get(cast)


def test_an_artist_taken_away_since_is_not_shown(cast: Cast, ranked: list[Artist], now: datetime):
    Artist.objects.filter(pk=ranked[5].pk).update(revoked_at=now)
    assert "Producer 005" not in get(cast, address=f"{HERE}?board=plays&period=all")


def test_a_verified_artist_has_its_badge(cast: Cast, ranked: list[Artist], now: datetime):
    address = f"{HERE}?board=plays&period=all"
    assert "Verified" not in words(get(cast, address=address))
    Artist.objects.filter(pk=ranked[9].pk).update(verified_at=now)
    assert 'aria-label="Verified"' in get(cast, address=address)


def test_a_fragment_pushes_its_address(cast: Cast, ranked: list[Artist]):
    response = cast.client("alice").get(
        f"{HERE}?board=uploads&period=all", headers={"HX-Request": "true", "HX-Target": "board"}
    )
    assert response["HX-Push-Url"] == f"{HERE}?artist=marlo-vane&board=uploads&period=all"
    assert response.content.decode().strip().startswith('<div class="board-page" id="board">')


def test_a_board_that_cannot_be_read_fails_alone(
    cast: Cast, ranked: list[Artist], monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("backline.web.leaderboards.views.story", broken)
    page = words(get(cast))
    assert "This section did not load" in page and "121 producers ranked" in page
    monkeypatch.setattr("backline.web.leaderboards.views.ranking", broken)
    assert "The board could not be read just now" in get(cast)


def test_the_cost_does_not_grow_with_the_rows(
    cast: Cast, ranked: list[Artist], now: datetime, django_assert_max_num_queries
):
    client = cast.client("alice")
    client.get(HERE)
    with django_assert_max_num_queries(24):
        client.get(HERE)
